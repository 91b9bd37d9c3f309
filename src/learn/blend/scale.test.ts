import { expect, it } from 'vitest'
import { type Scaling, scaleScores, scalings } from './scale.ts'

function scaled(scores: readonly number[], scaling: Scaling, known: readonly number[] = []) {
  const row = Float32Array.from(scores)
  scaleScores(row, Int32Array.from(known), scaling)
  return [...row]
}

it.each(scalings)('%s keeps the order, whatever the unit of the scores', (scaling) => {
  const scores = Array.from({ length: 50 }, (_, item) => Math.sin(item) * 3 + 1)
  const row = scaled(scores, scaling)
  const other = scaled(
    scores.map((score) => score * 1000 - 7),
    scaling,
  )
  for (const [a, score] of scores.entries()) {
    expect(other[a]).toBeCloseTo(row[a]!, 3)
    for (const [b, less] of scores.entries()) if (less < score) expect(row[b]).toBeLessThan(row[a]!)
  }
})

it.each(scalings)('%s leaves out what is known, never shown or no number', (scaling) => {
  const row = scaled([5, 4, Number.NaN, -Infinity, 1], scaling, [0])
  expect([row[0], row[2], row[3]]).toEqual([-Infinity, -Infinity, -Infinity])
  expect(row[1]).toBeGreaterThan(row[4]!)
  expect(Number.isFinite(row[4])).toBe(true)
})

it.each(scalings)(
  '%s says nothing about equal scores, and has no trouble with nothing',
  (scaling) => {
    const equal = scaled(new Array(1_200).fill(2), scaling)
    expect(new Set(equal).size).toBe(1)
    expect(scaled([3, 4], scaling, [0, 1])).toEqual([-Infinity, -Infinity])
  },
)
