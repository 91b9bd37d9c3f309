/**
 * Learns the word model from lists of words with their frequency by language. A word of several
 * languages belongs to each as often as it is used there. AdaGrad on the cross entropy.
 */
import type { Random } from '../../math/random.ts'
import { mostNGrams, nGramsOf } from './n-grams.ts'
import { softmax, type WordModelData } from './word-model.ts'

export interface LanguageWords {
  readonly language: string
  /** Lower case, most frequent first. */
  readonly words: readonly (readonly [word: string, frequency: number])[]
}

export interface FitWordModelOptions {
  readonly random: Random
  readonly bits: number
  /** Times that as many words as there are, are drawn. */
  readonly epochs: number
  /** 0: every word of a list is drawn as often; 1: as it is used. */
  readonly frequencyPower?: number | undefined
  readonly rate?: number | undefined
  readonly progress?: ((done: number, total: number) => void) | undefined
}

interface Example {
  readonly word: string
  /** Pairs of language number and share. */
  readonly shares: readonly (readonly [language: number, share: number])[]
  readonly weight: number
}

const smallest = 1e-3
const wordsBetweenProgress = 50_000

export function fitWordModel(
  lists: readonly LanguageWords[],
  { random, bits, epochs, frequencyPower = 0.15, rate = 0.3, progress }: FitWordModelOptions,
): WordModelData {
  const examples = examplesOf(lists, frequencyPower)
  const draw = drawer(examples, random)
  const size = lists.length
  const weights = new Float32Array((1 << bits) * size)
  const squares = new Float32Array(weights.length).fill(smallest)
  const found = new Int32Array(mostNGrams)
  const slope = new Float64Array(size)
  const total = Math.round(examples.length * epochs)
  for (let step = 0; step < total; step++) {
    if (step % wordsBetweenProgress === 0) progress?.(step, total)
    const { word, shares } = draw()
    const count = nGramsOf(word, bits, found)
    const scale = 1 / Math.sqrt(count)
    slope.fill(0)
    for (let place = 0; place < count; place++) {
      const row = found[place]! * size
      for (let language = 0; language < size; language++)
        slope[language]! += weights[row + language]!
    }
    softmax(slope, scale)
    for (const [language, share] of shares) slope[language]! -= share
    for (let place = 0; place < count; place++) {
      const row = found[place]! * size
      for (let language = 0; language < size; language++) {
        const gradient = slope[language]! * scale
        const square = squares[row + language]! + gradient * gradient
        squares[row + language] = square
        weights[row + language]! -= (rate * gradient) / Math.sqrt(square)
      }
    }
  }
  return { languages: lists.map(({ language }) => language), bits, ...asBytes(weights) }
}

function examplesOf(lists: readonly LanguageWords[], power: number): Example[] {
  const uses = new Map<string, [language: number, frequency: number][]>()
  const totals = lists.map(({ words }) => words.reduce((sum, [, often]) => sum + often ** power, 0))
  for (const [language, { words }] of lists.entries()) {
    for (const [word, frequency] of words) {
      const found = uses.get(word) ?? []
      found.push([language, frequency])
      uses.set(word, found)
    }
  }
  return Array.from(uses, ([word, found]): Example => {
    const sum = found.reduce((all, [, frequency]) => all + frequency, 0)
    return {
      word,
      shares: found.map(([language, frequency]) => [language, frequency / sum] as const),
      weight: found.reduce((all, [language, often]) => all + often ** power / totals[language]!, 0),
    }
  })
}

function drawer(examples: readonly Example[], random: Random): () => Example {
  const sums = new Float64Array(examples.length)
  let sum = 0
  for (const [place, { weight }] of examples.entries()) {
    sum += weight
    sums[place] = sum
  }
  return () => {
    const asked = random() * sum
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! < asked) low = middle + 1
      else high = middle
    }
    return examples[low]!
  }
}

/** The largest tenth of a per mille is cut off: one great weight must not coarsen all others. */
function asBytes(weights: Float32Array): { step: number; weights: Int8Array } {
  const sizes = weights.map(Math.abs).sort()
  const step = sizes[Math.floor(0.9999 * (sizes.length - 1))]! / 127 || 1
  return {
    step,
    weights: Int8Array.from(weights, (weight) =>
      Math.max(-127, Math.min(127, Math.round(weight / step))),
    ),
  }
}
