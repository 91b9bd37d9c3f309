import { expect, it } from 'vitest'
import { betweenness, coreNumbers, pageRank } from './centrality.ts'
import { type Graph, graphOf } from './graph.ts'
import { leiden } from './leiden.ts'
import { adjustedRandIndex, modularity, normalisedMutualInformation } from './partitions.ts'
import { integer, seededRandom } from './random.ts'

/** Cliques of five in a ring, each tied to the next by one edge. */
function ringOfCliques(count: number): Graph {
  const from: number[] = []
  const to: number[] = []
  for (let clique = 0; clique < count; clique++) {
    for (let a = 0; a < 5; a++) {
      for (let b = 0; b < a; b++) {
        from.push(clique * 5 + a)
        to.push(clique * 5 + b)
      }
    }
    from.push(clique * 5)
    to.push(((clique + 1) % count) * 5 + 1)
  }
  return graphOf({ size: count * 5, from, to })
}
const cliqueOf = (count: number): Int32Array =>
  Int32Array.from({ length: count * 5 }, (_, node) => Math.floor(node / 5))

it('finds the communities that are there', () => {
  const graph = ringOfCliques(8)

  const found = leiden(graph, { random: seededRandom(1) })

  expect(adjustedRandIndex(found, cliqueOf(8))).toBe(1)
  expect(normalisedMutualInformation(found, cliqueOf(8))).toBeCloseTo(1)
  expect(modularity(graph, found)).toBeGreaterThan(0.75)
})

it('parts what does not hang together, where Louvain may not', () => {
  const random = seededRandom(2)
  const from = Array.from({ length: 900 }, () => integer(random, 0, 300))
  const to = from.map((node) =>
    random() < 0.7 ? 60 * Math.floor(node / 60) + integer(random, 0, 60) : integer(random, 0, 300),
  )
  const graph = graphOf({ size: 300, from, to })

  const found = leiden(graph, { random: seededRandom(1) })

  expect(piecesOf(graph, found)).toBe(new Set(found).size)
  expect(modularity(graph, found)).toBeGreaterThanOrEqual(
    modularity(graph, leiden(graph, { random: seededRandom(1), refines: false })) - 0.01,
  )
})

it('starts from what was before, so that a small change changes little', () => {
  const graph = ringOfCliques(6)
  const start = cliqueOf(6).map((clique) => 5 - clique)

  expect(adjustedRandIndex(leiden(graph, { random: seededRandom(1), start }), start)).toBe(1)
})

it('leaves everybody alone without edges', () => {
  expect([...leiden(graphOf({ size: 3, from: [], to: [] }), { random: seededRandom(1) })]).toEqual([
    0, 1, 2,
  ])
})

it('tells chance from likeness', () => {
  const random = seededRandom(4)
  const draw = () => Int32Array.from({ length: 2_000 }, () => integer(random, 0, 4))

  expect(Math.abs(adjustedRandIndex(draw(), draw()))).toBeLessThan(0.02)
  expect(normalisedMutualInformation(draw(), draw())).toBeLessThan(0.02)
})

it('ranks whom many point to, and sums to 1', () => {
  const rank = pageRank({
    size: 4,
    starts: Int32Array.of(0, 1, 2, 3, 3),
    targets: Int32Array.of(3, 3, 3),
  })

  expect(rank.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1)
  expect(rank[3]).toBeGreaterThan(2 * rank[0]!)
  expect(rank[0]).toBeCloseTo(rank[1]!)
})

it('counts cores and ways', () => {
  // A triangle with a tail: 0-1-2, 2-3-4.
  const graph = graphOf({ size: 5, from: [0, 1, 2, 2, 3], to: [1, 2, 0, 3, 4] })

  expect([...coreNumbers(graph)]).toEqual([2, 2, 2, 1, 1])
  expect([...betweenness(graph, 5, seededRandom(1))]).toEqual([0, 0, 4, 3, 0])
})

/** Parts that hang together when only ties inside communities count. */
function piecesOf({ size, starts, neighbours }: Graph, communities: Int32Array): number {
  const seen = new Uint8Array(size)
  let pieces = 0
  for (let start = 0; start < size; start++) {
    if (seen[start]) continue
    pieces++
    const stack = [start]
    seen[start] = 1
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (const other of neighbours.subarray(starts[node], starts[node + 1])) {
        if (seen[other] || communities[other] !== communities[node]) continue
        seen[other] = 1
        stack.push(other)
      }
    }
  }
  return pieces
}
