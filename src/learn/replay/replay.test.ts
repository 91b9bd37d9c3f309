import { expect, it } from 'vitest'
import type { Interaction, ItemFacts } from '../data/dataset.ts'
import { liveFriends } from './friends.ts'
import { liveItemKnn } from './item-knn.ts'
import { bestIds, type LiveRanker } from './live-ranker.ts'
import { livePopular, liveRecent } from './popular.ts'
import { liveRandom } from './random.ts'
import { type ReplayEvaluation, replay } from './replay.ts'
import { scriptOf } from './script.ts'

const hour = 3_600_000

/** `at user item [via]`, the time in hours. */
function events(...lines: string[]): Interaction[] {
  return lines.map((line) => {
    const [at = '', userId = '', itemId = '', viaUserId] = line.split(' ')
    const event = { userId, itemId, value: 1, at: Number(at) * hour }
    return viaUserId === undefined ? event : { ...event, viaUserId }
  })
}

/** `at author item`. */
function posts(...lines: string[]): ItemFacts[] {
  return lines.map((line) => {
    const [at = '', authorId = '', id = ''] = line.split(' ')
    return { id, authorId, text: `about ${id}`, at: Number(at) * hour }
  })
}

function told(ranker: LiveRanker, seen: string[]): LiveRanker {
  return {
    ...ranker,
    async open(context) {
      const system = await ranker.open(context)
      return {
        publish(items) {
          seen.push(...items.map(({ id }) => `+${id}`))
          return system.publish(items)
        },
        learn(news) {
          seen.push(...news.map(({ userId, itemId }) => `${userId}${itemId}`))
          return system.learn(news)
        },
        rank(query) {
          seen.push(`?${query.userId}@${query.at / hour}-${[...query.exclude].join('')}`)
          return system.rank(query)
        },
      }
    },
  }
}

async function run(
  rankers: readonly LiveRanker[],
  interactions: readonly Interaction[],
  items: readonly ItemFacts[],
  from = 0.5,
): Promise<ReplayEvaluation> {
  let now = 0
  const clock = (): number => ++now
  return replay({ rankers, interactions, items, window: [from, 1], at: [1, 2], seeds: 2, clock })
}

const items = posts('0 zoe x', '2 zoe y', '5 zoe z')

it('tells before it asks, and never of the same instant or later', async () => {
  const seen: string[] = []
  const stream = events('1 ann x', '3 bob x', '4 ann y', '4 cleo y', '6 bob z')
  await run([told(livePopular(), seen)], stream, items, 0.4)
  expect(seen).toEqual([
    ...['+x', '+y', 'annx', 'bobx', '?ann@4-x', '?cleo@4-'],
    ...['+z', 'anny', 'cleoy', '?bob@6-x'],
  ])
})

it('does not test repeats, nor own items, but learns them', async () => {
  const seen: string[] = []
  const stream = events('1 ann x', '3 ann x', '4 zoe x', '5 bob x', '5 bob x', '6 bob y')
  const result = await run([told(livePopular(), seen)], stream, items, 0)
  expect(seen.filter((line) => line.startsWith('?'))).toEqual(['?ann@1-', '?bob@5-', '?bob@6-x'])
  expect(result.sizes).toEqual({ train: 0, valid: 0, test: 3 })
  expect(result.untested).toBe(3)
  expect(seen.filter((line) => line === 'annx')).toHaveLength(2)
})

it('excludes what a person published themselves', () => {
  const { steps } = scriptOf(events('1 ann x', '3 zoe w'), items, [0.5, 1])
  expect([...steps[0]!.questions[0]!.exclude].toSorted()).toEqual(['x', 'y'])
})

it('publishes an item with its first event where clocks disagree, and counts the miss', async () => {
  const seen: string[] = []
  const late = posts('9 zoe x')
  const result = await run([told(livePopular(), seen)], events('1 ann x', '2 bob x'), late, 0)
  expect(seen).toEqual(['?ann@1-', '+x', 'annx', '?bob@2-'])
  expect(result.unpublished).toBe(1)
  expect(result.rows[0]!.metrics['hr@1']!.mean).toBe(0.5)
})

