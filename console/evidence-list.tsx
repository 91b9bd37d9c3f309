/** The person's own events that speak for an item, each with the words of what it was about. */
import { useTranslation } from 'react-i18next'
import type { PageItem } from './api.ts'
import { fullTime, timeAgo } from './format.ts'
import { usePerson, usePost } from './use-person.ts'
import { useLocale, useNameOf } from './words.ts'

type Evidence = NonNullable<PageItem['because']>['evidence'][number]

export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  const { t } = useTranslation()
  if (evidence.length === 0) return <p className="text-sm text-soft">{t('why.noEvidence')}</p>
  return (
    <ul className="space-y-1 text-sm">
      {[...byWhatItSays(evidence)].map(([key, event]) => (
        <EvidenceLine key={key} event={event} />
      ))}
    </ul>
  )
}

/** An event that speaks for the item twice is still one event. */
function byWhatItSays(evidence: readonly Evidence[]): ReadonlyMap<string, Evidence> {
  return new Map(
    evidence.map((event) => [
      `${event.type} ${event.at} ${event.itemId ?? event.userId ?? ''}`,
      event,
    ]),
  )
}

function EvidenceLine({ event }: { event: Evidence }) {
  const nameOf = useNameOf()
  const locale = useLocale()
  const post = usePost(event.itemId)
  const person = usePerson(event.itemId === undefined ? event.userId : undefined)
  const about = post.data?.text || person.data?.name || event.itemId || event.userId || ''
  return (
    <li className="flex items-baseline gap-2">
      <span className="shrink-0 text-soft">{nameOf('event', event.type)}</span>
      <q lang={post.data?.language} className="min-w-0 flex-1 truncate">
        {about}
      </q>
      <time dateTime={event.at} title={fullTime(event.at, locale)} className="shrink-0 text-soft">
        {timeAgo(event.at, Date.now(), locale)}
      </time>
    </li>
  )
}
