/** What every index of directions must do; run on each implementation. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bestOf, dotProduct } from '../kernel/reference.ts'
import { integer, normal, type Random, seededRandom } from '../math/random.ts'
import type { CreateVectors, Vectors } from './vectors.ts'

export function vectorsContract(create: CreateVectors): void {
  it('finds nothing when it is empty', () => {
    const vectors = create(16)
    expect(vectors.size).toBe(0)
    expect(vectors.nearest(new Int8Array(16).fill(1), 5).rows).toHaveLength(0)
    expect(vectors.get(3)).toBeUndefined()
  })

  it('gives back what was put, whatever the order of rows', () => {
    const { vectors, rows } = filled(create, 200, 48)
    expect(vectors.size).toBe(200)
    for (const [row, values] of rows) expect(vectors.get(row)).toEqual(values)
    expect(vectors.has(1)).toBe(false)
  })

  it('replaces a row that is put again', () => {
    const vectors = create(16)
    vectors.put(7, axis(16, 0))
    vectors.put(7, axis(16, 1))
    expect(vectors.size).toBe(1)
    expect([...vectors.nearest(axis(16, 1), 3).cosines]).toEqual([1])
  })

  it('orders by cosine, so the scale of a vector does not matter', () => {
    const vectors = create(16)
    vectors.put(1, axis(16, 0, 100))
    vectors.put(2, axis(16, 0, 1))
    vectors.put(3, axis(16, 1, 127))
    const query = new Float32Array(16)
    query[0] = 0.001
    query[1] = 0.0005
    const { rows, cosines } = vectors.nearest(query, 3)
    expect([...rows]).toEqual([1, 2, 3])
    expect(cosines[0]).toBeCloseTo(2 / Math.sqrt(5), 4)
    expect(cosines[1]).toBe(cosines[0])
    expect(cosines[2]).toBeCloseTo(1 / Math.sqrt(5), 4)
  })

  it('agrees with plain cosines', () => {
    const { vectors, rows } = filled(create, 300, 100)
    const query = direction(seededRandom(9), 100)
    const { rows: found, cosines } = vectors.nearest(query, 20)
    const numbers = [...rows.keys()]
    const plain = bestOf(
      numbers.map((row) => cosine(query, rows.get(row)!)),
      20,
    )
    expect([...found]).toEqual(plain.map(({ number }) => numbers[number]))
    for (const [place, { score }] of plain.entries()) expect(cosines[place]).toBeCloseTo(score, 4)
  })

  it('compares a query or a row with chosen rows, 0 for rows not in use', () => {
    const { vectors, rows } = filled(create, 50, 64)
    const chosen = Int32Array.of([...rows.keys()][4]!, 999_999, [...rows.keys()][9]!, -1)
    const row = [...rows.keys()][0]!
    const expected = Array.from(chosen, (other) =>
      rows.has(other) ? cosine(rows.get(row)!, rows.get(other)!) : 0,
    )
    const byRow = new Float32Array(4)
    const byQuery = new Float32Array(4)
    vectors.cosinesOfRow(row, chosen, 4, byRow)
    vectors.cosines(rows.get(row)!, chosen, 4, byQuery)
    for (const [place, value] of expected.entries()) {
      expect(byRow[place]).toBeCloseTo(value, 5)
      expect(byQuery[place]).toBeCloseTo(value, 5)
    }
    vectors.cosinesOfRow(999_999, chosen, 4, byRow)
    expect([...byRow]).toEqual([0, 0, 0, 0])
  })

  it('compares with more rows at once than fit into one piece of work', () => {
    const { vectors, rows } = filled(create, 60, 16)
    const numbers = [...rows.keys()]
    const many = Int32Array.from({ length: 5000 }, (_, place) => numbers[place % 60]!)
    const out = new Float32Array(5000)
    vectors.cosinesOfRow(numbers[0]!, many, 5000, out)
    expect(out[0]).toBeCloseTo(1, 5)
    expect(out[4981]).toBe(out[1])
  })

  it('answers 0 for a direction that has none', () => {
    const vectors = create(16)
    vectors.put(1, new Int8Array(16))
    vectors.put(2, axis(16, 0))
    expect([...vectors.nearest(new Float32Array(16), 5).cosines]).toEqual([0, 0])
    expect(vectors.nearest(axis(16, 0), 5).cosines[1]).toBe(0)
  })

  it('refuses a vector of another width and says so', () => {
    expect(() => create(16).put(0, new Int8Array(17))).toThrow('17 components')
  })

  it('comes back from its state', () => {
    const { vectors, rows } = filled(create, 150, 32)
    vectors.remove([...rows.keys()][0]!)
    const again = create(32, vectors.state())
    const query = direction(seededRandom(3), 32)
    expect(again.size).toBe(149)
    expect(again.nearest(query, 40)).toEqual(vectors.nearest(query, 40))
  })

  it('agrees with a plain map after any puts and removals', () => {
    const step = fc.record({ row: fc.nat(150), isPut: fc.boolean(), seed: fc.nat(1000) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const vectors = create(16)
        const plain = new Map<number, Int8Array>()
        for (const { row, isPut, seed } of steps) {
          const values = bytes(seededRandom(seed), 16)
          if (isPut) vectors.put(row, values)
          else vectors.remove(row)
          if (isPut) plain.set(row, values)
          else plain.delete(row)
        }
        expect(vectors.size).toBe(plain.size)
        for (let row = 0; row <= 150; row++) expect(vectors.get(row)).toEqual(plain.get(row))
        const found = vectors.nearest(axis(16, 0), 1000).rows
        expect([...found].sort((a, b) => a - b)).toEqual([...plain.keys()].sort((a, b) => a - b))
      }),
      { numRuns: 30 },
    )
  })
}

function filled(create: CreateVectors, count: number, width: number) {
  const random = seededRandom(count + width)
  const vectors: Vectors = create(width)
  const rows = new Map<number, Int8Array>()
  while (rows.size < count) {
    const row = 2 * integer(random, 0, 50_000)
    const values = bytes(random, width)
    vectors.put(row, values)
    rows.set(row, values)
  }
  return { vectors, rows }
}

function bytes(random: Random, width: number): Int8Array {
  return Int8Array.from({ length: width }, () => integer(random, -127, 128))
}

function direction(random: Random, width: number): Float32Array {
  return Float32Array.from({ length: width }, () => normal(random))
}

function axis(width: number, component: number, length = 127): Int8Array {
  const values = new Int8Array(width)
  values[component] = length
  return values
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return dotProduct(a, b) / Math.sqrt(dotProduct(a, a) * dotProduct(b, b))
}
