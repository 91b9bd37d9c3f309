/** What a text alone says: whether another says the same, and how much care went into it. */

const links = /https?:\/\/\S+|www\.\S+/giu
const mentions = /@[\p{L}\p{N}_.-]+:?/gu
const notWords = /[^\p{L}\p{N}]+/gu

/** Equal for texts that differ only in links, mentions, space, signs and case; 0 when no word is left. */
export function fingerprint(text: string): number {
  const words = text
    .replace(links, ' ')
    .replace(mentions, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(notWords, '')
  return words === '' ? 0 : hash53(words)
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
  const trimmed = text.trim()
  if (trimmed === '') return 0.5
  const sample = trimmed.slice(0, 1000)
  const words = sample.replace(links, ' ')
  const said = words.replace(notWords, '').length
  const length = 1 - Math.exp(-said / 25)
  return length * linkCalm(sample, words) * calmness(words) * variety(words)
}

/** Falls as links and mentions crowd out words. */
function linkCalm(sample: string, words: string): number {
  const linkShare = 1 - words.length / sample.length
  const names = words.match(mentions)?.length ?? 0
  return (1 - 0.6 * Math.max(0, linkShare)) / (1 + Math.max(0, names - 2) / 5)
}

/** Falls with capitals beyond names and with rows of exclamation marks. */
function calmness(words: string): number {
  const upper = words.match(/\p{Lu}/gu)?.length ?? 0
  const lower = words.match(/\p{Ll}/gu)?.length ?? 0
  const shouting = upper + lower >= 10 ? Math.max(0, upper / (upper + lower) - 0.3) : 0
  const cries = words.match(/[!！?？]{2,}/gu)?.length ?? 0
  return (1 - 0.7 * shouting) / (1 + cries / 4)
}

/** Falls when the same pairs of letters come again and again. */
function variety(words: string): number {
  const plain = words.replace(notWords, '').slice(0, 200)
  if (plain.length < 20) return 1
  const pairs = new Set<string>()
  for (let at = 1; at < plain.length; at++) pairs.add(plain.slice(at - 1, at + 1))
  return Math.min(1, 0.2 + (1.6 * pairs.size) / (plain.length - 1))
}
