/** Each word counts its weight: how pages are scored before anything was learned of what people do. */
import type { Wishes } from '../../domain/wishes.ts'
import type { Candidates } from '../candidates.ts'
import type { FeedContext, FeedRequest, Scorer } from '../stage.ts'
import type { Valuer } from './valuer.ts'
import { wishOf } from './wishes.ts'

export type WeighedScorers = readonly { readonly scorer: Scorer; readonly weight: number }[]

/** A weight counts as so many log-odds where a wish is worth one. */
const scoreOfLogOdds = 0.25

/** @param heedsWishes whether people's own wishes change what parts count */
export function weighing(scorers: WeighedScorers, { heedsWishes = false } = {}): Valuer {
  return {
    value(candidates: Candidates, { person }: FeedRequest, { memory }: FeedContext): void {
      const wishes = heedsWishes ? memory.people.get(person)?.wishes : undefined
      for (const { scorer, weight } of scorers) {
        candidates.addPart(scorer.name, weightWith(scorer.name, weight, wishes))
      }
    },
    // They are known of every row by then.
    split: () => undefined,
    scoreWithout: ({ scores, parts }, row, part) => scores[row]! - (parts.get(part)?.[row] ?? 0),
  }
}

function weightWith(part: string, weight: number, wishes: Wishes | undefined): number {
  const { factor, slope } = wishOf(part, wishes)
  return weight * factor + slope * scoreOfLogOdds
}
