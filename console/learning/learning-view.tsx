/** The page "Learning": which model serves, every run, and one run in full. */
import { useTranslation } from 'react-i18next'
import { ProblemView } from '../problem-view.tsx'
import { Skeleton } from '../skeleton.tsx'
import { goToRun } from '../use-address.ts'
import { RunList } from './run-list.tsx'
import { RunView } from './run-view.tsx'
import { Serving } from './serving.tsx'
import { useRuns } from './use-runs.ts'

export function LearningView({ runId }: { runId: string | undefined }) {
  const { t } = useTranslation()
  const { data, error, refetch, hasNextPage, fetchNextPage } = useRuns()
  const runs = data?.pages.flatMap((page) => page.runs) ?? []
  const shownId = runId ?? runs[0]?.id
  const hasChosen = runId !== undefined
  return (
    <main id="main" className="mx-auto max-w-304 px-4 pt-6 pb-20 lg:px-6 lg:pt-8">
      <h1 className="font-serif text-3xl tracking-tight">{t('learning.title')}</h1>
      <p className="mt-1 mb-6 max-w-prose text-soft">{t('learning.why')}</p>
      {error && <ProblemView problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data && runs.length === 0 && <Empty />}
      {shownId !== undefined && (
        <div className="grid gap-x-8 gap-y-8 lg:grid-cols-[17rem_minmax(0,1fr)]">
          <div className={`space-y-5 ${hasChosen ? 'max-lg:hidden' : ''}`}>
            <Serving runs={runs} />
            <RunList
              runs={runs}
              shownId={shownId}
              onMore={hasNextPage ? () => void fetchNextPage() : undefined}
            />
          </div>
          <div className={`min-w-0 ${hasChosen ? '' : 'max-lg:hidden'}`}>
            <button
              type="button"
              onClick={() => goToRun(undefined)}
              className="mb-4 text-accent text-sm underline lg:hidden"
            >
              {t('learning.back')}
            </button>
            <RunView key={shownId} id={shownId} />
          </div>
        </div>
      )}
    </main>
  )
}

function Empty() {
  const { t } = useTranslation()
  return (
    <div className="rounded-2xl border border-line border-dashed px-6 py-12 text-center">
      <h2 className="font-serif text-xl">{t('learning.empty')}</h2>
      <p className="mx-auto mt-2 max-w-prose text-soft">{t('learning.emptyWhy')}</p>
      <code className="mt-4 inline-block rounded-lg bg-sunken px-3 py-1.5 text-sm">
        npm run kith -- evaluate recommend --data FOLDER
      </code>
    </div>
  )
}
