/** Figures and times of runs, as the page writes them. */
import type { RunRow } from '../../src/domain/run.ts'

/** Shares with four places, larger numbers with fewer. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  const size = Math.abs(value)
  const places = size >= 100 ? 0 : size >= 2 ? 2 : 4
  return value.toFixed(places).replace('-', '−')
}

/** For a curve, whose values may be of any size. */
export function exact(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  const isPlain = value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6)
  const text = isPlain ? String(Number(value.toPrecision(4))) : value.toExponential(2)
  return text.replace('-', '−')
}

export function took(startedAt: string, endedAt: string | undefined): string {
  if (endedAt === undefined) return '…'
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

/** The last part of a path: data sets are named by their folder or file. */
export function dataName(path: string): string {
  return path.split('/').filter(Boolean).at(-1) ?? path
}

export const wholeSegment = 'all'

/** In the order of their first row. */
export function metricsOf(rows: readonly RunRow[]): string[] {
  return [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))]
}

/** Metrics of which more is better for the people; coverage or novelty are for the reader to weigh. */
const wanted = /^(recall|precision|ndcg|hr|mrr|map|auc|gauc|hits|accuracy|f1)/i

/** The largest mean of a metric; only where two models can be compared. */
export function bestOf(rows: readonly RunRow[], metric: string): number | undefined {
  if (!wanted.test(metric)) return undefined
  const means = rows.flatMap(({ metrics }) => metrics[metric]?.mean ?? [])
  return means.length > 1 ? Math.max(...means) : undefined
}
