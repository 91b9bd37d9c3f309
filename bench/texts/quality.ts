/** Is the quality of a post calibrated, and does it tell care from noise? */
import { estimateQuality, qualityParts } from '../../src/understand/quality/quality.ts'
import type { RealTexts } from './data.ts'
import { sampleOf } from './duplicates.ts'

const each = 2_000

export function benchQuality({ chinese, reactions, english, sms }: RealTexts) {
  const ordinary = {
    characters: [...sampleOf(chinese, each, 1), ...sampleOf(reactions, each, 2)],
    letters: [
      ...sampleOf(english, each, 3),
      ...sampleOf(
        sms.map(({ text }) => text),
        each,
        4,
      ),
    ],
  }
  const knots = Object.entries(ordinary).map(([writing, texts]) => {
    const shuffled = sampleOf(texts, texts.length, 5)
    const half = Math.floor(shuffled.length / 2)
    const sums = sumsOf(shuffled.slice(0, half)).sort((a, b) => a - b)
    const at = (share: number) => sums[Math.min(sums.length - 1, Math.floor(share * sums.length))]!
    return {
      writing,
      knots: Array.from({ length: 11 }, (_, tenth) => Number(at(tenth / 10).toFixed(3))),
      /** Kolmogorov–Smirnov distance of the values of the other half from uniform. */
      distance: distanceFromUniform(valuesOf(shuffled.slice(half))),
    }
  })
  return {
    knots,
    postsOverReactions: auc(
      valuesOf(sampleOf(chinese, each, 6)),
      valuesOf(sampleOf(reactions, each, 7)),
    ),
    hamOverSpam: auc(
      valuesOf(sms.filter(({ isSpam }) => !isSpam).map(({ text }) => text)),
      valuesOf(sms.filter(({ isSpam }) => isSpam).map(({ text }) => text)),
    ),
    fallsWhenSpoilt: Object.fromEntries(
      Object.entries(spoilers).map(([name, spoil]) => [
        name,
        sharesThatFall(sampleOf(english, 500, 8), spoil),
      ]),
    ),
  }
}

const spoilers: Readonly<Record<string, (text: string) => string>> = {
  capitals: (text) => text.toUpperCase(),
  links: (text) => `${text} http://a.example http://b.example`,
  cries: (text) => `${text}!!! ??? !!!`,
  thrice: (text) => `${text} ${text} ${text}`,
}

function sharesThatFall(texts: readonly string[], spoil: (text: string) => string): number {
  const before = sumsOf(texts)
  const after = sumsOf(texts.map(spoil))
  return before.filter((sum, place) => after[place]! < sum).length / before.length
}

function valuesOf(texts: readonly string[]): number[] {
  return estimateQuality(texts.map((text) => ({ text }))).flatMap(({ value }) => value ?? [])
}

function sumsOf(texts: readonly string[]): number[] {
  return estimateQuality(texts.map((text) => ({ text }))).map(({ parts }) =>
    qualityParts.reduce((sum, part) => sum + parts[part], 0),
  )
}

function distanceFromUniform(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.max(...sorted.map((value, place) => Math.abs(value - (place + 0.5) / sorted.length)))
}

/** The chance that one of the first is above one of the second. */
function auc(above: readonly number[], below: readonly number[]): number {
  let wins = 0
  for (const one of above)
    for (const other of below) wins += one > other ? 1 : one === other ? 0.5 : 0
  return wins / (above.length * below.length)
}
