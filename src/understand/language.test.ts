import { describe, expect, it } from 'vitest'
import { detectLanguages, guessLanguages } from './language.ts'

describe('detectLanguages', () => {
  it.each([
    ['Does anybody know a good bakery near the station?', 'en'],
    ['coffee and rain, what a morning', 'en'],
    ['Das ist wirklich ein schöner Tag für einen Ausflug', 'de'],
    ['Je ne sais pas encore ce que je vais faire demain', 'fr'],
    ['No me gusta nada levantarme tan temprano', 'es'],
    ['Сегодня вечером мы идём в театр с друзьями', 'ru'],
    ['今天的面包刚出炉', 'zh'],
    ['刚在 GitHub 上看到一个 TypeScript 项目', 'zh'],
    ['日本の天気はどうですか', 'ja'],
    ['ありがとう', 'ja'],
    ['오늘 날씨가 좋네요', 'ko'],
    ['สวัสดีครับ', 'th'],
    ['Καλημέρα', 'el'],
  ])('reads "%s" as %s', async (text, language) => {
    expect(await detectLanguages([text])).toEqual([language])
  })

  it.each([
    '',
    '   ',
    'ok',
    '😀😀😀',
    '12345 67890',
    'https://example.org/a/long/path',
    '@someone #topic',
  ])('does not guess for "%s"', async (text) => {
    expect(await detectLanguages([text])).toEqual([undefined])
  })

  it('does not let names, tags and links speak for the text', async () => {
    expect(await detectLanguages(['@北京大学 thank you so much for the kind words #感谢'])).toEqual(
      ['en'],
    )
  })

  it('reads no more than the start of a very long text', async () => {
    expect(
      await detectLanguages(['the quick answer is that nobody knows. '.repeat(50_000)]),
    ).toEqual(['en'])
  })
})

describe('guessLanguages', () => {
  it('considers the given languages alone', async () => {
    const [open] = await guessLanguages(['kan ikke'])
    const [asked] = await guessLanguages(['kan ikke'], { candidates: ['sv', 'en', 'zh'] })
    expect(open?.language).not.toBe('sv')
    expect(asked?.language).toBe('sv')
  })

  it('is surer of a sentence than of a word', async () => {
    const [word, sentence] = await guessLanguages([
      'pasta',
      'La pasta della nonna è sempre la migliore',
    ])
    expect(sentence).toMatchObject({ language: 'it', isMixed: false })
    expect(sentence!.probability).toBeGreaterThan(0.95)
    expect(word!.probability).toBeLessThan(sentence!.probability)
  })

  it.each([
    ['今天的 presentation 终于讲完了', 'zh', true],
    ['I could eat 麻辣烫 every single day', 'en', true],
    ['刚在 GitHub 上看到一个 TypeScript 项目', 'zh', false],
    ['just a normal day', 'en', false],
  ])('reads %j as %s, mixed: %s', async (text, language, isMixed) => {
    expect(await guessLanguages([text], { candidates: ['zh', 'en'] })).toMatchObject([
      { language, isMixed },
    ])
  })

  it.each([
    '\ud800\udfff',
    '\u202e\u200f\u200b',
    '\u0000\u0007',
    'a'.repeat(10_000),
    'ab '.repeat(5_000),
  ])('survives hostile text (%#)', async (text) => {
    const [guess] = await guessLanguages([text])
    expect(guess!.probability).toBeGreaterThanOrEqual(0)
    expect(guess!.probability).toBeLessThanOrEqual(1)
  })
})
