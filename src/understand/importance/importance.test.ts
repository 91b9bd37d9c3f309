import { describe, expect, it } from 'vitest'
import { estimateQuality } from '../quality/quality.ts'
import { estimateImportance } from './importance.ts'

function qualityOf(text: string) {
  const { value, parts } = estimateQuality([{ text }])[0]!
  return value === undefined ? { parts } : { value, parts }
}

const quality = qualityOf('The bridge over the river is closed from Monday until the end of March.')
const plain = { quality, topicSize: 1, nearestBefore: 0.5, engaged: [0.5, 0.5] }

describe('estimateImportance', () => {
  it('rises with each of its parts', () => {
    const value = estimateImportance(plain).value ?? 0
    const greater = [
      { engaged: [0.5, 0.5, 0.1] },
      { engaged: [0.9, 0.9] },
      { nearestBefore: 0.1 },
      { topicSize: 3 },
    ]
    for (const more of greater) {
      expect(estimateImportance({ ...plain, ...more }).value, Object.keys(more)[0]).toBeGreaterThan(
        value,
      )
    }
    const shouted = { ...plain, quality: qualityOf('CLOSED!!!! 😀😀😀') }
    expect(estimateImportance(shouted).value).toBeLessThan(value)
  })

  it('counts who is trusted more than who is many', () => {
    const strangers = { ...plain, engaged: Array.from({ length: 10 }, () => 0.1) }
    const trusted = { ...plain, engaged: Array.from({ length: 5 }, () => 0.8) }
    expect(estimateImportance(trusted).value).toBeGreaterThan(
      estimateImportance(strangers).value ?? 1,
    )
  })

  it('goes by what is known, stays from 0 to 1, and says nothing of what is no text', () => {
    const { value, parts } = estimateImportance({ quality })
    expect(Object.keys(parts)).toEqual(['care', 'length'])
    expect(value).toBeGreaterThan(0)
    const most = { quality, topicSize: 1e6, nearestBefore: -1, engaged: Array(1_000).fill(1) }
    for (const part of Object.values(estimateImportance(most).parts)) {
      expect(part).toBeGreaterThanOrEqual(0)
      expect(part).toBeLessThanOrEqual(1)
    }
    expect(estimateImportance({ quality: qualityOf('…'), engaged: [1] })).toEqual({ parts: {} })
  })
})
