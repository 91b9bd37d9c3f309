/** Words as hashed character n-grams with their ends marked: `^wo`, `word`, `rd$`. */
export const mostNGrams = 200
const longest = 5

/**
 * @param word lower case
 * @param found receives bucket numbers below 2^bits [mostNGrams]
 * @returns how many
 */
export function nGramsOf(word: string, bits: number, found: Int32Array): number {
  const marked = `^${word}$`
  const mask = (1 << bits) - 1
  let count = 0
  for (let width = 1; width <= longest; width++) {
    for (let from = 0; from + width <= marked.length; from++) {
      if (width === 1 && (from === 0 || from === marked.length - 1)) continue
      if (count === mostNGrams) return count
      found[count++] = hashOf(marked, from, from + width, width) & mask
    }
  }
  // The word as a whole, where no n-gram is.
  if (marked.length > longest && count < mostNGrams) {
    found[count++] = hashOf(marked, 0, marked.length, 0) & mask
  }
  return count
}

/** FNV-1a, its bits mixed once more. */
function hashOf(text: string, from: number, to: number, seed: number): number {
  let hash = 0x811c9dc5 ^ seed
  for (let index = from; index < to; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 12)
}
