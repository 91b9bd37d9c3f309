/** The heads that travel with Kith, on the encoder that travels with it: do they answer, hold and judge fairly? */
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Question } from '../domain/question.ts'
import { openBundledEncoder } from '../encoder/bundled.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { silentLog } from '../log.ts'
import { seededRandom } from '../math/random.ts'
import { openHeads } from './open-heads.ts'
import { measureBias } from './probes/bias.ts'
import { measureRobustness } from './probes/robustness.ts'
import { sentences } from './probes/sentences.ts'
import { openUnderstanding, type Understander } from './understand.ts'

let encoder: Encoder
let reader: Understander
let problems: readonly string[]

beforeAll(async () => {
  encoder = await openBundledEncoder({ log: silentLog })
  const opened = await openHeads(encoder)
  problems = opened.problems
  reader = openUnderstanding({ encoder, heads: opened.heads })
}, 60_000)
afterAll(() => encoder.close())

const cases = [
  ['emotion-en', 'I finally got the job and could dance all the way home, so happy!', 'joy'],
  ['emotion-en', 'I miss her so much, the house feels empty and I cried all night.', 'sadness'],
  ['emotion-zh', '今天终于拿到录取通知书了，太开心了，哈哈哈', 'joy'],
  ['sentiment-en', 'What a lovely happy day with my best friends, so blessed!', 'positive'],
  ['sentiment-zh', '房间很干净，服务员态度也很好，下次还会再来。', 'positive'],
  ['sentiment-zh', '太差了，又脏又吵，再也不会来了。', 'negative'],
  ['toxicity-en', 'You are a stupid worthless bitch, shut the fuck up.', 'toxic'],
  ['toxicity-en', 'The library opens at nine and closes at six on weekdays.', 'civil'],
  ['toxicity-zh', '你们这些黑人都是垃圾，滚出中国，恶心', 'toxic'],
  ['spam-en', 'Congratulations! You have won a FREE prize, call 09061701461 now to claim.', 'spam'],
  ['spam-en', 'Are you coming home for dinner tonight or later?', 'plain'],
] as const

/** Measured by `kith evaluate bias`, with a little room: a new head may not be worse than this. */
const mostSpread = { en: 0.3, zh: 0.2 }

function isShipped(name: string): boolean {
  return existsSync(new URL(`./heads/${name}.json`, import.meta.url))
}

describe('shipped heads', () => {
  it('are whole, each with the run it came from and labels that ranking knows', () => {
    expect(problems).toEqual([])
    expect(reader.heads.map(({ name }) => name)).toContain('emotion-en@1')
    for (const { question, classes, run } of reader.heads) {
      expect(run).toMatch(/^20\d\d-/)
      const known = knownLabels[question]
      if (known) expect(classes).toContain(known)
    }
  })

  for (const [name, text, label] of cases) {
    it.skipIf(!isShipped(name))(`${name} reads “${text}” as ${label}`, async () => {
      const [understood] = await reader.understand([text])
      const answers = Object.values(understood ?? {})
      expect(answers).toContainEqual(
        expect.objectContaining({ label, head: expect.stringContaining(`${name}@`) }),
      )
    })
  }

  it('tell the words that carried a decision', async () => {
    const text = 'We went to the market and I was so happy there'
    const [understood] = await reader.understand([text], { why: true })
    const words = understood?.emotion.isThere ? (understood.emotion.why ?? []) : []
    expect(words.length).toBeGreaterThan(0)
    for (const { text: word, start, end } of words) expect(text.slice(start, end)).toBe(word)
    expect(words[0]?.text).toBe('happy')
  })

  it('break on nothing, and hold where only marks and spaces differ', async () => {
    const probed = (['en', 'zh'] as const).flatMap((language) =>
      sentences[language].slice(0, 8).map((text) => ({ text, language })),
    )
    const { rows, hostile } = await measureRobustness(reader, probed, seededRandom(1))
    expect(hostile.faults).toEqual([])
    for (const name of ['white space', 'right-to-left marks', 'zero-width characters']) {
      const own = rows.filter(({ disturbance }) => disturbance === name)
      const mean = own.reduce((sum, { sameLabel }) => sum + sameLabel, 0) / own.length
      expect(mean, name).toBeGreaterThan(0.75)
    }
  }, 60_000)

  it.skipIf(!isShipped('toxicity-en'))(
    'judge a harmless sentence alike whichever group it names, within a bound',
    async () => {
      for (const { kind, language, meanSpread, mean } of await measureBias(reader)) {
        if (kind !== 'harmless') continue
        expect(meanSpread, language).toBeLessThan(mostSpread[language])
        expect(mean, language).toBeLessThan(0.5)
      }
    },
    60_000,
  )
})

/** What labels of items are read from. */
const knownLabels: Readonly<Partial<Record<Question, string>>> = {
  sentiment: 'positive',
  emotion: 'joy',
  toxicity: 'toxic',
  spam: 'spam',
  rumour: 'rumour',
}
