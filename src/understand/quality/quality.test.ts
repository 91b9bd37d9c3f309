import { describe, expect, it } from 'vitest'
import { cpuMs } from '../cpu-time.fixture.ts'
import { estimateQuality, qualityParts } from './quality.ts'

const qualityOf = (text: string) => estimateQuality([{ text }])[0]!
const careOf = (text: string) => qualityOf(text).value!

const careful = {
  en: 'We repaired the old clock tower over three weekends. The gears were fine, but the bearings had dried out, so we cleaned and oiled each of them by hand.',
  zh: '周末和朋友们一起修好了社区里的老钟楼，齿轮没有坏，只是轴承干了，我们一个个拆下来清洗上油，重新听到钟声的那一刻大家都很激动。',
}

describe('estimateQuality', () => {
  it.each(Object.entries(careful))('sees care in a %s post', (_, text) => {
    expect(careOf(text)).toBeGreaterThan(0.7)
  })

  it.each([
    ['a word', 'lol'],
    ['a reaction', '哈哈哈'],
    ['shouting', 'BUY NOW!!! BEST PRICE EVER!!! CLICK CLICK CLICK!!!'],
    ['repetition', 'win money '.repeat(20)],
    ['repetition in Chinese', '加群领红包'.repeat(12)],
    ['links', 'http://a.example http://b.example http://c.example look'],
    ['mentions', '@a @b @c @d @e @f look'],
  ])('sees little care in %s', (_, text) => {
    expect(careOf(text)).toBeLessThan(0.4)
  })

  it.each([
    ['capitals', (text: string) => text.toUpperCase()],
    ['links', (text: string) => `${text} http://x.example http://y.example`],
    ['cries', (text: string) => text.replaceAll(/[.，。]/g, '!!!')],
    ['repeating it', (text: string) => text.slice(0, 40).repeat(5)],
    ['noise', (text: string) => text.replaceAll(/(.)/gu, '$1\u200b')],
  ])('falls with %s', (_, spoil) => {
    expect(careOf(spoil(careful.en))).toBeLessThan(careOf(careful.en))
  })

  it('names parts that sum to what decides', () => {
    const [one, other] = [qualityOf(careful.en), qualityOf('ok then')]
    const sum = (parts: typeof one.parts) =>
      qualityParts.reduce((all, part) => all + parts[part], 0)
    expect(sum(one.parts)).toBeGreaterThan(sum(other.parts))
    expect(qualityOf('LOOK HERE EVERYBODY!!').parts.shouting).toBeLessThan(0)
  })

  it('trusts a text of no certain language less', () => {
    const [sure, unsure] = estimateQuality([
      { text: careful.en, languageCertainty: 1 },
      { text: careful.en, languageCertainty: 0.1 },
    ])
    expect(unsure!.value!).toBeLessThan(sure!.value!)
  })

  it.each(['', '😀😀', '\ud800\u0000\u202e', '!!!'])('has no value for %j', (text) => {
    expect(qualityOf(text).value).toBeUndefined()
  })

  it.each(['a', '哈', '@a ', 'http://', '!', 'A!! '])(
    'takes bounded time for %j ten thousand times',
    (unit) => {
      expect(cpuMs(() => void estimateQuality([{ text: unit.repeat(10_000) }]))).toBeLessThan(1_000)
    },
  )
})
