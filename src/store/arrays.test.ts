import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesColumn, chunksOf, column, lastOfEach, numbersOf } from './arrays.ts'

describe('numbersOf', () => {
  it('reads any numbers as PostgreSQL writes them, NULL as NaN', () => {
    const cell = fc.oneof(
      fc.maxSafeInteger(),
      fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => value + 0),
      fc.constant(Number.NaN),
    )
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        const text = `{${cells.map((one) => (Number.isNaN(one) ? 'NULL' : String(one))).join(',')}}`
        expect([...numbersOf(text)].map((one) => one + 0)).toEqual(cells)
      }),
    )
  })
})

describe('column', () => {
  it('writes what is missing as NULL', () => {
    expect(column([1, undefined, -2.5, null, true])).toBe('{1,NULL,-2.5,NULL,true}')
    expect(column([])).toBe('{}')
  })

  it('writes bytes quoted, in hexadecimal', () => {
    expect(bytesColumn([Uint8Array.of(0, 255), undefined])).toBe('{"\\\\x00ff",NULL}')
  })
})

describe('lists', () => {
  it('are cut into chunks, the last one shorter', () => {
    expect([...chunksOf([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]])
    expect([...chunksOf([], 2)]).toEqual([])
  })

  it('keep the last of each name', () => {
    expect(lastOfEach(['a1', 'b1', 'a2'], (one) => one.charAt(0))).toEqual(['a2', 'b1'])
  })
})
