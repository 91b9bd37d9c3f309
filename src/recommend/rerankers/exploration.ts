/** Gives every so many places to an item that only chance proposed; the rest keeps its order. */
import type { Reranker } from '../stage.ts'

export interface ExplorationOptions {
  /** The name of the source of chance. */
  readonly source: string
  /** One place in so many, the last of each stretch. */
  readonly every: number
}

export function exploration({ source, every }: ExplorationOptions): Reranker {
  return {
    name: 'exploration',
    arrange(rows, { from, sources }, { limit }) {
      const bit = 1 << sources.indexOf(source)
      const isByChance = (row: number) => from[row] === bit
      const arranged = Array.from(rows)
      for (let place = every - 1; place < Math.min(limit, arranged.length); place += every) {
        const chosen = arranged.findIndex((row, at) => at >= place && isByChance(row))
        if (chosen < 0) break
        const [row] = arranged.splice(chosen, 1) as [number]
        arranged.splice(place, 0, row)
      }
      return Int32Array.from(arranged)
    },
  }
}
