/** What a text is made of, without what people change when they post it again. */
import { normaliseText } from '../normalise/normalise.ts'

/** Words of alphabets, single characters of scripts without spaces. */
const unit =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}])+/gu
/** Links, mentions, and the words that reposting adds. */
const added = /\bhttp\b|@user\b|转发微博|转发|\/\/ ?@user ?:?|\brt\b/gu
/** Two words say as much as three characters. */
const charactersInShingle = 3
const wordsInShingle = 2
/** The start says enough, and a hostile text costs no more. */
const mostUnits = 2_000

/**
 * Hashes (32 bits) of every three characters or two words that follow one another, each once, in the order
 * of the text; of all of them together when there are fewer. Empty for a text without letters or digits.
 */
export function shinglesOf(text: string): Uint32Array {
  const plain = normaliseText(text).replace(added, ' ')
  const found = (plain.match(unit) ?? []).slice(0, mostUnits)
  const units = found.map(hashOf)
  if (units.length === 0) return new Uint32Array(0)
  const characters = found.filter((one) => one.length === 1).length
  const usual = 2 * characters > found.length ? charactersInShingle : wordsInShingle
  const width = Math.min(usual, units.length)
  const shingles = new Set<number>()
  for (let from = 0; from + width <= units.length; from++) {
    let hash = width
    for (let index = from; index < from + width; index++) hash = mixed(hash ^ units[index]!)
    shingles.add(hash >>> 0)
  }
  return Uint32Array.from(shingles)
}

/** Of two sets: what they share over what either has. 0…1 */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  const inA = new Set(a)
  let shared = 0
  for (const shingle of b) if (inA.has(shingle)) shared++
  const all = a.length + b.length - shared
  return all === 0 ? 0 : shared / all
}

/** FNV-1a. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < word.length; index++) {
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/** The finaliser of MurmurHash3: every bit of the result depends on every bit given. */
export function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
