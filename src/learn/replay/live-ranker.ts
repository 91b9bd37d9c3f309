/**
 * A row of a replay: a system that lives through the events in time order, as the live engine does.
 * It is told of the past only; `rank` asks it about the present.
 */
import type { Random } from '../../math/random.ts'
import type { Interaction, ItemFacts } from '../data/dataset.ts'

export interface LiveRanker {
  readonly name: string
  /** False: one replay says all. */
  readonly usesChance: boolean
  open(context: LiveContext): Promise<LiveSystem>
}

export interface LiveContext {
  readonly random: Random
  readonly signal?: AbortSignal | undefined
}

export type DatedInteraction = Interaction & { readonly at: number }

export interface LiveSystem {
  /** Always before the first event about them; in batches, in the order of publication. */
  publish(items: readonly ItemFacts[]): void | Promise<void>
  /** In batches, in time order. A tie through `viaUserId` is known from here on. */
  learn(events: readonly DatedInteraction[]): void | Promise<void>
  /** Ids, best first, at most k, none of `exclude`. */
  rank(query: LiveQuery): readonly string[] | Promise<readonly string[]>
  close?(): Promise<void>
}

export interface LiveQuery {
  readonly userId: string
  /** Now, in milliseconds since 1970: everything told so far lies strictly before. */
  readonly at: number
  readonly k: number
  /** What the person had before, and what they published themselves. */
  readonly exclude: ReadonlySet<string>
}

/** The k ids with the largest scores above -Infinity; among equals the one told later. */
export function bestIds(
  scores: Iterable<readonly [id: string, score: number]>,
  { k, exclude }: Pick<LiveQuery, 'k' | 'exclude'>,
): string[] {
  const best: { id: string; score: number }[] = []
  for (const [id, score] of scores) {
    const isFull = best.length === k
    if (isFull && score < best[k - 1]!.score) continue
    if (exclude.has(id) || score === -Infinity) continue
    const place = best.findIndex((other) => other.score <= score)
    best.splice(place < 0 ? best.length : place, 0, { id, score })
    if (isFull) best.pop()
  }
  return best.map(({ id }) => id)
}
