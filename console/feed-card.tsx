/** One entry of a feed: a post or a person, what became of it last, its reason, and what to say to it. */
import { useTranslation } from 'react-i18next'
import type { Changes } from './changes.ts'
import { PersonActions } from './person-actions.tsx'
import { PostActions } from './post-actions.tsx'
import { PostHead } from './post-head.tsx'
import { PostText } from './post-text.tsx'
import type { FeedAddress, Shown } from './use-feed.ts'
import type { Feedback } from './use-feedback.ts'
import { Why } from './why.tsx'

interface Properties {
  readonly shown: Shown
  readonly place: number
  /** -1 while it is not known. */
  readonly total: number
  readonly address: FeedAddress
  readonly feedback: Feedback
  readonly changes: Changes | undefined
}

export function FeedCard({ shown, place, total, address, feedback, changes }: Properties) {
  const { t } = useTranslation()
  const { item } = shown.entry
  const isPerson = address.feed === 'people'
  const isKept = feedback.kept.some((kept) => kept.shown === shown)
  return (
    <article
      data-card={item.id}
      data-leaving={feedback.leaving.has(item.id)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the articles of a feed take the focus (ARIA feed pattern)
      tabIndex={0}
      aria-posinset={place}
      aria-setsize={total}
      aria-labelledby={`name-${place}`}
      className="card mb-4 scroll-mt-20 scroll-mb-24 rounded-2xl border border-line bg-surface p-4 focus-within:border-strong-line focus:border-accent focus:shadow-md sm:px-6 sm:py-5"
    >
      <PostHead
        shown={shown}
        place={place}
        isPerson={isPerson}
        address={address}
        feedback={feedback}
        mark={<Mark id={item.id} changes={changes} />}
      />
      <PostText item={item} isPerson={isPerson} />
      {isKept && <p className="mt-2 text-soft text-sm">{t('card.kept')}</p>}
      <Why entry={shown.entry} />
      {isPerson ? (
        <PersonActions shown={shown} feedback={feedback} />
      ) : (
        <PostActions shown={shown} feedback={feedback} />
      )}
    </article>
  )
}

/** What the last deed did to this card. */
function Mark({ id, changes }: { id: string; changes: Changes | undefined }) {
  const { t } = useTranslation()
  const style = 'notice shrink-0 rounded-full px-2 py-0.5 text-xs'
  if (changes?.added.has(id)) {
    return <span className={`${style} bg-seal-wash text-seal`}>{t('card.new')}</span>
  }
  const step = changes?.moved.get(id)
  if (!step) return null
  const count = Math.abs(step)
  return (
    <span className={`${style} bg-wash text-accent`}>
      <span aria-hidden="true">{step > 0 ? `↑ ${count}` : `↓ ${count}`}</span>
      <span className="sr-only">{t(step > 0 ? 'card.up' : 'card.down', { count })}</span>
    </span>
  )
}
