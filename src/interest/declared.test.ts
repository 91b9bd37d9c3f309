import { expect, it } from 'vitest'
import type { Change } from '../domain/change.ts'
import type { Embedding } from '../domain/embedding.ts'
import { itemSchema } from '../domain/item.ts'
import { userSchema } from '../domain/user.ts'
import { createMemory } from '../memory/create-memory.ts'
import type { Memory } from '../memory/memory.ts'
import { createExactVectors } from '../vectors/exact.ts'
import { createDeclared } from './declared.ts'
import { createInterests } from './interests.ts'

const directions: Readonly<Record<string, readonly number[]>> = {
  jazz: [100, 10, 0, 0],
  bread: [0, 0, 100, 10],
}
const embeddingOf = (words: string): Embedding | undefined => {
  const direction = directions[words]
  return direction && { space: 'test@1', values: Int8Array.from(direction) }
}

function ask(memory: Memory, bodies: readonly object[]): void {
  memory.apply(bodies.map((body, n) => ({ ...body, clock: memory.clock + n + 1 }) as Change))
}

/** Ten posts about each, and Ada, who did nothing yet. */
function village(interests: string[]): Memory {
  const memory = createMemory({ createVectors: createExactVectors })
  const posts = Object.entries(directions).flatMap(([words, direction]) =>
    Array.from({ length: 10 }, (_, n) => ({
      kind: 'item',
      item: itemSchema.parse({ id: `${words}-${n}`, createdAt: '2026-01-01T00:00:00Z' }),
      embedding: { space: 'test@1', values: Int8Array.from(direction, (value) => value - n) },
    })),
  )
  ask(memory, [{ kind: 'user', user: userSchema.parse({ id: 'ada', interests }) }, ...posts])
  return memory
}

const idsOf = ({ items }: Memory, numbers: readonly number[]): string[] =>
  numbers.map((item) => items.get(item)?.id ?? '')

it('makes a first taste of what somebody said, and of what they say anew', async () => {
  const memory = village(['jazz', '…'])
  const declared = createDeclared(memory, { encode: async (texts) => texts.map(embeddingOf) })
  const interests = createInterests(memory, { declared })
  expect(interests.of(0).topics).toEqual([])
  await declared.ready(0)
  const { topics, recent } = interests.of(0)
  expect(
    idsOf(
      memory,
      topics.map(({ medoid }) => medoid),
    ),
  ).toEqual(['jazz-0', 'jazz-1'])
  expect(topics[0]).toMatchObject({ said: 'jazz', entries: [], weight: 0.5 })
  expect(recent).toHaveLength(4)

  ask(memory, [{ kind: 'user', user: userSchema.parse({ id: 'ada', interests: ['bread'] }) }])
  expect(interests.of(0).topics).toEqual([])
  await declared.ready(0)
  const anew = interests.of(0)
  expect(idsOf(memory, [anew.topics[0]?.medoid ?? -1])).toEqual(['bread-0'])
})

it('counts for less the more somebody did, and in the end for nothing', async () => {
  const memory = village(['jazz'])
  const declared = createDeclared(memory, { encode: async (texts) => texts.map(embeddingOf) })
  const interests = createInterests(memory, { declared })
  await declared.ready(0)
  const saidShare = (): number => {
    const { topics } = interests.of(0)
    const total = topics.reduce((sum, { weight }) => sum + weight, 0)
    const said = topics.filter((topic) => topic.said !== undefined)
    return said.reduce((sum, { weight }) => sum + weight, 0) / total
  }
  const likeBread = (n: number) =>
    ask(memory, [
      {
        kind: 'event',
        event: {
          type: 'like',
          userId: 'ada',
          itemId: `bread-${n}`,
          at: new Date(Date.UTC(2026, 0, 2, n)),
        },
      },
    ])
  expect(saidShare()).toBe(1)
  likeBread(0)
  const after1 = saidShare()
  expect(after1).toBeGreaterThan(0.5)
  for (let n = 1; n < 5; n++) likeBread(n)
  expect(saidShare()).toBeLessThan(after1)
  expect(saidShare()).toBeGreaterThan(0)
  for (let n = 5; n < 10; n++) likeBread(n)
  for (let n = 0; n < 10; n++) {
    ask(memory, [
      {
        kind: 'event',
        event: {
          type: 'repost',
          userId: 'ada',
          itemId: `bread-${n}`,
          at: new Date(Date.UTC(2026, 0, 3, n)),
        },
      },
    ])
  }
  expect(interests.of(0).confidence).toBeGreaterThan(0.8)
  expect(saidShare()).toBe(0)
})

it('does not make a page wait for a busy encoder, nor fail with it', async () => {
  const memory = village(['jazz'])
  let answer: (embeddings: (Embedding | undefined)[]) => void = () => {}
  const calls: string[][] = []
  const declared = createDeclared(memory, {
    encode: (texts) => {
      calls.push([...texts])
      return new Promise((resolve, reject) => {
        answer = resolve
        if (calls.length === 2) reject(new Error('full'))
      })
    },
  })
  await declared.ready(0, 5)
  await declared.ready(0, 5)
  expect(calls).toEqual([['jazz']])
  expect(declared.of(0)).toEqual([])
  answer([embeddingOf('jazz')])
  await declared.ready(0)
  expect(declared.of(0)).toMatchObject([{ words: 'jazz' }])
  declared.forget()
  await declared.ready(0)
  expect(declared.of(0)).toEqual([])
})
