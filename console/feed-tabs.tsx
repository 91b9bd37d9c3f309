/** The feeds of a person as tabs: arrows or the keys 1 to 4 switch. Related has one while it is open. */
import { useTranslation } from 'react-i18next'
import type { FeedName } from './api.ts'
import { goTo, mainFeeds } from './use-address.ts'
import type { FeedAddress } from './use-feed.ts'
import { usePost } from './use-person.ts'
import { useShortcuts } from './use-shortcuts.ts'

export function FeedTabs({ address }: { address: FeedAddress }) {
  const { t } = useTranslation()
  const { userId, feed } = address
  const feeds: readonly FeedName[] = feed === 'related' ? [...mainFeeds, 'related'] : mainFeeds
  useShortcuts(
    Object.fromEntries(
      mainFeeds.map((name, place) => [String(place + 1), () => goTo({ userId, feed: name })]),
    ),
  )
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const next = feeds[(feeds.indexOf(feed) + step + feeds.length) % feeds.length]
    if (next === undefined || next === 'related') return
    event.preventDefault()
    goTo({ userId, feed: next })
    document.getElementById(`tab-${next}`)?.focus()
  }
  return (
    <div className="mb-5">
      <div
        role="tablist"
        aria-label={t('feed.tabs')}
        onKeyDown={onKeyDown}
        className="-mx-4 flex gap-1 overflow-x-auto border-line border-b px-4 sm:mx-0 sm:gap-3 sm:px-0"
      >
        {feeds.map((name) => (
          <button
            key={name}
            id={`tab-${name}`}
            type="button"
            role="tab"
            aria-selected={name === feed}
            aria-controls="feed"
            tabIndex={name === feed ? 0 : -1}
            onClick={() => name !== feed && goTo({ userId, feed: name })}
            className="-mb-px whitespace-nowrap border-transparent border-b-2 px-2.5 pt-1 pb-2.5 text-soft hover:text-ink aria-selected:border-accent aria-selected:font-medium aria-selected:text-ink"
          >
            {t(`feed.${name}`)}
          </button>
        ))}
      </div>
      <FeedSubject address={address} />
    </div>
  )
}

function FeedSubject({ address: { feed, itemId } }: { address: FeedAddress }) {
  const { t } = useTranslation()
  const post = usePost(feed === 'related' ? itemId : undefined)
  const text = post.data?.text.slice(0, 80) || itemId
  return (
    <p className="mt-3 line-clamp-2 text-sm text-soft">
      {feed === 'related' ? t('feed.relatedWhy', { text }) : t(`feed.${feed}Why`)}
    </p>
  )
}
