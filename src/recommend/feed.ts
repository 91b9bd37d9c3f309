/** A feed is a list of stages; to read the list is to read the algorithm. */
import type { Filter, Reranker, Scorer, Source } from './stage.ts'
import type { Valuer } from './value/valuer.ts'

export interface Feed {
  readonly name: string
  /** Asked in this order. `share`: the most candidates a source may bring. */
  readonly sources: readonly { readonly source: Source; readonly share: number }[]
  /** Asked of each item once, when it is first proposed; the first refusal counts. */
  readonly filters: readonly Filter[]
  /** Asked after scoring, best first: these compare candidates with better ones. */
  readonly lateFilters: readonly Filter[]
  readonly scorers: readonly { readonly scorer: Scorer; readonly weight: number }[]
  /** Makes parts of a score of what scorers say; where there is none, each word counts its weight. */
  readonly valuer?: Valuer | undefined
  readonly rerankers: readonly Reranker[]
}
