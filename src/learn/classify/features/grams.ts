/**
 * Pieces of a text as numbers: runs of words and runs of letters, hashed (Weinberger et al. 2009), so
 * that no list of words has to be kept. Chinese has no spaces: there every character is a word.
 */

export interface GramOptions {
  /** Longest run of words; of Chinese characters twice as many. */
  readonly words: number
  /** Letters inside a word with its edges, from two to this many; 0 for none. */
  readonly letters: number
  /** Buckets are numbers below 2^bits. */
  readonly bits: number
}

export interface Grams {
  /** One number per occurrence. */
  readonly words: readonly number[]
  readonly letters: readonly number[]
}

const runs =
  /\p{Script=Han}+|[#@]?[\p{L}\p{M}\p{N}_]+(?:['’]\p{L}+)*|\p{Extended_Pictographic}|[!?.,:;()~…！？。，]+/gu
const han = /^\p{Script=Han}/u
/** Longer texts are read from their beginning. */
const charactersRead = 4_000
const wordSeed = 0x811c9dc5
const letterSeed = 0x9747b28c
const edge = 32

export function gramsOf(text: string, { words, letters, bits }: GramOptions): Grams {
  const clean = text.slice(0, charactersRead).normalize('NFKC').toLowerCase()
  const pieces: string[] = []
  const found = { words: [] as number[], letters: [] as number[] }
  const mask = 2 ** bits - 1
  let hasHan = false
  for (const [run] of clean.matchAll(runs)) {
    if (han.test(run)) {
      hasHan = true
      pieces.push(...run)
    } else {
      pieces.push(run)
      if (letters > 0) addLetters(run, letters, mask, found.letters)
    }
  }
  addWords(pieces, hasHan ? 2 * words : words, mask, found.words)
  return found
}

function addWords(pieces: readonly string[], longest: number, mask: number, to: number[]): void {
  for (let start = 0; start < pieces.length; start++) {
    let hash = wordSeed
    for (let end = start; end < Math.min(pieces.length, start + longest); end++) {
      const piece = pieces[end]!
      for (let at = 0; at < piece.length; at++) hash = mixed(hash, piece.charCodeAt(at))
      hash = mixed(hash, edge)
      to.push(finished(hash) & mask)
    }
  }
}

function addLetters(word: string, longest: number, mask: number, to: number[]): void {
  const codeAt = (at: number): number =>
    at === 0 || at > word.length ? edge : word.charCodeAt(at - 1)
  for (let start = 0; start < word.length + 1; start++) {
    let hash = mixed(letterSeed, codeAt(start))
    for (let end = start + 1; end < Math.min(word.length + 2, start + longest); end++) {
      hash = mixed(hash, codeAt(end))
      to.push(finished(hash) & mask)
    }
  }
}

/** FNV-1a, one step. */
function mixed(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

/** The last steps of murmur3, as low bits of FNV are poor. */
function finished(hash: number): number {
  let bits = hash ^ (hash >>> 16)
  bits = Math.imul(bits, 0x85ebca6b)
  bits ^= bits >>> 13
  bits = Math.imul(bits, 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
