import { expect, it } from 'vitest'
import { cleanText } from './clean-text.ts'

it.each([
  ['  two\n\n lines\t', 'two lines'],
  ['cafe\u0301', 'café'],
  ['zero\u200bwidth\u0000', 'zerowidth'],
  ['👩‍👧 stays', '👩‍👧 stays'],
  ['half \ud83d pair', 'half  pair'],
  [' \u200b\u0007 ', ''],
])('cleans %j to %j', (text, clean) => {
  expect(cleanText(text, 100)).toBe(clean)
})

it('cuts, but never through a character', () => {
  expect(cleanText('ab😀', 3)).toBe('ab')
  expect(cleanText('ab😀', 4)).toBe('ab😀')
})

it('cleans only the start of a very long text', () => {
  expect(cleanText('word '.repeat(400_000), 12)).toBe('word word wo')
})
