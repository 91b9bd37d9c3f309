import { afterAll, expect, it } from 'vitest'
import { openLearningKernel } from '../../kernel/learning-kernel.ts'
import { graphOf } from '../../math/graph.ts'
import { seededRandom } from '../../math/random.ts'
import { walkScores } from './walks.ts'

const kernel = openLearningKernel()
afterAll(() => kernel.close())
const context = { kernel, random: seededRandom(1) }
/** 0 – 1 – 2, 1 – 3, and 4 alone. */
const graph = graphOf({ size: 5, from: [0, 1, 1], to: [1, 2, 3] })
const pairs = { from: Int32Array.of(0, 1, 0, 4), to: Int32Array.of(2, 0, 4, 1) }

it('counts the paths of each length', async () => {
  const [scores] = await walkScores(
    graph,
    pairs,
    [{ kind: 'paths', factors: [0, 1, 10, 100] }],
    context,
  )

  expect([...scores!.there]).toEqual([10, 1 + 300, 0, 0])
  expect([...scores!.back]).toEqual([...scores!.there])
})

it('knows the chance of ending there, each way', async () => {
  const [scores] = await walkScores(graph, pairs, [{ kind: 'chances', factors: [0, 1] }], context)

  expect(scores!.there[1]).toBeCloseTo(1 / 3)
  expect(scores!.back[1]).toBeCloseTo(1)
  expect(scores!.there[3]).toBe(0)
})
