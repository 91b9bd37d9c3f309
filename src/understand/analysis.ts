/** What is told of texts without a trained head: keywords, care, personal data, and who says the same. */
import { setImmediate } from 'node:timers/promises'
import type { Embedding } from '../domain/embedding.ts'
import type { Understanding } from '../domain/understanding.ts'
import { createDuplicateIndex } from './duplicates/duplicates.ts'
import { findKeywords } from './keywords/keywords.ts'
import type { LanguageGuess } from './language.ts'
import { findPersonalData } from './personal-data/personal-data.ts'
import { estimateQuality } from './quality/quality.ts'

export type Analysis = Pick<
  Understanding,
  'keywords' | 'quality' | 'personalData' | 'duplicateGroup'
>

export interface AnalysedText {
  readonly text: string
  readonly language: LanguageGuess
  readonly embedding: Embedding | undefined
}

/** Texts in one go: feeds are answered by the same thread. */
const atOnce = 16

export async function analyse(texts: readonly AnalysedText[]): Promise<Analysis[]> {
  const found: Analysis[] = []
  const groups = duplicateGroups(texts)
  for (let first = 0; first < texts.length; first += atOnce) {
    const some = texts.slice(first, first + atOnce)
    const keywords = findKeywords(some.map(({ text }) => text))
    const qualities = estimateQuality(
      some.map(({ text, language }) => ({ text, languageCertainty: language.probability })),
    )
    for (const [n, { text }] of some.entries()) {
      const group = groups[first + n]
      const { value, parts } = qualities[n]!
      found.push({
        keywords: keywords[n]!.map(({ word, weight }) => ({ word, weight })),
        quality: value === undefined ? { parts } : { value, parts },
        personalData: findPersonalData(text).findings.map(({ kind, from, to }) => {
          return { kind, start: from, end: to }
        }),
        ...(group === undefined ? {} : { duplicateGroup: group }),
      })
    }
    await setImmediate()
  }
  return found
}

/** Of those that say nearly the same as one before: the place of the first; undefined for the others. */
function duplicateGroups(texts: readonly AnalysedText[]): (number | undefined)[] {
  if (texts.length < 2) return texts.map(() => undefined)
  const index = createDuplicateIndex({ capacity: texts.length })
  const groups = texts.map(({ text }, n) => index.add(n, text))
  const sizes = new Map<number, number>()
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  return groups.map((group) => ((sizes.get(group) ?? 0) > 1 ? group : undefined))
}
