import { describe, expect, it } from 'vitest'
import { emotionsOf, hasSign, labelProbability, placeOfLabel } from '../domain/labels.ts'
import type { Answer, Understanding } from '../domain/understanding.ts'
import { emotionShares, labelsOf } from './labels.ts'

const silent: Answer = { isThere: false, reason: 'no-head', text: 'None.' }
const nothing = {
  ...{ sentiment: silent, emotion: silent, irony: silent, toxicity: silent },
  ...{ spam: silent, rumour: silent, intent: silent },
  ...{ keywords: [], personalData: [], quality: { value: 0.8, parts: {} } },
} as unknown as Understanding

function said(probabilities: Record<string, number>): Answer {
  return { isThere: true, label: 'x', probabilities, head: 'h@1', run: 'r' }
}

describe('labelsOf', () => {
  it('keeps what was answered as bytes, and knows nothing of the rest', () => {
    const { by, values } = labelsOf(
      { ...nothing, toxicity: said({ civil: 0.3, toxic: 0.7 }), spam: said({ plain: 1 }) },
      'a text of some words that says something about bread',
      'heads@1',
    )
    const read = (name: Parameters<typeof placeOfLabel>[0]) =>
      labelProbability(values[placeOfLabel(name)] ?? 0)
    expect(by).toBe('heads@1')
    expect(read('toxic')).toBeCloseTo(0.7, 2)
    expect(read('spam')).toBe(0)
    expect(read('rumour')).toBe(-1)
    expect(read('quality')).toBeCloseTo(0.8, 2)
    expect(hasSign(values)).toBe(true)
    expect(emotionsOf(values)).toBeUndefined()
  })

  it('counts as neutral what a head without neutral is undecided about', () => {
    const even = said({ joy: 0.25, anger: 0.25, sadness: 0.25, fear: 0.25 })
    const sure = said({ joy: 0.91, anger: 0.03, sadness: 0.03, fear: 0.03 })
    const shares = (emotion: Answer) => emotionShares({ ...nothing, emotion }) ?? []
    expect(shares(even)).toEqual([0, 0, 0, 0, 0, 0, 1])
    expect(shares(sure)[0]).toBeGreaterThan(0.75)
    for (const emotion of [even, sure, said({ joy: 0.4, neutral: 0.6 })]) {
      expect(shares(emotion).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
    }
    expect(shares(said({ joy: 0.4, neutral: 0.6 }))).toEqual([0.4, 0, 0, 0, 0, 0, 0.6])
  })
})
