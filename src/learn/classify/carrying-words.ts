/** Which words carried a decision, for any classifier: each is left out once (occlusion, Zeiler and Fergus 2014). */
import type { CarryingWord, Classifier, ClassifyOptions } from './classifier.ts'

const pieces = /\p{Script=Han}|[\p{L}\p{M}\p{N}_'’#@]+|\p{Extended_Pictographic}/gu
/** Of a long text only the beginning is looked at: each word costs one classification. */
const wordsLookedAt = 64
/** Chinese characters are left out in pairs, as words of one character say little. */
const isHan = /^\p{Script=Han}$/u

/** Greatest weight first. @param label number of the class that is asked about */
export async function wordsThatCarried(
  classifier: Classifier,
  text: string,
  label: number,
  options: ClassifyOptions = {},
): Promise<CarryingWord[]> {
  if (classifier.explain) return classifier.explain(text, label, options)
  const spans = spansOf(text)
  const without = spans.map(({ from, to }) => `${text.slice(0, from)} ${text.slice(to)}`)
  const rows = await classifier.classify([text, ...without], options)
  const width = classifier.classes.length
  const whole = rows[label]!
  return spans
    .map((span, n) => ({ ...span, weight: whole - rows[(n + 1) * width + label]! }))
    .sort((a, b) => b.weight - a.weight)
}

function spansOf(text: string): { readonly from: number; readonly to: number }[] {
  const spans: { from: number; to: number }[] = []
  let openHan = false
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    const last = spans.at(-1)
    const to = index + piece.length
    if (openHan && isHan.test(piece) && last?.to === index) {
      last.to = to
      openHan = false
      continue
    }
    if (spans.length === wordsLookedAt) break
    spans.push({ from: index, to })
    openHan = isHan.test(piece)
  }
  return spans
}
