import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { integer, seededRandom } from '../../math/random.ts'
import { evaluateLinks } from './evaluate-links.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-links-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Six villages of fifty: nearly all ties stay inside, so whoever is near is likely tied. */
async function villages(): Promise<string> {
  const random = seededRandom(3)
  const lines = ['person_a,person_b']
  for (let person = 0; person < 300; person++) {
    for (let tie = 0; tie < 5; tie++) {
      const village = Math.floor(person / 50)
      const other = random() < 0.9 ? village * 50 + integer(random, 0, 50) : integer(random, 0, 300)
      lines.push(`${person},${other}`)
    }
  }
  const path = join(folder, 'villages.csv')
  await writeFile(path, lines.join('\n'))
  return path
}

const clock = (() => {
  let now = 0
  return () => now++
})()

it('tells hidden ties from strangers, the blend better than chance and counting', async () => {
  const edges = await villages()
  const models = [
    'random',
    'common-neighbours',
    'katz',
    'personalised-pagerank',
    'spectral',
    'blend',
  ]

  const { table, json } = await evaluateLinks({ edges, holdOut: 0.1, models, seeds: 2, clock })

  const area = (model: string, metric = 'auc') =>
    json.rows.find((row) => row.model === model)!.metrics[metric]!.mean
  expect(json.sizes.people).toBe(300)
  expect(area('random')).toBeGreaterThan(0.35)
  expect(area('random')).toBeLessThan(0.65)
  expect(area('common-neighbours')).toBeGreaterThan(0.7)
  expect(area('blend')).toBeGreaterThan(0.85)
  expect(area('blend')).toBeGreaterThan(area('common-neighbours'))
  expect(area('personalised-pagerank')).toBeGreaterThan(0.8)
  expect(area('katz', 'auc two away')).toBeLessThan(area('katz'))
  expect(json.notes.join(' ')).toMatch(/with themselves/)
  expect(table).toContain('blend')
  expect(table).not.toContain('published')
}, 20_000)

it('says what is wrong with a share, a model or a file', async () => {
  const edges = await villages()
  const options = { edges, holdOut: 0.1, models: ['katz'], seeds: 1, clock }
  const few = join(folder, 'few.csv')
  await writeFile(few, 'a,b\nb,c\n')

  await expect(evaluateLinks({ ...options, holdOut: 0.9 })).rejects.toThrow(/up to 0\.5/)
  await expect(evaluateLinks({ ...options, models: ['x'] })).rejects.toThrow(/no model "x"/)
  await expect(evaluateLinks({ ...options, edges: few })).rejects.toThrow(/2 ties, too few/)
})
