/** An evaluation as lines for a terminal: aligned, mean ± deviation over seeds. */
import { baselineNames, type EvaluationRow, type Spread } from './evaluate.ts'
import type { PublishedRow } from './published.ts'

/**
 * @param metrics names of the columns, for example `recall@10`
 * @param published rows of others; those without any of the columns are left out
 */
export function evaluationTable(
  rows: readonly EvaluationRow[],
  metrics: readonly string[],
  published: readonly PublishedRow[] = [],
): string {
  const judged = metrics.filter((metric) => rows.some(({ versus }) => versus[metric]))
  const heading = [
    'model',
    ...metrics,
    's',
    'MB',
    'own MB',
    ...judged.map((metric) => `${metric} vs best`),
  ]
  const body = rows.map((row) => [
    row.model,
    ...metrics.map((metric) => spreadCell(row.metrics[metric])),
    row.seconds.toFixed(1),
    String(row.memoryMb),
    String(row.ownMemoryMb),
    ...judged.map((metric) => versusCell(row, metric)),
  ])
  const others = published.filter((row) => metrics.some((metric) => metric in row.metrics))
  const cited = others.map((row) => [
    `${row.model} (published)`,
    ...metrics.map((metric) => row.metrics[metric]?.toFixed(4) ?? '-'),
    ...['-', '-', '-'],
    ...judged.map(() => '-'),
  ])
  return aligned([heading, ...body, ...cited])
}

/** Who has it well and who has it badly: one line per segment, one column per model. */
export function segmentTable(rows: readonly EvaluationRow[], metric: string): string {
  const names = new Set(rows.flatMap(({ segments }) => Object.keys(segments ?? {})))
  const heading = [`${metric} of`, 'people', ...rows.map(({ model }) => model)]
  const body = [...names].map((name) => {
    const people = rows.find(({ segments }) => segments?.[name])?.segments?.[name]?.people ?? 0
    return [
      name,
      String(Math.round(people)),
      ...rows.map(({ segments }) => spreadCell(segments?.[name]?.metrics[metric])),
    ]
  })
  return aligned([heading, ...body])
}

/** What a predicted chance came to: one line per bin and model. */
export function reliabilityTable(rows: readonly EvaluationRow[]): string {
  const body = rows.flatMap(({ model, calibration }) =>
    (calibration?.bins ?? []).map(({ from, to, pairs, predicted, observed }) => [
      `${model} (${calibration?.by})`,
      `${from.toFixed(1)}–${to.toFixed(1)}`,
      String(pairs),
      predicted.toFixed(3),
      observed.toFixed(3),
    ]),
  )
  return aligned([['reliability of', 'chance', 'pairs', 'predicted', 'real'], ...body])
}

/** Bits are shown with two places, shares with four. */
function spreadCell(spread: Spread | undefined): string {
  if (!spread) return '-'
  const places = spread.mean >= 2 ? 2 : 4
  const deviation = spread.sd > 0 ? ` ± ${spread.sd.toFixed(places)}` : ''
  return `${spread.mean.toFixed(places)}${deviation}`
}

function versusCell({ model, versus }: EvaluationRow, metric: string): string {
  const comparison = versus[metric]
  if (!comparison) return baselineNames.includes(model) ? 'best baseline' : 'compared with'
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
