/** What is told of texts without a trained head: keywords, care, personal data, and who says the same. */
import { setImmediate } from 'node:timers/promises'
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
}

/** Texts in one go: feeds are answered by the same thread. */
const atOnce = 16

export async function analyse(texts: readonly AnalysedText[]): Promise<Analysis[]> {
  const found: Omit<Analysis, 'duplicateGroup'>[] = []
  const index = createDuplicateIndex({ capacity: Math.max(1, texts.length) })
  const groups: number[] = []
  for (let first = 0; first < texts.length; first += atOnce) {
    const some = texts.slice(first, first + atOnce)
    if (texts.length > 1) {
      for (const [n, { text }] of some.entries()) groups.push(index.add(first + n, text))
    }
    found.push(...analyseSome(some))
    await setImmediate()
  }
  const shared = new Set(groups.filter((group, place) => group !== place))
  return found.map((one, place) => {
    const group = groups[place]
    return group !== undefined && shared.has(group) ? { ...one, duplicateGroup: group } : one
  })
}

function analyseSome(texts: readonly AnalysedText[]): Omit<Analysis, 'duplicateGroup'>[] {
  const keywords = findKeywords(texts.map(({ text }) => text))
  const qualities = estimateQuality(
    texts.map(({ text, language }) => ({ text, languageCertainty: language.probability })),
  )
  return texts.map(({ text }, n) => {
    const { value, parts } = qualities[n]!
    return {
      keywords: keywords[n]!.map(({ word, weight }) => ({ word, weight })),
      quality: value === undefined ? { parts } : { value, parts },
      personalData: findPersonalData(text).findings.map(({ kind, from, to }) => {
        return { kind, start: from, end: to }
      }),
    }
  })
}
