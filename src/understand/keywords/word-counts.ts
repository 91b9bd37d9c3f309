/**
 * In how many texts each word was, learned from the network's own: what is everywhere tells little.
 * Bounded by lossy counting (Manku and Motwani 2002): a count is short by at most texts / width.
 */
export interface WordCounts {
  /** @param words of one text, each counted once */
  add(words: Iterable<string>): void
  /** ln((texts + 1) / (texts with the word + 1)) + 1, so that it is never below 1. */
  rarity(word: string): number
  readonly texts: number
  readonly size: number
}

const usualWidth = 20_000

export function createWordCounts(width: number = usualWidth): WordCounts {
  const counts = new Map<string, number>()
  let texts = 0

  /** Of a word first met in a later bucket no more than the buckets before can be missing. */
  function forgetRare(): void {
    const bucket = texts / width
    for (const [word, count] of counts) if (count <= bucket) counts.delete(word)
  }

  return {
    add(words) {
      texts++
      const missed = Math.floor((texts - 1) / width)
      for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? missed) + 1)
      if (texts % width === 0) forgetRare()
    },
    rarity: (word) => Math.log((texts + 1) / ((counts.get(word) ?? 0) + 1)) + 1,
    get texts() {
      return texts
    },
    get size() {
      return counts.size
    },
  }
}
