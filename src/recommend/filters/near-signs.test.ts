import { expect, it } from 'vitest'
import { labelWidth, signAt, signBytes } from '../../domain/labels.ts'
import { seededRandom } from '../../math/random.ts'
import { NearSigns } from './near-signs.ts'

const random = seededRandom(3)

function drawn(): Uint8Array {
  const values = new Uint8Array(labelWidth)
  for (let n = 0; n < signBytes; n++) values[signAt + n] = Math.floor(256 * random())
  return values
}

function flipped(values: Uint8Array, bits: number): Uint8Array {
  const other = values.slice()
  const places = new Set<number>()
  while (places.size < bits) places.add(Math.floor(64 * random()))
  for (const place of places) other[signAt + (place >> 3)]! ^= 1 << (place & 7)
  return other
}

it('finds what differs in at most so many bits, wherever they lie, and nothing farther', () => {
  const signs = new NearSigns(50)
  const kept = Array.from({ length: 50 }, drawn)
  for (const values of kept) signs.add(values)
  for (const values of kept) {
    for (let bits = 0; bits <= 6; bits++) expect(signs.hasNear(flipped(values, bits))).toBe(true)
    expect(signs.hasNear(flipped(values, 7))).toBe(false)
  }
})

it('keeps as many as it has room for, and none after it is cleared', () => {
  const signs = new NearSigns(1)
  const [first, second] = [drawn(), drawn()]
  signs.add(first)
  signs.add(second)
  expect([signs.size, signs.hasNear(first), signs.hasNear(second)]).toEqual([1, true, false])
  signs.clear()
  expect([signs.size, signs.hasNear(first)]).toEqual([0, false])
})
