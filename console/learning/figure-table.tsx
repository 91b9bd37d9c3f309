/** Models by metrics, over everybody: the best of each column stands out. */
import { useTranslation } from 'react-i18next'
import type { RunRow } from '../../src/domain/run.ts'
import { bestOf, figure, metricsOf } from './run-format.ts'

export function FigureTable({ rows }: { rows: readonly RunRow[] }) {
  const { t } = useTranslation()
  const metrics = metricsOf(rows)
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      aria-label={t('learning.table')}
      className="overflow-x-auto rounded-2xl border border-line bg-surface"
    >
      <table className="w-max min-w-full whitespace-nowrap text-sm">
        <thead>
          <tr className="border-line border-b text-soft">
            <th scope="col" className="sticky left-0 bg-surface px-4 py-2.5 text-left font-normal">
              {t('learning.model')}
            </th>
            {metrics.map((name) => (
              <th key={name} scope="col" className="px-3 py-2.5 text-right font-normal">
                {name}
              </th>
            ))}
            <th scope="col" className="px-3 py-2.5 text-right font-normal">
              {t('learning.seconds')}
            </th>
            <th scope="col" className="px-4 py-2.5 text-right font-normal">
              MB
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={row.model}>
              <th scope="row" className="sticky left-0 bg-surface px-4 py-2 text-left font-medium">
                {row.model}
              </th>
              {metrics.map((name) => (
                <Cell key={name} figures={row.metrics[name]} best={bestOf(rows, name)} />
              ))}
              <td className="px-3 py-2 text-right tabular-nums">
                {row.seconds?.toFixed(1) ?? '–'}
              </td>
              <td className="px-4 py-2 text-right tabular-nums">{row.memoryMb ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface CellProperties {
  readonly figures: RunRow['metrics'][string] | undefined
  readonly best: number | undefined
}

function Cell({ figures, best }: CellProperties) {
  const isBest = best !== undefined && figures?.mean === best
  return (
    <td className="px-3 py-2 text-right tabular-nums">
      <span className={isBest ? 'font-semibold text-accent' : ''}>{figure(figures?.mean)}</span>
      {figures?.sd ? <span className="text-soft text-xs"> ± {figure(figures.sd)}</span> : null}
    </td>
  )
}
