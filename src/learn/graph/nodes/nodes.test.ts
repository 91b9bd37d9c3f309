import { afterEach, expect, it } from 'vitest'
import { type LearningKernel, openLearningKernel } from '../../../kernel/learning-kernel.ts'
import { type Graph, graphOf, hasEdge } from '../../../math/graph.ts'
import { integer, seededRandom } from '../../../math/random.ts'
import { auc } from '../../evaluate/metrics.ts'
import { holdOut } from '../../links/hold-out.ts'
import { fitNodes, type NodeOptions } from './fit-nodes.ts'
import { maskedTies } from './masked-ties.ts'
import { cosineOf, type NodeFeatures, type NodeModel, placeNode } from './node-model.ts'
import { drawSamples } from './node-samples.ts'

const kernels: LearningKernel[] = []
afterEach(async () => {
  await Promise.all(kernels.splice(0).map((kernel) => kernel.close()))
})
function kernelOf(threads = 1): LearningKernel {
  const kernel = openLearningKernel({ threads })
  kernels.push(kernel)
  return kernel
}

const people = 120
const villages = 4
const villageOf = (person: number): number => person % villages

/** Nearly all ties stay inside a village. */
function villageTies(): Graph {
  const random = seededRandom(5)
  const from: number[] = []
  const to: number[] = []
  for (let person = 0; person < people; person++) {
    for (let tie = 0; tie < 6; tie++) {
      const near = villages * integer(random, 0, people / villages) + villageOf(person)
      from.push(person)
      to.push(random() < 0.92 ? near : integer(random, 0, people))
    }
  }
  return graphOf({ size: people, from, to })
}

/** Each village speaks of its own, with some noise. */
function villageFeatures(): NodeFeatures {
  const random = seededRandom(6)
  const values = Float32Array.from({ length: people * villages }, (_, at) => {
    const isOwn = at % villages === villageOf(Math.floor(at / villages))
    return (isOwn ? 1 : 0) + 0.2 * random()
  })
  return { width: villages, values }
}

const small: Partial<NodeOptions> = {
  width: 16,
  epochs: 25,
  rate: 0.03,
  leastBatch: 64,
  negatives: 8,
  near: 2,
}

function fitted(graph: Graph, features?: NodeFeatures, threads = 1): Promise<NodeModel> {
  const kernel = kernelOf(threads)
  return fitNodes({ kernel, graph, features, options: small }, { random: seededRandom(1) })
}

const tiesOf = ({ starts, neighbours }: Graph, node: number): Int32Array =>
  neighbours.subarray(starts[node], starts[node + 1])

function rowOf(model: NodeModel, now: Parameters<typeof placeNode>[1]): Float32Array {
  const row = new Float32Array(model.width)
  placeNode(model, now, row)
  return row
}

it('finds ties that were hidden from it, and the loss falls', async () => {
  const { graph, hidden, strangers } = holdOut(villageTies(), {
    share: 0.1,
    random: seededRandom(2),
  })
  const losses: number[] = []
  const report = (_: string, __: number, value: number) => losses.push(value)

  const model = await fitNodes(
    { kernel: kernelOf(), graph, options: small },
    { random: seededRandom(1), report },
  )

  const between = (a: number, b: number): number =>
    cosineOf(
      rowOf(model, { node: a, ties: tiesOf(graph, a) }),
      rowOf(model, { node: b, ties: tiesOf(graph, b) }),
    )
  const scores = ({ from, to }: typeof hidden) =>
    Float32Array.from(from, (a, at) => between(a, to[at]!))
  expect(auc(scores(hidden), scores(strangers))).toBeGreaterThan(0.8)
  expect(losses.at(-1)).toBeLessThan(0.9 * losses[0]!)
})

