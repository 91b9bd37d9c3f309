import { expect, it } from 'vitest'
import { fingerprint, textQuality } from './text.ts'

it.each([
  ['Hello World', 'hello   world!'],
  ['今天天气很好', '今天，天气很好！！'],
  ['see this https://a.example/1', 'See this https://b.example/2?x=y'],
  ['//@anna: so true', '//@bob_7: So true...'],
  ['ＡＢＣ 123', 'abc123'],
])('finds "%s" and "%s" to say the same', (one, other) => {
  expect(fingerprint(one)).toBe(fingerprint(other))
})

it('finds the same in plain texts as in texts that need Unicode tables', () => {
  for (const text of ['Hello, World 42!', '你好，世界！“Kith” — 好…', 'a_b\tc~d']) {
    expect(fingerprint(`${text} ☀`)).toBe(fingerprint(text))
  }
})

it('tells different words apart', () => {
  const texts = Array.from({ length: 20_000 }, (_, number) => `post number ${number}`)
  expect(new Set(texts.map(fingerprint)).size).toBe(20_000)
})

it('has nothing to say about a text without words', () => {
  expect(fingerprint(' … 🎉 https://a.example @bob')).toBe(0)
})

it('ranks care above shouting, links and repetition', () => {
  const careful =
    'We walked along the river at dawn and watched the herons fish between the old piers.'
  const poorer = [
    careful.toUpperCase(),
    'Buy now buy now buy now buy now buy now buy now buy now buy now buy now buy now',
    'https://a.example/aaaaaaaaaaaa https://b.example/bbbbbbbbbbbbbbbbbb look at this today',
    '@a @b @c @d @e @f @g @h look at what we found near the river this morning, it is grand',
    'wow!!! no!!! really!!! stop!!! yes!!! what a day by the river it was for all of us',
    'ok',
  ]
  expect(textQuality(careful)).toBeGreaterThan(0.8)
  for (const text of poorer) expect(textQuality(text)).toBeLessThan(textQuality(careful))
})

it('gives every text a number from 0 to 1, quickly', () => {
  const hard = ['', ' ', 'a', '啊'.repeat(20_000), '@'.repeat(20_000), 'http://'.repeat(2_000)]
  for (const text of hard) {
    const began = performance.now()
    expect(textQuality(text)).toBeGreaterThanOrEqual(0)
    expect(textQuality(text)).toBeLessThanOrEqual(1)
    expect(fingerprint(text)).toBeGreaterThanOrEqual(0)
    expect(performance.now() - began).toBeLessThan(500)
  }
  expect(textQuality('')).toBe(0.5)
})
