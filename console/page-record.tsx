/** How the page came about: who proposed, what was left out; and what the person did here so far. */
import { useTranslation } from 'react-i18next'
import { CountList } from './count-list.tsx'
import { DeedList } from './deed-list.tsx'
import type { FeedView } from './use-feed.ts'
import type { Note } from './use-feedback.ts'
import { useNameOf } from './words.ts'

export function PageRecord({ view, notes }: { view: FeedView; notes: readonly Note[] }) {
  const { t } = useTranslation()
  const dropped = droppedOn(view)
  const proposed = proposedOn(view)
  return (
    <div className="space-y-7 text-sm">
      <section>
        <h2 className="mb-2 font-serif text-lg">{t('record.deeds')}</h2>
        <DeedList notes={notes} />
      </section>
      {view.shown.length > 0 && (
        <section>
          <h2 className="mb-2 font-serif text-lg">{t('record.title')}</h2>
          <h3 className="mb-1 text-soft">{t('record.from')}</h3>
          <CountList family="source" counts={proposed} />
          <h3 className="mt-4 mb-1 text-soft">{t('record.dropped')}</h3>
          {Object.values(dropped).some((count) => count > 0) ? (
            <CountList family="filter" counts={dropped} />
          ) : (
            <p>{t('record.none')}</p>
          )}
          <FairAndVaried view={view} />
        </section>
      )}
    </div>
  )
}

/** What the bounds of the page, diversity and chance did; nothing where they had nothing to do. */
function FairAndVaried({ view }: { view: FeedView }) {
  const { t } = useTranslation()
  const nameOf = useNameOf()
  const { acted, givenUp } = boundsOn(view)
  if (Object.keys(acted).length === 0 && givenUp.length === 0) return null
  return (
    <>
      <h3 className="mt-4 mb-1 text-soft">{t('record.bounds')}</h3>
      <CountList family="mover" counts={acted} />
      {givenUp.length > 0 && (
        <p className="mt-1 px-2">
          {t('record.givenUp')}: {givenUp.map((name) => nameOf('mover', name)).join(', ')}
        </p>
      )}
    </>
  )
}

function boundsOn({ query }: FeedView) {
  const acted: Record<string, number> = {}
  const givenUp = new Set<string>()
  for (const page of query.data?.pages ?? []) {
    for (const [name, bound] of Object.entries(page.bounds ?? {})) {
      acted[name] = (acted[name] ?? 0) + bound.acted
      if (!bound.isKept) givenUp.add(name)
    }
  }
  return { acted, givenUp: [...givenUp] }
}

function droppedOn({ query }: FeedView): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const page of query.data?.pages ?? []) {
    for (const [name, count] of Object.entries(page.dropped)) {
      counts[name] = (counts[name] ?? 0) + count
    }
  }
  return counts
}

function proposedOn({ shown }: FeedView): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { entry } of shown) {
    for (const source of entry.from) counts[source] = (counts[source] ?? 0) + 1
  }
  return counts
}
