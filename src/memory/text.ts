/** What a text alone says: whether another says the same, and how much care went into it. */

const links = /https?:\/\/\S+|www\.\S+/giu
const mentions = /@[\p{L}\p{N}_.-]+:?/gu
const notWords = /[^\p{L}\p{N}]+/gu
/** Texts of ASCII, Chinese characters and their usual signs need no Unicode tables. */
const isPlain =
  /^[\t-~\u2014\u2018-\u201d\u2026\u3000-\u3003\u3008-\u3020\u4e00-\u9fff\uff00-\uff0f\uff1a-\uff20]*$/
const notPlainWords = /[^a-z0-9\u4e00-\u9fff]+/g

/** Equal for texts that differ only in links, mentions, space, signs and case; 0 when no word is left. */
export function fingerprint(text: string): number {
  const words = wordsOf(withoutMentions(withoutLinks(text)))
  return words === '' ? 0 : hash53(words)
}

function withoutLinks(text: string): string {
  return /:\/\/|www\./i.test(text) ? text.replace(links, ' ') : text
}

function withoutMentions(text: string): string {
  return text.includes('@') ? text.replace(mentions, ' ') : text
}

function wordsOf(text: string): string {
  if (isPlain.test(text)) return text.toLowerCase().replace(notPlainWords, '')
  return text.normalize('NFKC').toLowerCase().replace(notWords, '')
}

/** cyrb53 (bryc): two 32-bit hashes side by side, cut to a whole double; never 0. */
function hash53(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 0x9e3779b1)
    low = Math.imul(low ^ code, 0x5f356495)
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)
  return 2 ** 32 * (2 ** 20 + (low & 0xfffff)) + (high >>> 0)
}

/** From 0 to 1: length, links, shouting, repetition. 0.5 for no text at all. */
export function textQuality(text: string): number {
  const sample = text.trim().slice(0, 500)
  if (sample === '') return 0.5
  const words = withoutLinks(sample)
  const linkShare = Math.max(0, 1 - words.length / sample.length)
  const letters = lettersOf(words)
  const length = 1 - Math.exp(-letters.said / 25)
  return length * (1 - 0.6 * linkShare) * calmness(letters) * variety(words)
}

interface Letters {
  /** Letters and digits of any script. */
  said: number
  upper: number
  lower: number
  /** Rows of exclamation and question marks. */
  cries: number
  names: number
}

function lettersOf(words: string): Letters {
  const letters: Letters = { said: 0, upper: 0, lower: 0, cries: 0, names: 0 }
  let wasSign = false
  let isCrying = false
  for (let at = 0; at < words.length; at++) {
    const code = words.charCodeAt(at)
    const isSign = code === 33 || code === 63 || code === 0xff01 || code === 0xff1f
    if (isSign && wasSign && !isCrying) letters.cries++
    isCrying = isSign && wasSign
    wasSign = isSign
    countLetter(letters, code)
  }
  return letters
}

function countLetter(letters: Letters, code: number): void {
  if (code >= 97 && code <= 122) letters.lower++
  else if (code >= 65 && code <= 90) letters.upper++
  else if (code === 64) letters.names++
  if (isWordCode(code)) letters.said++
}

/** A letter or digit; beyond Latin roughly: signs of CJK, dashes and quotes are not. */
function isWordCode(code: number): boolean {
  if (code < 128) return (code | 32) >= 97 ? (code | 32) <= 122 : code >= 48 && code <= 57
  const isMark =
    code < 0xc0 || (code >= 0x2000 && code < 0x2e80) || (code >= 0x3000 && code < 0x3041)
  return !isMark && code < 0xfe00
}

/** Falls with capitals beyond names, with rows of exclamation marks and with many mentions. */
function calmness({ upper, lower, cries, names }: Letters): number {
  const shouting = upper + lower >= 10 ? Math.max(0, upper / (upper + lower) - 0.3) : 0
  return (1 - 0.7 * shouting) / (1 + cries / 4) / (1 + Math.max(0, names - 2) / 5)
}

const pairTable = new Uint8Array(4096)

/** Falls when the same pairs of letters come again and again. */
function variety(words: string): number {
  const end = Math.min(words.length, 300)
  pairTable.fill(0)
  let pairs = 0
  let distinct = 0
  let last = 0
  for (let at = 0; at < end; at++) {
    const code = words.charCodeAt(at)
    if (!isWordCode(code)) continue
    const place = (Math.imul(last, 31) + code) & 4095
    distinct += 1 - pairTable[place]!
    pairTable[place] = 1
    pairs++
    last = code
  }
  return pairs < 20 ? 1 : Math.min(1, 0.2 + (1.6 * distinct) / pairs)
}
