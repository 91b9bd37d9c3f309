import { expect, it } from 'vitest'
import { embeddingOf } from '../../domain/embedding.ts'
import type { Encoder } from '../../encoder/encoder.ts'
import { encodeTexts } from './encode-texts.ts'

/** Two components for Latin letters, three for others, nothing for empty texts. */
const bilingual: Encoder = {
  name: 'two spaces',
  spaces: ['latin', 'other'],
  encode: async (texts) =>
    texts.map((text) => {
      if (text === '') return undefined
      return /[a-z]/i.test(text)
        ? embeddingOf('latin', [text.length, 1])
        : embeddingOf('other', [1, text.length, 1])
    }),
  close: async () => {},
}

it('lays the spaces of an encoder beside each other, as unit vectors', async () => {
  const encode = encodeTexts(bilingual)
  const { width, data } = await encode(['tea', '', '水'])
  expect(width).toBe(5)
  const rows = [0, 1, 2].map((row) => [...data.subarray(row * width, (row + 1) * width)])
  const norms = rows.map((row) => Math.hypot(...row))
  expect(norms[0]).toBeCloseTo(1, 5)
  expect(norms[2]).toBeCloseTo(1, 5)
  expect(rows[0]!.slice(2)).toEqual([0, 0, 0])
  expect(rows[1]).toEqual([0, 0, 0, 0, 0])
  expect(rows[2]!.slice(0, 2)).toEqual([0, 0])
})

it('is as wide whatever it is asked first, in long lists too', async () => {
  const encode = encodeTexts(bilingual)
  expect((await encode(['水'])).width).toBe(5)
  const many = Array.from({ length: 2_300 }, (_, n) => 'x'.repeat((n % 7) + 1))
  const { width, data } = await encode(many)
  expect(width).toBe(5)
  expect(data[2_299 * 5]).toBeCloseTo(((2_299 % 7) + 1) / Math.hypot((2_299 % 7) + 1, 1), 1)
})
