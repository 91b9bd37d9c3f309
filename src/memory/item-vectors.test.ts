import fc from 'fast-check'
import { expect, it } from 'vitest'
import { integer, seededRandom } from '../math/random.ts'
import { createExactVectors } from '../vectors/exact.ts'
import { scene } from './changes.fixture.ts'
import { ItemVectors } from './item-vectors.ts'

const options = { createVectors: createExactVectors }

function directionOf(seed: number): Int8Array {
  const random = seededRandom(seed)
  return Int8Array.from({ length: 16 }, () => integer(random, -127, 128))
}

it('keeps the vector of an item until its text changes without a new one', () => {
  const town = scene(options).item({ id: 'one', text: 'first' }, [1, 2, 3])
  expect(town.memory.vectors.get(0)).toEqual({ space: 'test@1', values: Int8Array.of(1, 2, 3) })
  town.item({ id: 'one', text: 'first', isUnsafe: true })
  expect(town.memory.vectors.spaceOf(0)).toBe(0)
  town.item({ id: 'one', text: 'second' })
  expect(town.memory.vectors.get(0)).toBeUndefined()
  expect(town.memory.vectors.spaceOf(0)).toBe(-1)
  expect(town.memory.vectors.near(0, 5).items).toHaveLength(0)
})

it('compares only within one space', () => {
  const vectors = new ItemVectors(createExactVectors, 10)
  vectors.put(0, { space: 'a@1', values: Int8Array.of(1, 0) })
  vectors.put(1, { space: 'a@1', values: Int8Array.of(1, 1) })
  vectors.put(2, { space: 'b@1', values: Int8Array.of(1, 0, 0) })
  const out = new Float32Array(3)
  vectors.cosines(0, Int32Array.of(0, 1, 2), 3, out)
  expect([...out].map((cosine) => Math.round(cosine * 1000))).toEqual([1000, 707, 0])
  expect([...vectors.near(0, 5).items]).toEqual([1])
  expect([...vectors.nearest({ space: 'b@1', values: Int8Array.of(0, 1, 1) }, 5).items]).toEqual([
    2,
  ])
  expect(vectors.nearest({ space: 'c@1', values: Int8Array.of(1) }, 5).items).toHaveLength(0)
  vectors.put(2, { space: 'a@1', values: Int8Array.of(1, 0) })
  expect([...vectors.near(0, 5).items]).toEqual([2, 1])
})

it('refuses a vector of another width in a known space', () => {
  const vectors = new ItemVectors(createExactVectors, 10)
  vectors.put(0, { space: 'a@1', values: Int8Array.of(1, 0) })
  expect(() => vectors.put(1, { space: 'a@1', values: Int8Array.of(1) })).toThrow('new version')
})

it('always gives the neighbours that a fresh search would give', () => {
  const step = fc.record({
    item: fc.nat(30),
    seed: fc.nat(1000),
    kind: fc.constantFrom('put', 'put', 'remove', 'ask', 'ask'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const vectors = new ItemVectors(createExactVectors, 8)
      for (const { item, seed, kind } of steps) {
        if (kind === 'put') vectors.put(item, { space: 'a@1', values: directionOf(seed) })
        else if (kind === 'remove') vectors.remove(item)
        else expectFresh(vectors, item)
      }
    }),
    { numRuns: 100 },
  )
})

/** A list that lost members may be shorter, but what it has is right and in order. */
function expectFresh(vectors: ItemVectors, item: number): void {
  const query = vectors.get(item)
  const near = vectors.near(item, 10)
  if (!query) {
    expect(near.items).toHaveLength(0)
    return
  }
  const others = [...vectors.nearest(query, 40).items].filter((other) => other !== item)
  expect([...near.items]).toEqual(others.slice(0, near.items.length))
  expect(near.items.length).toBeGreaterThanOrEqual(Math.min(9, others.length))
  expect(vectors.near(item, 3).items).toEqual(near.items.slice(0, 3))
}

it('finds neighbours anew after very many puts', () => {
  const vectors = new ItemVectors(createExactVectors, 8)
  for (let item = 0; item < 50; item++) vectors.put(item, { space: 'a', values: directionOf(item) })
  vectors.near(0, 10)
  for (let item = 50; item < 2500; item++) {
    vectors.put(item, { space: 'a', values: directionOf(item) })
  }
  expectFresh(vectors, 0)
})
