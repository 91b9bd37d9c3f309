/** Letters in disguise as plain ones, one for one: places in the text stay, so words can be pointed at. */
import { latinInDisguise } from './clean.ts'

const fullWidthLetter = /[\uff21-\uff3a\uff41-\uff5a]/
const fullWidth = /[\uff01-\uff5e]/g
const toAscii = 0xfee0
const mixedWord = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+/gu
/** Signs that stand for letters inside a word: `st0p`, `l1ke`. `h1n1` and `b2b` are as they are. */
const disguised =
  /(?<![\p{L}\d@$])\p{Script=Latin}[\p{Script=Latin}@310$]*[@310$][\p{Script=Latin}@310$]*\p{Script=Latin}(?![\p{L}\d@$])/gu
const sign = /[@310$]/g
/** Of a word, so that few signs are taken for letters. */
const leastLetters = 3
const signs: Readonly<Record<string, string>> = { '@': 'a', '3': 'e', '1': 'i', '0': 'o', $: 's' }
/** Addresses and links are not words. */
const address = /[\w.+-]{1,64}@[\w-]+\.[\w.]+|(?:https?:\/\/|www\.)\S+/gu

/**
 * Full width, letters of other scripts inside Latin words, signs for letters inside words. Texts that
 * have none, as Chinese with its own wide marks, come back as they are.
 */
export function plainLetters(text: string): string {
  const narrow = fullWidthLetter.test(text)
    ? text.replace(fullWidth, (wide) => String.fromCharCode(wide.charCodeAt(0) - toAscii))
    : text
  const latin = narrow.replace(mixedWord, latinInDisguise)
  const kept = [...latin.matchAll(address)].map(({ 0: found, index }) => [
    index,
    index + found.length,
  ])
  return latin.replace(disguised, (word, at: number) => {
    const count = word.match(sign)?.length ?? 0
    const isWord = word.length - count >= Math.max(leastLetters, count + 1)
    if (!isWord || kept.some(([from, to]) => at >= from! && at < to!)) return word
    return word.replace(sign, (one) => signs[one]!)
  })
}
