/**
 * One space for Chinese and English texts: three views of a text side by side, each of which both
 * languages have. Two texts are near when the views agree: the cosine is their weighted mean.
 *
 * - `chinese`: the Chinese encoder's vector, which reads some English too;
 * - `english`: the English encoder's vector, of the text itself or of a Chinese text's gloss;
 * - `words`: the bag of English stems, folded into few places by signs drawn from a hash.
 */
import { bagOf, type Lexicon } from './lexicon.ts'

export const sharedLanguages = ['zh', 'en'] as const
export type SharedLanguage = (typeof sharedLanguages)[number]

export const encodedViews = ['chinese', 'english'] as const
export type EncodedView = (typeof encodedViews)[number]
export type View = EncodedView | 'words'

export interface SharedHead {
  readonly lexicon: Lexicon
  /** What all texts of a language have in common in a view, taken out of each: of unit vectors. */
  readonly means: Readonly<Record<SharedLanguage, Readonly<Record<EncodedView, Float32Array>>>>
  /** How much a view counts in the cosine; above 0. */
  readonly weights: Readonly<Record<View, number>>
}

/** Places of the folded bag: two texts without a common word seem 1 / √places alike by chance. */
export const wordPlaces = 512
const signsPerStem = 8

/** A text as the shared space needs it; a view with nothing in it is left out. */
export interface Views {
  readonly chinese?: ArrayLike<number> | undefined
  readonly english?: ArrayLike<number> | undefined
  readonly words: ReadonlyMap<string, number>
}

export function widthOf({ means }: Pick<SharedHead, 'means'>): number {
  return means.zh.chinese.length + means.zh.english.length + wordPlaces
}

/** Where a view lies in a shared vector: from, to. */
export function placesOf({ means }: Pick<SharedHead, 'means'>, view: View): [number, number] {
  const chinese = means.zh.chinese.length
  const english = chinese + means.zh.english.length
  if (view === 'chinese') return [0, chinese]
  return view === 'english' ? [chinese, english] : [english, english + wordPlaces]
}

/** [chinese | english | words], of length one; all zeros for a text in which nothing was seen. */
export function sharedVector(
  head: SharedHead,
  language: SharedLanguage,
  views: Views,
): Float32Array {
  const { means, weights } = head
  const out = new Float32Array(widthOf(head))
  let start = 0
  for (const view of encodedViews) {
    const mean = means[language][view]
    const values = views[view]
    if (values) {
      const part = toUnit(Float32Array.from(values))
      for (let d = 0; d < part.length; d++) part[d]! -= mean[d]!
      put(out, start, toUnit(part), weights[view])
    }
    start += mean.length
  }
  put(out, start, folded(views.words), weights.words)
  return toUnit(out)
}

/** Of a text as it stands; the shared space of a text in neither language is that of English. */
export function wordsOf(
  { lexicon }: Pick<SharedHead, 'lexicon'>,
  text: string,
): Map<string, number> {
  return bagOf(lexicon, text)
}

/** Feature hashing (Weinberger et al., ICML 2009) with several places a stem. [wordPlaces], unit */
export function folded(bag: ReadonlyMap<string, number>): Float32Array {
  const out = new Float32Array(wordPlaces)
  for (const [stem, weight] of bag) {
    let state = hashOf(stem)
    for (let sign = 0; sign < signsPerStem; sign++) {
      state = next(state)
      out[(state >>> 8) % wordPlaces]! += (state & 1) === 0 ? weight : -weight
    }
  }
  return toUnit(out)
}

/** FNV-1a over the code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}

/** One step of a mixing generator (mulberry32). */
function next(state: number): number {
  const moved = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(moved ^ (moved >>> 15), moved | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return (mixed ^ (mixed >>> 14)) >>> 0
}

function put(out: Float32Array, start: number, part: Float32Array, weight: number): void {
  // Both sides carry the root, so that the cosine counts the view by its weight.
  const scale = Math.sqrt(weight)
  for (let d = 0; d < part.length; d++) out[start + d] = scale * part[d]!
}

export function toUnit(x: Float32Array): Float32Array {
  let squares = 0
  for (const value of x) squares += value * value
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
  for (let d = 0; d < x.length; d++) x[d]! *= scale
  return x
}
