import { describe, expect, it } from 'vitest'
import { embeddingOf } from '../domain/embedding.ts'
import { understandingSchema } from '../domain/understanding.ts'
import type { Encoder } from '../encoder/encoder.ts'
import type { Head } from './head.ts'
import { openUnderstanding } from './understand.ts'

/** An encoder with one space, whose vector says whether the text holds "bad". */
function tellingEncoder(calls: string[][] = []): Encoder {
  return {
    name: 'telling',
    spaces: ['telling@1'],
    async encode(texts) {
      calls.push([...texts])
      return texts.map((text) =>
        text.trim() === ''
          ? undefined
          : embeddingOf('telling@1', [text.includes('bad') ? 1 : -1, 1]),
      )
    },
    close: async () => undefined,
  }
}

const toxicity: Head = {
  name: 'toxicity-en@1',
  question: 'toxicity',
  languages: ['en'],
  run: 'run-1',
  classes: ['fine', 'toxic'],
  spaces: ['telling@1'],
  async classify(texts) {
    return texts.map(({ embedding }) => (embedding!.values[0]! > 0 ? [0.1, 0.9] : [0.8, 0.2]))
  },
  async explain({ text }) {
    const start = text.indexOf('bad')
    return start < 0 ? [] : [{ text: 'bad', start, end: start + 3, weight: 1 }]
  },
}

const english = 'this is a rather bad day for everybody here'
const chinese = '今天的面包刚出炉，真香'

describe('openUnderstanding', () => {
  it('answers with the head of the language, its run and calibrated probabilities', async () => {
    const { understand } = openUnderstanding({ encoder: tellingEncoder(), heads: [toxicity] })
    const [first] = await understand([english])
    expect(first?.toxicity).toEqual({
      isThere: true,
      label: 'toxic',
      probabilities: { fine: 0.1, toxic: 0.9 },
      head: 'toxicity-en@1',
      run: 'run-1',
    })
    expect(first?.language).toMatchObject({ code: 'en' })
    expect(understandingSchema.parse(first)).toEqual(first)
  })

  it('says why there is no answer: no head, no text, no model', async () => {
    const { understand } = openUnderstanding({ encoder: tellingEncoder(), heads: [toxicity] })
    const [zh, empty] = await understand([chinese, ' \u0000\u200f '])
    expect(zh?.toxicity).toMatchObject({ isThere: false, reason: 'no-head' })
    expect(zh?.spam).toMatchObject({ isThere: false, reason: 'no-head' })
    expect(empty?.toxicity).toMatchObject({ isThere: false, reason: 'no-text' })
    const broken = {
      ...tellingEncoder(),
      encode: () => Promise.reject(new Error('it is not installed')),
    }
    const [without] = await openUnderstanding({ encoder: broken, heads: [toxicity] }).understand([
      english,
    ])
    expect(without?.toxicity).toMatchObject({ isThere: false, reason: 'no-model' })
    expect(without?.toxicity).toMatchObject({
      text: expect.stringContaining('it is not installed'),
    })
    expect(without?.language).toMatchObject({ code: 'en' })
  })

  it('encodes nothing twice: given vectors are used as they are', async () => {
    const calls: string[][] = []
    const { understand } = openUnderstanding({ encoder: tellingEncoder(calls), heads: [toxicity] })
    const known = embeddingOf('telling@1', [1, 1])
    const [first] = await understand(['all is well with the world', english], {
      embeddings: [known, undefined],
    })
    expect(calls).toEqual([[english]])
    expect(first?.toxicity).toMatchObject({ label: 'toxic' })
  })

  it('tells the words that carried the decision only when asked', async () => {
    const { understand } = openUnderstanding({ encoder: tellingEncoder(), heads: [toxicity] })
    const [told] = await understand([english], { why: true })
    expect(told?.toxicity).toMatchObject({ why: [{ text: 'bad', start: 17, end: 20 }] })
  })

  it('reads letters in disguise, and points at them as they were written', async () => {
    const calls: string[][] = []
    const { understand } = openUnderstanding({ encoder: tellingEncoder(calls), heads: [toxicity] })
    const wide = english.replace(/bad/, 'ｂａｄ')
    const known = embeddingOf('telling@1', [-1, 1])
    const [told] = await understand([wide], { why: true, embeddings: [known] })
    expect(calls[0]).toEqual([english])
    expect(told?.toxicity).toMatchObject({ label: 'toxic', why: [{ text: 'ｂａｄ', start: 17 }] })
  })

  it('is not silenced by evasions that hide the language', async () => {
    const { understand } = openUnderstanding({ encoder: tellingEncoder(), heads: [toxicity] })
    const zeroWidth = [...english].join('\u200b')
    const fullWidth = english.replace(/[!-~]/g, (letter) =>
      String.fromCharCode(letter.charCodeAt(0) + 0xfee0),
    )
    for (const understood of await understand([zeroWidth, fullWidth])) {
      expect(understood.language?.code).toBe('en')
      expect(understood.toxicity.isThere).toBe(true)
    }
  })

  it('refuses more texts than may be under way', async () => {
    const { understand } = openUnderstanding({
      encoder: tellingEncoder(),
      heads: [toxicity],
      queueLimit: 2,
    })
    const first = understand([english, english])
    await expect(understand([english])).rejects.toMatchObject({ code: 'unavailable' })
    await expect(first).resolves.toHaveLength(2)
    await expect(understand([english])).resolves.toHaveLength(1)
  })
})
