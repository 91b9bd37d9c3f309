/**
 * Explanations on the sample city, held against what happens: the events that an explanation names are
 * taken back, the page is made again, and what was said to rest on them must have become less.
 */
import { beforeAll, expect, it } from 'vitest'
import type { Change } from '../src/domain/change.ts'
import type { Page, PageItem } from '../src/domain/page.ts'
import { hashingEncoder } from '../src/encoder/hashing.ts'
import { makeCity } from '../src/ingest/sample/city.ts'
import { trainServing } from '../src/jobs/training/train-serving.ts'
import { seededRandom } from '../src/math/random.ts'
import type { Memory } from '../src/memory/memory.ts'
import { createLearned } from '../src/recommend/learned/learned.ts'
import { createRecommender, type Recommender } from '../src/recommend/recommend.ts'
import { emptyMemory } from '../src/remember.ts'
import { createExactVectors } from '../src/vectors/exact.ts'

const now = new Date('2026-03-01T18:00:00Z')
const pagesWanted = 200

type Body<One = Change> = One extends Change ? Omit<One, 'clock'> : never
let memory: Memory
let recommender: Recommender

function apply(...bodies: Body[]): void {
  memory.apply(bodies.map((body, n) => ({ ...body, clock: memory.clock + n + 1 }) as Change))
}

beforeAll(async () => {
  const city = makeCity({ seed: 11, now, people: 260, posts: 1_500 })
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
  const changes = bodies.map((body, n) => ({ ...body, clock: n + 1 }) as Change)
  const { model, itemIds } = await trainServing(changes, {
    ...{ createMemory: emptyMemory, createVectors: createExactVectors, random: seededRandom(1) },
    ...{ choices: 500, trials: 0, fit: { width: 16, iterations: 4 } },
  })
  expect(model.actions?.curves.map(({ action }) => action)).toContain('like')
  const learned = createLearned(memory, { createVectors: createExactVectors })
  await learned.serve(model, itemIds)
  recommender = createRecommender({ memory, learned })
}, 60_000)

function pageOf(person: number, limit = 20): Page {
  return recommender.recommend({
    ...{ feed: 'home', pageId: 'test', person, item: -1, limit, now, locale: 'en' },
    ...{ random: seededRandom(person), exclude: new Set(), languages: [], explain: true },
  })
}

/** What can be taken back by an event of its own. */
const takingBack = { like: 'unlike', follow: 'unfollow' } as const

function evidenceOf({
  because,
}: PageItem): { type: 'unlike' | 'unfollow'; on: object }[] | undefined {
  const events = because?.evidence ?? []
  const undone = events.flatMap(({ type, itemId, userId }) =>
    type === 'like' || type === 'follow'
      ? [{ type: takingBack[type], on: itemId ? { itemId } : { targetUserId: userId } }]
      : [],
  )
  return events.length > 0 && undone.length === events.length ? undone : undefined
}

function largest({ parts }: PageItem): string {
  return Object.entries(parts).sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

it(`the parts of every item on ${pagesWanted} pages sum to its score to 1e-6`, () => {
  for (let person = 0; person < pagesWanted; person++) {
    for (const { parts, score } of pageOf(person).items) {
      const sum = Object.values(parts).reduce((total, part) => total + part, 0)
      expect(Math.abs(sum - score)).toBeLessThan(1e-6)
    }
  }
})

it(`without the events an explanation names, the page changes as it said, on ${pagesWanted} pages`, () => {
  const seen = { pages: 0, less: 0, notHigher: 0 }
  for (let person = 0; person < memory.people.count && seen.pages < pagesWanted; person++) {
    const before = pageOf(person, 50)
    const item = before.items.find((one) => evidenceOf(one))
    if (!item) continue
    const user = memory.people.get(person)!
    for (const { type, on } of evidenceOf(item)!) {
      apply({ kind: 'event', event: { type, userId: user.id, ...on, at: now } })
    }
    const after = pageOf(person, 50).items.find((one) => one.item.id === item.item.id)
    const part = largest(item)
    seen.pages++
    if ((after?.parts[part] ?? 0) < item.parts[part]!) seen.less++
    if ((after?.rank ?? 51) >= item.rank) seen.notHigher++
  }
  process.stdout.write(`counterfactual: ${JSON.stringify(seen)}\n`)
  expect(seen.pages).toBe(pagesWanted)
  expect(seen.less).toBeGreaterThan(0.95 * pagesWanted)
  expect(seen.notHigher).toBeGreaterThan(0.9 * pagesWanted)
})
