/** A run in one figure; without schemas, so that the console may import it. */
import type { Run } from './run.ts'

export interface BestFigure {
  readonly model: string
  /** For example `ndcg@10`. */
  readonly metric: string
  readonly mean: number
}

/** What one line about a run says of its table: the best model by the first NDCG, or else the first metric. */
export function bestFigure({ rows }: Run): BestFigure | undefined {
  const whole = rows.filter(({ segment }) => segment === 'all')
  const metrics = Object.keys(whole[0]?.metrics ?? {})
  const metric = metrics.find((name) => name.startsWith('ndcg@')) ?? metrics[0]
  if (metric === undefined) return undefined
  const figures = whole.flatMap(({ model, metrics }) => {
    const mean = metrics[metric]?.mean
    return mean === undefined || mean === null ? [] : [{ model, metric, mean }]
  })
  return figures.sort((a, b) => b.mean - a.mean)[0]
}
