import { expect, it } from 'vitest'
import { normal, seededRandom } from '../../math/random.ts'
import type { Candidates } from './candidates.ts'
import { blendNdcg, chooseWeights } from './choose-weights.ts'

const options = { at: 10, leastGain: 1e-4 }

/** Each person has 5 of 60 items held out; a member's score is worth · (held out) + noise. */
function candidates(worths: readonly number[], people = 300): Candidates {
  const random = seededRandom(1)
  const perPerson = 60
  const isHeldOut = Uint8Array.from({ length: people * perPerson }, (_, n) =>
    n % perPerson >= 55 ? 1 : 0,
  )
  const scores = Float32Array.from({ length: isHeldOut.length * worths.length }, (_, cell) => {
    const member = cell % worths.length
    const hit = isHeldOut[Math.floor(cell / worths.length)]!
    return worths[member]! * hit + normal(random)
  })
  return {
    members: worths.length,
    starts: Int32Array.from({ length: people + 1 }, (_, person) => person * perPerson),
    isHeldOut,
    heldOut: new Int32Array(people).fill(5),
    scores: { spread: scores, top: scores.map(() => 0), rank: scores.map(() => 0) },
  }
}

it('finds that two members with errors of their own are better together', () => {
  const found = chooseWeights(candidates([1, 1.2, 0]), options)
  expect(found.scaling).toBe('spread')
  expect(found.ndcg).toBeGreaterThan(1.1 * Math.max(...found.alone))
  // Independent errors of the same size: the best weights are as 1 to 1.2.
  expect(found.weights[0]! / found.weights[1]!).toBeGreaterThan(0.6)
  expect(found.weights[0]! / found.weights[1]!).toBeLessThan(1.2)
  expect(found.weights[2]).toBeLessThan(0.15)
})

it('leaves out who brings nothing', () => {
  const plenty = candidates([2, 0, 0, 0])
  const { weights } = chooseWeights(plenty, { at: 10, leastGain: 0.01 })
  expect(weights).toEqual([1, 0, 0, 0])
})

it('takes no member in whose help may be chance', () => {
  const { weights } = chooseWeights(candidates([2, 0, 0, 0, 0, 0], 60), { at: 10, leastGain: 0 })
  expect(weights.filter((weight) => weight > 0).length).toBeLessThanOrEqual(2)
})

it('measures the NDCG of the weighted sums at three lengths, what was not found included', () => {
  const few: Candidates = {
    members: 2,
    starts: Int32Array.of(0, 3),
    isHeldOut: Uint8Array.of(0, 1, 0),
    heldOut: Int32Array.of(2),
    scores: {
      spread: Float32Array.of(3, 0, 2, 4, 1, 0),
      top: new Float32Array(6),
      rank: new Float32Array(6),
    },
  }
  const ideal = 1 + 1 / Math.log2(3)
  expect(blendNdcg(few, 'spread', [1, 0], 4)[0]).toBeCloseTo(1 / Math.log2(3) / ideal, 9)
  expect(blendNdcg(few, 'spread', [0, 1], 4)[0]).toBeCloseTo(1 / ideal, 9)
  expect(blendNdcg(few, 'spread', [0, 1], 1)[0]).toBeCloseTo((1 + 1 + 1 / ideal) / 3, 9)
})
