/** What the page of learning works out itself: scales, paths, curves by measure. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pathOf, scaleOf, tickText } from '../console/learning/chart-scale.ts'
import { groupCurves, stepsOf, valueAt } from '../console/learning/curve-groups.ts'

it('puts round ticks around any values, in order and on the drawing', () => {
  const value = fc.oneof(
    fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
    fc.constantFrom(null, Number.MIN_VALUE, -Number.MIN_VALUE),
  )
  fc.assert(
    fc.property(fc.array(value, { maxLength: 20 }), fc.boolean(), (values, isWhole) => {
      const scale = scaleOf(values, { start: 200, end: 10, ticks: 4, isWhole })
      expect(scale.ticks.length).toBeLessThan(14)
      expect(scale.ticks.every((tick, n) => n === 0 || tick > scale.ticks[n - 1]!)).toBe(true)
      for (const one of [...values.filter((known) => known !== null), ...scale.ticks]) {
        expect(scale.place(one)).toBeGreaterThanOrEqual(9.9)
        expect(scale.place(one)).toBeLessThanOrEqual(200.1)
      }
    }),
  )
})

it('names ticks with as many places as they need', () => {
  const { ticks } = scaleOf([0.31, 0.74], { start: 0, end: 100, ticks: 4 })
  expect(ticks.map((tick) => tickText(tick, ticks))).toEqual(['0.2', '0.4', '0.6', '0.8'])
  const steps = scaleOf([0, 39], { start: 0, end: 100, ticks: 4, isWhole: true }).ticks
  expect(steps.map((tick) => tickText(tick, steps))).toEqual(['0', '10', '20', '30'])
})

it('lifts the pen where there is no number, and shows a lone point', () => {
  expect(pathOf([[0, 1], [2, 3], undefined, [4, 5]])).toBe('M0.0 1.0L2.0 3.0M4.0 5.0h0.1')
  expect(pathOf([])).toBe('')
})

it('draws curves of one measure together, a fit always in its colour', () => {
  const curve = (name: string) => ({ name, steps: [0, 2], values: [1, 2] })
  const groups = groupCurves(['a/seed 1/loss', 'a/seed 1/ndcg', 'b/ndcg', 'time'].map(curve))
  expect(
    groups.map(({ measure, lines }) => [measure, lines.map(({ fit, series }) => [fit, series])]),
  ).toEqual([
    ['loss', [['a/seed 1', 0]]],
    [
      'ndcg',
      [
        ['a/seed 1', 0],
        ['b', 1],
      ],
    ],
    ['time', [['', 2]]],
  ])
  expect(stepsOf([curve('a'), { ...curve('b'), steps: [1, 2] }])).toEqual([0, 1, 2])
  expect([0, 1, 2, 9].map((step) => valueAt(curve('a'), step))).toEqual([1, 1, 2, 2])
  expect(valueAt(curve('a'), -1)).toBeUndefined()
})
