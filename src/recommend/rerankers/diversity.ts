/**
 * Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): the next item is the one with
 * the best balance of score and distance to what stands above it. Closeness is measured against
 * how close the candidates of this page are on average, so only what is alike even here gives way.
 */
import type { Memory } from '../../memory/memory.ts'
import type { ArrangementNotes } from '../arrangement.ts'
import { type CandidateSet, mostCandidates } from '../candidates.ts'
import type { Reranker } from '../stage.ts'

export interface DiversityOptions {
  /** How much of the span of scores a perfect copy loses. */
  readonly strength: number
  /** Only so many of the best take part. */
  readonly window: number
}

export function diversity({ strength, window }: DiversityOptions): Reranker {
  const rest = createRest()
  return {
    name: 'diversity',
    arrange(rows, candidates, { limit }, { memory }, notes) {
      const count = Math.min(rows.length, window)
      if (count < 3 || strength <= 0) return rows
      const { scores } = candidates
      const span = scores[rows[0]!]! - scores[rows[count - 1]!]!
      const mean = rest.start(rows, count, candidates, memory)
      const penalty = (strength * span) / (1 - mean)
      const arranged = rows.slice()
      const placed = Math.min(limit, count)
      for (let at = 0; at < placed; at++) {
        arranged[at] = rest.take(rest.bestOf(scores, penalty), memory)
      }
      arranged.set(rest.rows(), placed)
      noteLowered(rows, arranged, limit, notes)
      return arranged
    },
  }
}

/** Those that stood among the first so many and give way to others. */
function noteLowered(
  before: Int32Array,
  after: Int32Array,
  limit: number,
  notes: ArrangementNotes,
): void {
  for (let place = 0; place < Math.min(limit, before.length); place++) {
    const row = before[place]!
    if (after.indexOf(row) > place) notes.move(row, 'diversity')
  }
}

/** The rows not placed yet, best score first. */
function createRest() {
  const left = new Int32Array(mostCandidates)
  const items = new Int32Array(mostCandidates)
  const cosines = new Float32Array(mostCandidates)
  /** Of each row left: its cosine with the closest item placed so far, at least the mean. */
  const closest = new Float32Array(mostCandidates)
  let remaining = 0

  /** @returns how close these items are to each other on average */
  function start(
    rows: Int32Array,
    count: number,
    candidates: CandidateSet,
    memory: Memory,
  ): number {
    remaining = count
    for (let place = 0; place < count; place++) {
      left[place] = rows[place]!
      items[place] = candidates.items[rows[place]!]!
    }
    const mean = meanCosine(memory)
    closest.fill(mean, 0, count)
    return mean
  }

  /** A sample of four rows of the table of cosines is enough. */
  function meanCosine({ vectors }: Memory): number {
    const step = Math.max(1, remaining >> 2)
    let sum = 0
    for (let place = 0; place < remaining; place += step) {
      vectors.cosines(items[place]!, items, remaining, cosines)
      for (let other = 0; other < remaining; other++) sum += other === place ? 0 : cosines[other]!
    }
    const pairs = Math.ceil(remaining / step) * (remaining - 1)
    return Math.min(0.9, Math.max(0, sum / pairs))
  }

  function bestOf(scores: Float64Array, penalty: number): number {
    let best = 0
    let highest = -Infinity
    for (let place = 0; place < remaining; place++) {
      const value = scores[left[place]!]! - penalty * closest[place]!
      if (value <= highest) continue
      best = place
      highest = value
    }
    return best
  }

  /** Takes a row out, keeps the order of the rest, and notes how close each of these is to it. */
  function take(chosen: number, { vectors }: Memory): number {
    const row = left[chosen]!
    const item = items[chosen]!
    left.copyWithin(chosen, chosen + 1, remaining)
    items.copyWithin(chosen, chosen + 1, remaining)
    closest.copyWithin(chosen, chosen + 1, remaining)
    remaining--
    if (remaining > 0) vectors.cosines(item, items, remaining, cosines)
    for (let other = 0; other < remaining; other++) {
      if (cosines[other]! > closest[other]!) closest[other] = cosines[other]!
    }
    return row
  }

  return { start, bestOf, take, rows: () => left.subarray(0, remaining) }
}
