/** One metric, segment by segment: a bar for each model, so that whoever is served worse is seen. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunRow } from '../../src/domain/run.ts'
import { figure, metricsOf } from './run-format.ts'

export function SegmentTable({ rows }: { rows: readonly RunRow[] }) {
  const { t } = useTranslation()
  const metrics = metricsOf(rows)
  const [chosen, setChosen] = useState(metrics.find((name) => name.startsWith('ndcg')))
  const metric = chosen ?? metrics[0] ?? ''
  const most = Math.max(...rows.map(({ metrics: kept }) => kept[metric]?.mean ?? 0), 1e-9)
  const segments = [...new Set(rows.map(({ segment }) => segment))]
  return (
    <div className="rounded-2xl border border-line bg-surface p-4 sm:p-5">
      <label className="mb-4 flex items-center gap-3 text-sm">
        {t('learning.metric')}
        <select
          value={metric}
          onChange={({ target }) => setChosen(target.value)}
          className="rounded-lg border border-strong-line bg-surface px-2 py-1"
        >
          {metrics.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {segments.map((segment) => (
          <section key={segment}>
            <h4 className="mb-1 text-sm text-soft">{segment}</h4>
            <dl className="space-y-1 text-sm">
              {rows
                .filter((row) => row.segment === segment)
                .map(({ model, metrics: kept }) => (
                  <div
                    key={model}
                    className="relative isolate flex justify-between gap-3 px-2 py-0.5"
                  >
                    <div
                      aria-hidden="true"
                      className="absolute inset-y-0 left-0 -z-10 rounded bg-wash"
                      style={{ width: `${(Math.max(0, kept[metric]?.mean ?? 0) / most) * 100}%` }}
                    />
                    <dt>{model}</dt>
                    <dd className="tabular-nums">{figure(kept[metric]?.mean)}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  )
}