it('places a newcomer by their ties, and a silent one by their features, without a new fit', async () => {
  const graph = villageTies()
  const model = await fitted(graph, villageFeatures())
  const rows = Array.from({ length: people }, (_, node) =>
    rowOf(model, { node, ties: tiesOf(graph, node) }),
  )
  const nearest = (row: Float32Array): number[] =>
    [...rows.keys()].sort((a, b) => cosineOf(row, rows[b]!) - cosineOf(row, rows[a]!)).slice(0, 10)
  const home = (found: readonly number[], village: number): number =>
    found.filter((person) => villageOf(person) === village).length

  const tied = nearest(rowOf(model, { node: -1, ties: [2, 6, 10] }))
  const features = Float32Array.of(0, 0, 0, 1)
  const silent = nearest(rowOf(model, { node: people + 7, ties: [people + 3], features }))

  expect(home(tied, 2)).toBeGreaterThanOrEqual(9)
  expect(home(silent, 3)).toBeGreaterThanOrEqual(9)
  expect(placeNode(model, { node: -1, ties: [] }, new Float32Array(model.width))).toBe(0)
})

it('gives the same for the same seed, with any number of threads', async () => {
  const graph = villageTies()

  const once = await fitted(graph, villageFeatures())
  const again = await fitted(graph, villageFeatures(), 2)

  expect(again.own).toEqual(once.own)
  expect(again.given).toEqual(once.given)
  expect(again.map).toEqual(once.map)
})

it('knows nothing of a graph without ties, and does not fail', async () => {
  const model = await fitted(graphOf({ size: 5, from: [], to: [] }))

  expect(model.own.every((value) => value === 0)).toBe(true)
  expect(model.given.every((value) => value === 0)).toBe(true)
})

it('stops when it is told to', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  const fit = { kernel: kernelOf(), graph: villageTies(), options: small }

  await expect(fitNodes(fit, { random: seededRandom(1), signal })).rejects.toThrow('enough')
})

it('hides ties at both ends and weighs the rest by their degrees', () => {
  const graph = graphOf({ size: 4, from: [0, 0, 1, 2], to: [1, 2, 2, 3] })
  const ties = maskedTies(kernelOf(), graph, 0.5)
  const weightOf = (a: number, b: number): number =>
    ties.matrix.values![graph.starts[a]! + tiesOf(graph, a).indexOf(b)]!
  ties.draw(0, seededRandom(1))
  expect(weightOf(2, 3)).toBeCloseTo(1 / Math.sqrt(3), 6)
  expect(weightOf(3, 2)).toBeCloseTo(1 / Math.sqrt(3), 6)

  const draws = [0.1, 0.9, 0.9, 0.9]
  ties.draw(0.5, () => draws.shift() ?? 1)

  expect([...ties.asked.from, ...ties.asked.to]).toEqual([0, 1])
  expect([weightOf(0, 1), weightOf(1, 0)]).toEqual([0, 0])
  expect([...ties.degrees]).toEqual([1, 1, 3, 1])
  expect(weightOf(0, 2)).toBeCloseTo(1 / Math.sqrt(3), 6)
})

it('compares a tie with people who are none, some of them two ties away', () => {
  const graph = villageTies()
  const [from, to] = [0, graph.neighbours[0]!].map((node) => new Int32Array(40).fill(node))
  const anchors = new Int32Array(40)
  const choices = new Int32Array(40 * 5)

  const random = seededRandom(4)
  const ends = { from: from!, to: to! }
  drawSamples(graph, ends, { negatives: 4, near: 2 }, random, { anchors, choices })

  const isNear = (a: number, b: number): boolean =>
    [...tiesOf(graph, a)].some((tie) => hasEdge(graph, tie, b))
  for (const [sample, anchor] of anchors.entries()) {
    const [tie, near, nearToo, ...others] = choices.subarray(5 * sample, 5 * sample + 5)
    expect(hasEdge(graph, anchor, tie!)).toBe(true)
    for (const other of [near!, nearToo!]) expect(isNear(anchor, other)).toBe(true)
    for (const other of [near!, nearToo!, ...others])
      expect(hasEdge(graph, anchor, other)).toBe(false)
  }
  expect(new Set(anchors)).toEqual(new Set([0, graph.neighbours[0]!]))
})
