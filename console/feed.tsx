/** The feed itself: its cards, or that there are none yet, none at all, or a problem. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyFeed } from './empty-feed.tsx'
import { FeedCard } from './feed-card.tsx'
import { FeedFoot } from './feed-foot.tsx'
import { ProblemView } from './problem-view.tsx'
import { Skeleton } from './skeleton.tsx'
import { Sliding } from './sliding.tsx'
import { useCardKeys } from './use-card-keys.ts'
import type { FeedView } from './use-feed.ts'
import type { Feedback } from './use-feedback.ts'
import { withKept } from './with-kept.ts'

interface Properties {
  readonly view: FeedView
  readonly feedback: Feedback
}

export function Feed({ view, feedback }: Properties) {
  const { t } = useTranslation()
  const { query, name } = view
  const shown = useMemo(
    () => withKept(view.shown, feedback.kept, name),
    [view.shown, feedback.kept, name],
  )
  useCardKeys(shown, feedback, view.address)
  const last = feedback.notes.find((note) => note.view === name)
  if (query.isPending) return <Skeleton />
  if (query.isError && shown.length === 0) {
    return <ProblemView problem={query.error} onRetry={query.refetch} />
  }
  if (shown.length === 0) return <EmptyFeed feed={view.address.feed} />
  return (
    <div id="feed" role="tabpanel" aria-labelledby={`tab-${view.address.feed}`}>
      <div role="feed" aria-busy={query.isFetching} aria-label={t(`feed.${view.address.feed}`)}>
        <Sliding order={shown.map(({ entry }) => entry.item.id).join('\n')}>
          {shown.map((one, place) => (
            <FeedCard
              key={one.entry.item.id}
              shown={one}
              place={place + 1}
              total={query.hasNextPage ? -1 : shown.length}
              address={view.address}
              feedback={feedback}
              changes={last?.changes}
            />
          ))}
        </Sliding>
      </div>
      {query.isError && <ProblemView problem={query.error} onRetry={query.refetch} />}
      <FeedFoot query={query} />
    </div>
  )
}