it('counts hits, ranks and means as by hand', async () => {
  // popular at 5: x (2), y (1). ann has x, so y is first: rank 1. dan wants y: rank 2.
  const stream = events('1 ann x', '2.5 bob x', '3 cleo y', '5 ann y', '5 dan y')
  const { rows, testPeople } = await run([livePopular()], stream, items, 0.6)
  const { metrics } = rows[0]!
  expect(testPeople).toBe(2)
  expect(metrics['hr@1']!.mean).toBe(0.5)
  expect(metrics['hr@2']!.mean).toBe(1)
  expect(metrics['mrr@2']!.mean).toBe(0.75)
  expect(metrics['ndcg@2']!.mean).toBeCloseTo((1 + 1 / Math.log2(3)) / 2, 12)
})

async function firstAt(
  ranker: LiveRanker,
  stream: readonly Interaction[],
): Promise<readonly string[]> {
  let list: readonly string[] = []
  const spy: LiveRanker = {
    ...ranker,
    async open(context) {
      const system = await ranker.open(context)
      return {
        ...system,
        async rank(query) {
          list = await system.rank(query)
          return list
        },
      }
    },
  }
  await run([spy], stream, items, (stream.length - 1) / stream.length)
  return list
}

it('recent prefers the latest, popular the most', async () => {
  const stream = events('1 ann x', '1.5 bob x', '1.6 cleo x', '8 dan y', '9 eve z')
  expect((await firstAt(livePopular(), stream))[0]).toBe('x')
  expect((await firstAt(liveRecent({ halfLifeHours: 1 }), stream))[0]).toBe('y')
})

it('friends knows a tie from its moment on, and what the friend published', async () => {
  const before = events('3 bob x', '4 cleo y', '6 ann z')
  expect(await firstAt(liveFriends(), before)).toEqual([])
  const after = events('1 bob x', '2.5 ann y bob', '3 bob z', '6 ann w')
  expect(await firstAt(liveFriends(), after)).toEqual(['z', 'x'])
  const author = events('1 ann x zoe', '6 ann w')
  expect(await firstAt(liveFriends(), author)).toEqual(['z', 'y'])
  const given = liveFriends({ ties: [{ userId: 'ann', friendId: 'bob' }] })
  expect(await firstAt(given, before)).toEqual(['x'])
})

it('item-knn goes from what one had to what goes with it', async () => {
  const stream = events('1 ann x', '2.5 ann y', '3 bob x', '4 bob y', '4.5 cleo x', '6 cleo w')
  expect(await firstAt(liveItemKnn(), stream)).toEqual(['y'])
})

it('random shows what is published and not excluded, each about as often, once per seed', async () => {
  const stream = events('1 ann x', ...Array.from({ length: 200 }, (_, n) => `6 person${n} z`))
  const { rows } = await run([liveRandom()], stream, items, 0.01)
  expect(rows[0]!.runs).toBe(2)
  expect(rows[0]!.metrics['hr@1']!.mean).toBeCloseTo(1 / 3, 1)
  expect(rows[0]!.metrics['hr@2']!.mean).toBeCloseTo(2 / 3, 1)
})

it('bestIds keeps the k largest, the later among equals, none excluded', () => {
  const scores: [string, number][] = [
    ['a', 1],
    ['b', 3],
    ['c', 3],
    ['d', 2],
    ['e', -Infinity],
  ]
  expect(bestIds(scores, { k: 2, exclude: new Set() })).toEqual(['c', 'b'])
  expect(bestIds(scores, { k: 9, exclude: new Set(['b']) })).toEqual(['c', 'd', 'a'])
})

it('needs times', () => {
  expect(() => scriptOf([{ userId: 'a', itemId: 'x', value: 1 }], [], [0, 1])).toThrow(
    /a time for every/,
  )
})
