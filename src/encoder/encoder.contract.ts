/** What every encoder must do. Run it from the test of an adapter: `keepsTheEncoderContract(open)`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Encoder } from './encoder.ts'

const sentences = [
  'The ferry leaves at noon.',
  '海边的日落真美',
  'Ma grand-mère fait le meilleur gâteau du village.',
  'bread',
  '今天的面包刚出炉，快来尝尝',
]

export function keepsTheEncoderContract(open: () => Promise<Encoder> | Encoder): void {
  describe('keeps the contract of encoders', () => {
    let encoder: Encoder

    beforeAll(async () => {
      encoder = await open()
    })
    afterAll(async () => {
      await encoder.close()
    })

    async function directions(texts: readonly string[]): Promise<number[][]> {
      const embeddings = await encoder.encode(texts)
      return embeddings.map((embedding) => [...(embedding?.values ?? [])])
    }

    it('gives one embedding per text, in a space that it names', async () => {
      const embeddings = await encoder.encode(sentences)
      expect(embeddings).toHaveLength(sentences.length)
      for (const embedding of embeddings) {
        expect(encoder.spaces).toContain(embedding?.space)
        expect(Math.max(...(embedding?.values ?? []).map(Math.abs))).toBe(127)
      }
    })

    it('keeps the order, and one width for each space', async () => {
      const forwards = await encoder.encode(sentences)
      const backwards = await encoder.encode([...sentences].reverse())
      expect([...backwards].reverse()).toEqual(forwards)
      const widths = new Map(forwards.map((one) => [one?.space, one?.values.length]))
      for (const one of forwards) expect(one?.values.length).toBe(widths.get(one?.space))
    })

    it('gives the same text the same vector, alone or among others, now or after a restart', async () => {
      const together = await directions(sentences)
      const again = await open()
      for (const [n, sentence] of [...sentences.entries()].reverse()) {
        const [alone] = await again.encode([sentence])
        expect([...(alone?.values ?? [])]).toEqual(together[n])
      }
      await again.close()
    })

    it('gives different texts different vectors, and a repeated text the same', async () => {
      const [a, b, c] = await directions(['bread', 'a very quiet evening', 'bread'])
      expect(a).toEqual(c)
      expect(a).not.toEqual(b)
    })

    it('has nothing to say about nothing', async () => {
      const nothing = [
        '',
        '   ',
        '\n\t\u3000',
        '\u0000\u0007\u001b',
        '\u200b\u2060\ufeff',
        '\ud83d',
      ]
      const embeddings = await encoder.encode([...nothing, 'something'])
      expect(embeddings.slice(0, nothing.length)).toEqual(nothing.map(() => undefined))
      expect(embeddings.at(-1)).toBeDefined()
      expect(await encoder.encode([])).toEqual([])
    })

    it.each([1, 2, 10, 100, 1_000, 10_000])('encodes texts of %i characters', async (length) => {
      const texts = ['long roads go on ', '山高水长路远', 'x', '字'].map((part) =>
        part.repeat(length).slice(0, length),
      )
      for (const embedding of await encoder.encode(texts)) expect(embedding).toBeDefined()
    })

    it('encodes emoji, symbols, links, mixed scripts and broken characters', async () => {
      const texts = [
        '😀',
        '👩‍👩‍👧‍👦🏳️‍🌈',
        '!!!',
        '→ ∑ €',
        'https://example.org/a?b=c#d',
        '@someone #topic',
        'مرحبا بالعالم',
        'Привет, мир',
        'こんにちは世界',
        'naïve cafe\u0301 ＦＵＬＬ　ＷＩＤＴＨ',
        'half a pair \ud83d of surrogates',
        'a\u0000b\u0001c',
        '<script>alert(1)</script>',
        'z\u0335\u0321'.repeat(50),
      ]
      for (const [n, embedding] of (await encoder.encode(texts)).entries()) {
        expect(embedding, texts[n]).toBeDefined()
      }
    })

    it('reports progress up to the number of texts given', async () => {
      const steps: number[] = []
      const texts = [...sentences, '', ...Array.from({ length: 70 }, (_, n) => `note ${n}`)]
      await encoder.encode(texts, { onProgress: (done) => steps.push(done) })
      expect(steps.at(-1)).toBe(texts.length)
      expect([...steps].sort((a, b) => a - b)).toEqual(steps)
    })

    it('does nothing for a caller who has left', async () => {
      const reason = new Error('The caller has left.')
      const signal = AbortSignal.abort(reason)
      await expect(encoder.encode(sentences, { signal })).rejects.toBe(reason)
    })

    it('stops for a caller who leaves, and goes on working for others', async () => {
      const controller = new AbortController()
      const many = Array.from({ length: 2_000 }, (_, n) => `the ${n}th letter of ${n * 7}`)
      const left = encoder.encode(many, { signal: controller.signal })
      const others = encoder.encode(sentences)
      setTimeout(() => controller.abort(), 5)
      await expect(left).rejects.toMatchObject({ name: 'AbortError' })
      expect(await others).toEqual(await encoder.encode(sentences))
    })
  })
}
