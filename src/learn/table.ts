/** An evaluation as lines for a terminal: aligned, mean ± deviation over seeds. */
import type { EvaluationRow, Spread } from './evaluate.ts'

/** @param metrics names of the columns, for example `recall@10` */
export function evaluationTable(
  rows: readonly EvaluationRow[],
  metrics: readonly string[],
): string {
  const judged = metrics.filter((metric) => rows.some(({ versus }) => versus[metric]))
  const heading = ['model', ...metrics, 's', 'MB', ...judged.map((metric) => `${metric} vs best`)]
  const body = rows.map((row) => [
    row.model,
    ...metrics.map((metric) => spreadCell(row.metrics[metric])),
    row.seconds.toFixed(1),
    String(row.memoryMb),
    ...judged.map((metric) => versusCell(row, metric)),
  ])
  return aligned([heading, ...body])
}

/** Bits are shown with two places, shares with four. */
function spreadCell(spread: Spread | undefined): string {
  if (!spread) return '-'
  const places = spread.mean >= 2 ? 2 : 4
  const deviation = spread.sd > 0 ? ` ± ${spread.sd.toFixed(places)}` : ''
  return `${spread.mean.toFixed(places)}${deviation}`
}

function versusCell({ versus }: EvaluationRow, metric: string): string {
  const comparison = versus[metric]
  if (!comparison) return 'best baseline'
  const { difference, p, against } = comparison
  const sign = difference < 0 ? '' : '+'
  const chance = p < 0.001 ? 'p < .001' : `p = ${p.toFixed(3).replace(/^0/, '')}`
  return `${sign}${difference.toFixed(4)} ${against} ${chance}`
}

/** The first column to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
