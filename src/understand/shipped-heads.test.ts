/** The heads that travel with Kith, on the encoder that travels with it: do they answer, hold and judge fairly? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

describe('shipped heads', () => {
  it('are all there, each with the record of its run', () => {
    expect(problems).toEqual([])
    const names = reader.heads.map(({ name }) => name.split('@')[0])
    for (const name of ['emotion-en', 'emotion-zh', 'toxicity-en', 'toxicity-zh', 'spam-en']) {
      expect(names).toContain(name)
    }
    for (const { run } of reader.heads) expect(run).not.toBe('')
  })

  it('read plain cases right', async () => {
    const [joy, insult, prize, joyZh, insultZh] = await reader.understand([
      'I finally got the job and could dance all the way home, so happy!',
      'You are a stupid worthless bitch, shut the fuck up.',
      'Congratulations! You have won a FREE prize, call 09061701461 now to claim your cash.',
      '今天终于拿到录取通知书了，太开心了，哈哈哈',
      '你们这些黑人都是垃圾，滚出中国，恶心',
    ])
    expect(joy?.emotion).toMatchObject({ label: 'joy' })
    expect(insult?.toxicity).toMatchObject({ label: 'toxic' })
    expect(prize?.spam).toMatchObject({ label: 'spam' })
    expect(joyZh?.emotion).toMatchObject({ label: 'joy' })
    expect(insultZh?.toxicity).toMatchObject({ label: 'toxic' })
  })

  it('tell the words that carried a decision', async () => {
    const [insult] = await reader.understand(['You are a stupid person, dear neighbour.'], {
      why: true,
    })
    const words = insult?.toxicity.isThere ? (insult.toxicity.why ?? []) : []
    expect(words[0]?.text).toBe('stupid')
    expect(words.every(({ start, end }) => end > start)).toBe(true)
  })

  it('break on nothing, and hold on plain disturbances', async () => {
    const probed = (['en', 'zh'] as const).flatMap((language) =>
      sentences[language].slice(0, 10).map((text) => ({ text, language })),
    )
    const { rows, hostile } = await measureRobustness(reader, probed, seededRandom(1))
    expect(hostile.faults).toEqual([])
    for (const name of ['white space', 'right-to-left marks', 'zero-width characters']) {
      const own = rows.filter(({ disturbance }) => disturbance === name)
      const mean = own.reduce((sum, { sameLabel }) => sum + sameLabel, 0) / own.length
      expect(mean, name).toBeGreaterThan(0.9)
    }
  }, 60_000)

  it('judge a harmless sentence alike whichever group it names, within a bound', async () => {
    const rows = await measureBias(reader)
    for (const { kind, language, meanSpread, mean } of rows) {
      if (kind === 'harmless') {
        expect(meanSpread, language).toBeLessThan(biasBound[language])
        expect(mean, language).toBeLessThan(0.5)
      } else expect(mean, language).toBeGreaterThan(0.5)
    }
  }, 60_000)
})

/** Measured by `kith evaluate bias`, with a little room: a new head may not be worse than this. */
const biasBound = { en: 0.3, zh: 0.5 }
