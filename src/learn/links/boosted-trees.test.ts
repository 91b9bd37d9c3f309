import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { auc } from '../evaluate/metrics.ts'
import { fitBoostedTrees } from './boosted-trees.ts'

it('learns what no single column says', () => {
  const random = seededRandom(1)
  const size = 1_200
  const left = Float32Array.from({ length: size }, () => random())
  const right = Float32Array.from({ length: size }, () => random())
  const labels = Uint8Array.from(left, (x, row) => Number(x > 0.5 !== right[row]! > 0.5))
  const weights = new Float32Array(size).fill(1)

  const trees = fitBoostedTrees({ columns: [left, right], labels, weights }, { rounds: 60 })

  const scores = trees([left, right])
  const yes = scores.filter((_, row) => labels[row] === 1)
  const no = scores.filter((_, row) => labels[row] === 0)
  expect(auc(yes, no)).toBeGreaterThan(0.98)
  expect(
    auc(
      left.filter((_, row) => labels[row] === 1),
      left.filter((_, row) => labels[row] === 0),
    ),
  ).toBeLessThan(0.6)
})

it('says the same of everything when there is nothing to tell apart by', () => {
  const columns = [new Float32Array(100).fill(3)]
  const labels = Uint8Array.from({ length: 100 }, (_, row) => (row % 4 === 0 ? 1 : 0))

  const trees = fitBoostedTrees({ columns, labels, weights: new Float32Array(100).fill(1) })

  const [score = 0] = trees([Float32Array.of(7)])
  expect(1 / (1 + Math.exp(-score))).toBeCloseTo(0.25, 1)
})
