import { expect, it } from 'vitest'
import { degreeOf, eachCommonNeighbour, graphOf, hasEdge, placeOf } from './graph.ts'

it('keeps each edge once at both ends, without loops and dangling ends', () => {
  const from = [0, 2, 1, 1, 3, 0]
  const to = [2, 0, 0, 1, 9, 3]

  const graph = graphOf({ size: 4, from, to, weights: [1, 2, 1, 5, 1, 0] })

  expect([...graph.starts]).toEqual([0, 2, 3, 4, 4])
  expect([...graph.neighbours]).toEqual([1, 2, 0, 0])
  expect([...graph.weights]).toEqual([1, 3, 1, 3])
  expect(degreeOf(graph, 0)).toBe(2)
  expect(hasEdge(graph, 2, 0)).toBe(true)
  expect(hasEdge(graph, 0, 3)).toBe(false)
  expect(placeOf(graph, 0, 2)).toBe(1)
  expect(placeOf(graph, 1, 2)).toBe(-1)
})

it('finds who is tied to both', () => {
  const graph = graphOf({ size: 6, from: [0, 0, 0, 1, 1, 1], to: [2, 3, 4, 3, 4, 5] })
  const common: number[] = []

  eachCommonNeighbour(graph, 0, 1, (node) => common.push(node))

  expect(common).toEqual([3, 4])
})

it('is empty without edges', () => {
  const graph = graphOf({ size: 2, from: [], to: [] })

  expect(graph.neighbours).toHaveLength(0)
  expect(hasEdge(graph, 0, 1)).toBe(false)
})
