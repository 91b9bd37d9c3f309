/**
 * Runs a feed: sources propose, filters drop, scorers add parts, rerankers arrange. What was dropped
 * and why stays on the record, so "why not this one?" has an answer too.
 */
import { type Arrangement, createArrangement } from './arrangement.ts'
import { type Candidates, createCandidates, droppedBy } from './candidates.ts'
import type { Feed } from './feed.ts'
import { createOrdering } from './order.ts'
import type { FeedContext, FeedRequest, Filter } from './stage.ts'
import type { Valuer } from './value/valuer.ts'
import { weighing } from './value/weighing.ts'

/** The record of one page. Borrowed: valid until the next run. */
export interface Run {
  readonly candidates: Candidates
  /** Rows to show, in order; at most `limit`. */
  readonly rows: Int32Array
  /** Rows that passed every filter, by score. */
  readonly byScore: Int32Array
  /** How many items each filter dropped. */
  readonly dropped: ReadonlyMap<string, number>
  /** Row → name of the late filter that dropped it. */
  readonly droppedLate: ReadonlyMap<number, string>
  /** What the score of a row would be if one part said nothing. */
  scoreWithout(row: number, part: string): number
  /** What rerankers did. */
  readonly arrangement: Arrangement
}

export type RunFeed = (feed: Feed, request: FeedRequest, context: FeedContext) => Run

export function createRunner(): RunFeed {
  const candidates = createCandidates()
  const ordering = createOrdering()

  function scoreAll(feed: Feed, request: FeedRequest, context: FeedContext): Valuer {
    for (const { scorer } of feed.scorers) {
      scorer.score(candidates, request, context, candidates.column(scorer.name))
    }
    const valuer = feed.valuer ?? weighing(feed.scorers)
    valuer.value(candidates, request, context)
    return valuer
  }

  return (feed, request, context) => {
    const dropped = new Map<string, number>()
    propose(feed, request, context, candidates, dropped)
    const valuer = scoreAll(feed, request, context)
    const ordered = new Int32Array(candidates.count)
    ordering.bestFirst(candidates.scores, candidates.count, candidates.count, ordered)
    const droppedLate = new Map<number, string>()
    const byScore = keepLate(feed.lateFilters, ordered, candidates, request, context, droppedLate)
    for (const name of droppedLate.values()) dropped.set(name, (dropped.get(name) ?? 0) + 1)
    const arrangement = createArrangement()
    let rows = byScore
    for (const reranker of feed.rerankers) {
      rows = reranker.arrange(rows, candidates, request, context, arrangement)
    }
    rows = rows.slice(0, request.limit)
    valuer.split(candidates, rows)
    return {
      ...{ candidates, rows, byScore, dropped, droppedLate, arrangement },
      scoreWithout: (row, part) => valuer.scoreWithout(candidates, row, part),
    }
  }
}

function propose(
  feed: Feed,
  request: FeedRequest,
  context: FeedContext,
  candidates: Candidates,
  dropped: Map<string, number>,
): void {
  candidates.reset(feed.sources.map(({ source }) => source.name))
  const refuse = refusals(feed.filters, request, context)
  const counts = new Int32Array(feed.filters.length)
  feed.sources.forEach(({ source, share }, number) => {
    let taken = 0
    source.propose(request, context, (item) => {
      const state = candidates.stateOf(item)
      if (state < -1) return true
      if (state >= 0) candidates.addSource(state, number)
      else {
        const filter = refuse(item)
        if (filter >= 0) {
          candidates.drop(item, filter)
          counts[filter]!++
          return true
        }
        if (candidates.add(item, number) < 0) return false
      }
      return ++taken < share
    })
  })
  feed.filters.forEach(({ name }, filter) => {
    if (counts[filter]! > 0) dropped.set(name, counts[filter]!)
  })
}

/** The number of the first filter that refuses an item, or -1. */
function refusals(filters: readonly Filter[], request: FeedRequest, context: FeedContext) {
  const keeps = filters.map((filter) => filter.keep(request, context))
  return (item: number): number => {
    for (let filter = 0; filter < keeps.length; filter++) if (!keeps[filter]!(item)) return filter
    return -1
  }
}

function keepLate(
  filters: readonly Filter[],
  ordered: Int32Array,
  { items }: Candidates,
  request: FeedRequest,
  context: FeedContext,
  dropped: Map<number, string>,
): Int32Array {
  const keeps = filters.map(({ name, keep }) => ({ name, keep: keep(request, context) }))
  return ordered.filter((row) => {
    const refusal = keeps.find(({ keep }) => !keep(items[row]!))
    if (refusal) dropped.set(row, refusal.name)
    return refusal === undefined
  })
}

/** What became of an item that is not on the page. */
export type Fate =
  | { readonly kind: 'dropped'; readonly filter: string }
  | {
      readonly kind: 'ranked'
      readonly rank: number
      readonly of: number
      /** What held it back, where something did. */
      readonly heldBy?: string | undefined
    }
  | { readonly kind: 'shown'; readonly rank: number }
  | { readonly kind: 'not-proposed' }

export function fateOf(
  item: number,
  feed: Feed,
  { candidates, rows, byScore, droppedLate, arrangement }: Run,
  request: FeedRequest,
  context: FeedContext,
): Fate {
  const state = candidates.stateOf(item)
  if (state < -1) return { kind: 'dropped', filter: feed.filters[droppedBy(state)]!.name }
  if (state === -1) {
    // Nobody proposed it; if it could not have been shown anyway, that is the better answer.
    const refusal = feed.filters.find((filter) => !filter.keep(request, context)(item))
    return refusal ? { kind: 'dropped', filter: refusal.name } : { kind: 'not-proposed' }
  }
  const late = droppedLate.get(state)
  if (late !== undefined) return { kind: 'dropped', filter: late }
  const shown = rows.indexOf(state)
  if (shown >= 0) return { kind: 'shown', rank: shown + 1 }
  const heldBy = arrangement.moved.get(state)
  return { kind: 'ranked', rank: byScore.indexOf(state) + 1, of: byScore.length, heldBy }
}
