/** Who wrote it and when; for a suggested person, who they are. */
import { useTranslation } from 'react-i18next'
import { AuthorMenu } from './author-menu.tsx'
import { Avatar } from './avatar.tsx'
import { fullTime, languageName, timeAgo } from './format.ts'
import type { FeedAddress, Shown } from './use-feed.ts'
import type { Feedback } from './use-feedback.ts'
import { useLocale } from './words.ts'

interface Properties {
  readonly shown: Shown
  readonly place: number
  readonly isPerson: boolean
  readonly address: FeedAddress
  readonly feedback: Feedback
  readonly mark: React.ReactNode
}

export function PostHead({ shown, place, isPerson, address, feedback, mark }: Properties) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { item } = shown.entry
  const name = item.authorName ?? item.authorId ?? (isPerson ? item.id : t('card.unknown'))
  return (
    <header className="flex items-center gap-3">
      <Avatar id={item.authorId ?? item.id} name={name} />
      <div className="min-w-0 flex-1">
        <h2 id={`name-${place}`} className="truncate font-medium leading-snug">
          {name}
        </h2>
        <p className="text-soft text-sm leading-snug">
          {item.createdAt && (
            <time dateTime={item.createdAt} title={fullTime(item.createdAt, locale)}>
              {timeAgo(item.createdAt, Date.now(), locale)}
            </time>
          )}
          {item.createdAt && item.language && <span aria-hidden="true"> · </span>}
          {item.language && languageName(item.language, locale)}
        </p>
      </div>
      {mark}
      <span
        title={t('card.rank', { rank: place })}
        className="font-serif text-2xl text-soft/80 tabular-nums leading-none max-sm:hidden"
        aria-hidden="true"
      >
        {place}
      </span>
      <AuthorMenu
        shown={shown}
        name={name}
        targetUserId={isPerson ? item.id : item.authorId}
        address={address}
        feedback={feedback}
      />
    </header>
  )
}
