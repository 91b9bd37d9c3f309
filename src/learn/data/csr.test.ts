import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Csr, csrOf, rowColumns, rowLength, rowOfEntries, transpose, union } from './csr.ts'

const triplets = fc.array(fc.tuple(fc.nat(5), fc.nat(7), fc.integer({ min: 1, max: 9 })))

function matrixOf(entries: readonly (readonly [number, number, number])[]): Csr {
  return csrOf({
    rows: 6,
    columns: 8,
    rowOf: entries.map(([row]) => row),
    columnOf: entries.map(([, column]) => column),
    values: entries.map(([, , value]) => value),
  }).csr
}

function dense(csr: Csr): number[][] {
  const table = Array.from({ length: csr.rows }, () => new Array<number>(csr.columns).fill(0))
  const rowOf = rowOfEntries(csr)
  for (const [entry, column] of csr.columnOf.entries()) {
    table[rowOf[entry]!]![column] = csr.values[entry]!
  }
  return table
}

it('adds up repeated pairs and keeps columns ascending in each row', () => {
  fc.assert(
    fc.property(triplets, (entries) => {
      const expected = Array.from({ length: 6 }, () => new Array<number>(8).fill(0))
      for (const [row, column, value] of entries) expected[row]![column]! += value
      const csr = matrixOf(entries)
      expect(dense(csr)).toEqual(expected)
      for (let row = 0; row < csr.rows; row++) {
        const columns = [...rowColumns(csr, row)]
        expect(columns).toEqual([...new Set(columns)].sort((a, b) => a - b))
        expect(rowLength(csr, row)).toBe(columns.length)
      }
    }),
  )
})

it('keeps the latest time of a repeated pair and counts the repeats', () => {
  const merged = csrOf({
    rows: 2,
    columns: 2,
    rowOf: [1, 0, 1],
    columnOf: [0, 1, 0],
    times: [5, 7, 3],
  })
  expect([...merged.times!]).toEqual([7, 5])
  expect(merged.duplicates).toBe(1)
  expect([...merged.csr.values]).toEqual([1, 2])
})

it('transposes there and back, and says where each entry came from', () => {
  fc.assert(
    fc.property(triplets, (entries) => {
      const csr = matrixOf(entries)
      const { csr: turned, places } = transpose(csr)
      expect(dense(transpose(turned).csr)).toEqual(dense(csr))
      expect([...turned.values]).toEqual([...places].map((place) => csr.values[place]))
    }),
  )
})

it('unites two matrices by adding them', () => {
  fc.assert(
    fc.property(triplets, triplets, (a, b) => {
      expect(dense(union(matrixOf(a), matrixOf(b)))).toEqual(dense(matrixOf([...a, ...b])))
    }),
  )
})
