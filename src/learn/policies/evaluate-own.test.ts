import { expect, it } from 'vitest'
import type { LoggedChoice, PolicyLog } from '../../domain/policy-log.ts'
import { integer, seededRandom } from '../../math/random.ts'
import { evaluateOwn } from './evaluate-own.ts'

/** Popular items are engaged with as often as they are popular, fresh ones no more than others. */
function someLog(count: number, { pool = 4, from = 0.05, to = 0.45 } = {}): PolicyLog {
  const random = seededRandom(3)
  const choices = Array.from({ length: count }, (): LoggedChoice => {
    const said = Array.from({ length: pool }, () => [random(), random()])
    const taken = integer(random, 0, pool)
    const isRewarded = random() < from + (to - from) * said[taken]![0]!
    const at = '2026-03-01T12:00:00.000Z'
    return { at, taken, said, isRewarded, expected: said.map((_, n) => Number(n === 0)) }
  })
  return { pages: count, parts: ['popularity', 'freshness'], choices }
}

const options = { seeds: 2, resamples: 200 }

it('tells from places given to chance what other policies would have earned', async () => {
  const log = someLog(3_000)
  const { json, table } = await evaluateOwn({ log, ...options })

  const of = (name: string) => json.rows.find(({ policy }) => policy === name)!
  // The largest of four even numbers is .8 on average, any of them .5.
  const truths = { popular: 0.05 + 0.4 * 0.8, recent: 0.25, 'as ranked then': 0.25 }
  for (const [name, truth] of Object.entries(truths)) {
    const { estimates, agrees } = of(name)
    for (const estimator of ['ips', 'snips', 'dr'] as const) {
      expect(Math.abs(estimates[estimator].mean - truth)).toBeLessThan(0.05)
    }
    expect(estimates.dr.low).toBeLessThan(truth)
    expect(estimates.dr.high).toBeGreaterThan(truth)
    expect(agrees).toBeCloseTo(0.25, 1)
  }
  expect(of('popular').estimates.dr.low).toBeGreaterThan(json.logged.high)
  expect(of('serving model').estimates).toEqual(of('as ranked then').estimates)
  expect(table).toContain('popular')
})

it('leaves the serving model out where none serves', async () => {
  const { choices, ...rest } = someLog(400)
  const log = { ...rest, choices: choices.map(({ expected: _, ...choice }) => choice) }
  const { json } = await evaluateOwn({ log, ...options })
  expect(json.rows.map(({ policy }) => policy)).toEqual(['as ranked then', 'popular', 'recent'])
})

it('refuses what says nothing, in words', async () => {
  const empty = { pages: 70, parts: [], choices: [] }
  await expect(evaluateOwn({ log: empty, ...options })).rejects.toThrow(
    /Of 70 logged pages none has a place that chance filled .* nothing can be estimated/,
  )
  await expect(evaluateOwn({ log: someLog(150), ...options })).rejects.toThrow(/too little/)
  const cold = someLog(500, { from: 0, to: 0 })
  await expect(evaluateOwn({ log: cold, ...options })).rejects.toThrow(/0 times the person engaged/)
})
