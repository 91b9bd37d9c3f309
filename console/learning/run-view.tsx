/** One run: what it was of, its table, its curves, its segments. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Curve, Run } from '../../src/domain/run.ts'
import { ProblemView } from '../problem-view.tsx'
import { Skeleton } from '../skeleton.tsx'
import { CurveChart } from './curve-chart.tsx'
import { groupCurves } from './curve-groups.ts'
import { FigureTable } from './figure-table.tsx'
import { RunFacts } from './run-facts.tsx'
import { wholeSegment } from './run-format.ts'
import { SegmentTable } from './segment-table.tsx'
import { StateMark } from './state-mark.tsx'
import { useRun } from './use-runs.ts'

export function RunView({ id }: { id: string }) {
  const { data, error, refetch } = useRun(id)
  if (error) return <ProblemView problem={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton />
  return <RunShown run={data.run} curves={data.curves} />
}

function RunShown({ run, curves }: { run: Run; curves: readonly Curve[] }) {
  const { t } = useTranslation()
  const groups = useMemo(() => groupCurves(curves), [curves])
  const whole = run.rows.filter(({ segment }) => segment === wholeSegment)
  const parts = run.rows.filter(({ segment }) => segment !== wholeSegment)
  return (
    <article className="space-y-8">
      <header>
        <p className="flex flex-wrap gap-x-4 text-sm text-soft">
          <StateMark state={run.state} />
          <span>{t(`learning.kind.${run.kind}`)}</span>
          <span>{run.id}</span>
        </p>
        <h2 className="mt-1 font-serif text-2xl leading-tight">{run.name}</h2>
        {run.problem && <p className="mt-2 text-seal">{run.problem}</p>}
        {run.gate && (
          <p className="mt-2">
            <span className={run.gate.isPassed ? 'text-accent' : 'text-seal'}>
              {t(run.gate.isPassed ? 'learning.gatePassed' : 'learning.gateRefused')}
            </span>{' '}
            {run.gate.reason}
          </p>
        )}
      </header>
      <RunFacts run={run} />
      {whole.length > 0 && (
        <Part title={t('learning.table')}>
          <FigureTable rows={whole} />
        </Part>
      )}
      {groups.length > 0 && (
        <Part title={t('learning.curves')}>
          <div className="grid gap-4 xl:grid-cols-2">
            {groups.map((group) => (
              <CurveChart key={group.measure} group={group} />
            ))}
          </div>
        </Part>
      )}
      {parts.length > 0 && (
        <Part title={t('learning.segments')}>
          <SegmentTable rows={parts} />
        </Part>
      )}
      {run.notes.length > 0 && (
        <Part title={t('learning.notes')}>
          <ul className="list-disc space-y-1 pl-5 text-sm">
            {run.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Part>
      )}
    </article>
  )
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h3 className="mb-3 font-serif text-lg">{title}</h3>
      {children}
    </section>
  )
}
