/**
 * Explanations on the sample city, held against what happens: the events that an explanation names are
 * taken back, the page is made again, and what was said to rest on them must have become less.
 */
import { beforeAll, expect, it } from 'vitest'
import type { Change } from '../src/domain/change.ts'
import type { Page, PageItem } from '../src/domain/page.ts'
import { hashingEncoder } from '../src/encoder/hashing.ts'
import { makeCity } from '../src/ingest/sample/city.ts'
import { fitModel } from '../src/jobs/training/fit-model.ts'
import type { ActionModel } from '../src/learn/actions/action-model.ts'
import { emptyMemory } from '../src/live/remember.ts'
import { seededRandom } from '../src/math/random.ts'
import type { Memory } from '../src/memory/memory.ts'
import { createFeeds } from '../src/recommend/feeds.ts'
import { createLearned } from '../src/recommend/learned/learned.ts'
import { createRecommender, type Recommender } from '../src/recommend/recommend.ts'
import { createExactVectors } from '../src/vectors/exact.ts'

const now = new Date('2026-03-01T18:00:00Z')
const pagesWanted = 200
const limit = 30

type Body<One = Change> = One extends Change ? Omit<One, 'clock'> : never
let memory: Memory
let recommender: Recommender

function apply(...bodies: Body[]): void {
  memory.apply(bodies.map((body, n) => ({ ...body, clock: memory.clock + n + 1 }) as Change))
}

beforeAll(async () => {
  const city = makeCity({ seed: 11, now, people: 330, posts: 1_200 })
  const encoder = hashingEncoder()
  const embeddings = await encoder.encode(city.items.map(({ text }) => text))
  const bodies: Body[] = [
    ...city.users.map((user) => ({ kind: 'user' as const, user })),
    ...city.items.map((item, n) => ({ kind: 'item' as const, item, embedding: embeddings[n] })),
    ...city.edges.map((edge) => ({ kind: 'edge' as const, edge })),
    ...city.events.map((event) => ({ kind: 'event' as const, event })),
  ]
  memory = emptyMemory()
  apply(...bodies)
  const fit = { random: seededRandom(1), width: 16, iterations: 4 }
  const { model, itemIds } = await fitModel(memory, fit)
  const learned = createLearned(memory, { createVectors: createExactVectors })
  await learned.serve({ ...model, actions: someActions() }, itemIds)
  recommender = createRecommender({ memory, learned })
}, 60_000)

/** Curves that bend: the first half of what a part says counts more than the second. */
function someActions(): ActionModel {
  const { scorers } = createFeeds().home
  const at = Float64Array.from(scorers.flatMap(() => [0, 0.5, 1]))
  const heights = (strength: number): Float64Array =>
    Float64Array.from(
      scorers.flatMap(({ weight }) => [0, 3, 4].map((x) => strength * x * (weight || 0.2))),
    )
  const rest = { contexts: {}, places: new Float64Array(0) }
  return {
    ...{ parts: scorers.map(({ scorer }) => scorer.name), knots: { count: 3, at } },
    curves: [
      { ...rest, action: 'like', base: -3, heights: heights(1) },
      { ...rest, action: 'reply', base: -5, heights: heights(1.5) },
      { ...rest, action: 'hide', base: -5, heights: heights(-1) },
    ],
  }
}

function pageOf(person: number, explain: boolean): Page {
  return recommender.recommend({
    ...{ feed: 'home', pageId: 'test', person, item: -1, limit, now, locale: 'en', explain },
    ...{ random: seededRandom(person), exclude: new Set(), languages: [] },
  })
}

/** What can be taken back by an event of its own. */
const takingBack = { like: 'unlike', follow: 'unfollow' } as const

interface Undoing {
  readonly part: string
  readonly events: readonly { readonly type: 'unlike' | 'unfollow'; readonly on: object }[]
}

/** The first part with evidence, where all of its events can be taken back. */
function undoingOf({ because }: PageItem): Undoing | undefined {
  const part = because?.evidence[0]?.part
  const named = because?.evidence.filter((event) => event.part === part) ?? []
  const events = named.flatMap(({ type, itemId, userId }) =>
    type === 'like' || type === 'follow'
      ? [{ type: takingBack[type], on: itemId ? { itemId } : { targetUserId: userId } }]
      : [],
  )
  return part !== undefined && events.length === named.length ? { part, events } : undefined
}

it(`the parts of every item on ${pagesWanted} pages sum to its score to 1e-6`, () => {
  for (let person = 0; person < pagesWanted; person++) {
    for (const { parts, score } of pageOf(person, false).items) {
      const sum = Object.values(parts).reduce((total, part) => total + part, 0)
      expect(Math.abs(sum - score)).toBeLessThan(1e-6)
    }
  }
})

interface Outcome {
  readonly part: string
  readonly isPartLess: boolean
  readonly isScoreLess: boolean
  readonly isNotHigher: boolean
}

/** Takes back what speaks for one item of a person's page; undefined where nothing can be taken back. */
function withoutEvidence(person: number): Outcome | undefined {
  const item = pageOf(person, true).items.find((one) => undoingOf(one))
  const undoing = item && undoingOf(item)
  if (!undoing) return undefined
  const { part, events } = undoing
  const user = memory.people.get(person)!
  for (const { type, on } of events) {
    apply({ kind: 'event', event: { type, userId: user.id, ...on, at: now } })
  }
  const after = pageOf(person, false).items.find((one) => one.item.id === item.item.id)
  return {
    part,
    isPartLess: (after?.parts[part] ?? 0) < item.parts[part]!,
    isScoreLess: (after?.score ?? -Infinity) < item.score,
    isNotHigher: (after?.rank ?? limit + 1) >= item.rank,
  }
}

it(`without the events an explanation names, the page changes as it said, on ${pagesWanted} pages`, () => {
  const outcomes: Outcome[] = []
  for (let person = 0; person < memory.people.count && outcomes.length < pagesWanted; person++) {
    const outcome = withoutEvidence(person)
    if (outcome) outcomes.push(outcome)
  }
  const share = (some: readonly Outcome[], key: Exclude<keyof Outcome, 'part'>): number =>
    some.filter((outcome) => outcome[key]).length / Math.max(1, some.length)
  const shares = (some: readonly Outcome[]): string =>
    (['isScoreLess', 'isNotHigher', 'isPartLess'] as const)
      .map((key) => `${key} ${share(some, key).toFixed(3)}`)
      .join(', ')
  for (const part of new Set(outcomes.map((outcome) => outcome.part))) {
    const own = outcomes.filter((outcome) => outcome.part === part)
    process.stdout.write(`${part}, ${own.length} pages: ${shares(own)}\n`)
  }
  process.stdout.write(`all: ${shares(outcomes)}\n`)
  expect(outcomes).toHaveLength(pagesWanted)
  expect(share(outcomes, 'isScoreLess')).toBeGreaterThan(0.9)
  expect(share(outcomes, 'isNotHigher')).toBeGreaterThan(0.9)
})
