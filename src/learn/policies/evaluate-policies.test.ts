import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { integer, seededRandom } from '../../math/random.ts'
import { evaluatePolicies } from './evaluate-policies.ts'
import { readBandit } from './read-bandit.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kith-policies-'))
})
afterAll(() => rm(root, { recursive: true }))

const header =
  ',timestamp,item_id,position,click,propensity_score,user_feature_0,user-item_affinity_0,user-item_affinity_1'
const items = ',item_id,item_feature_0,item_feature_1\n0,0,0.5,aa\n1,1,-0.5,bb\n'
const line = '0,2019-11-24 00:03:13.4+00:00,1,2,0,0.5,f00,0.0,1.0'

async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const path = await mkdtemp(join(root, 'log-'))
  for (const [name, text] of Object.entries({ 'item_context.csv': items, ...files })) {
    await writeFile(join(path, name), text)
  }
  return path
}

/** Item 1 is clicked three times as often as item 0, and `keen` shows it nine times in ten. */
function logLines(count: number, chanceOfOne: number, seed: number): string {
  const random = seededRandom(seed)
  const lines = Array.from({ length: count }, (_, n) => {
    const item = random() < chanceOfOne ? 1 : 0
    const click = random() < (item === 1 ? 0.3 : 0.1) ? 1 : 0
    const at = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString()
    const chance = item === 1 ? chanceOfOne : 1 - chanceOfOne
    return `${n},${at},${item},${integer(random, 1, 4)},${click},${chance},f0${integer(random, 0, 2)},0.0,0.0`
  })
  return [header, ...lines].join('\n')
}

const options = { seeds: 2, resamples: 300, clock: () => 0 }

it('estimates a policy from the log of another, within the interval of the truth', async () => {
  const log = await folder({
    'even.csv': logLines(4_000, 0.5, 1),
    'keen.csv': logLines(4_000, 0.9, 2),
  })

  const { json, table } = await evaluatePolicies({ log, from: 'even', to: 'keen', ...options })

  const of = (name: string) => json.rows.find(({ model }) => model === name)!
  for (const name of ['ips', 'snips', 'dr']) {
    expect(of(name).metrics.reward.mean).toBeGreaterThan(0.25)
    expect(of(name).isWithinTruth).toBe(true)
  }
  expect(of('logged').isWithinTruth).toBe(false)
  expect(json.weights.mean).toBeCloseTo(1, 1)
  expect(table).toMatch(/DR of keen from the log of even/)
})

it('reads what was shown, where, and what came of it', async () => {
  const [rounds] = await readBandit(await folder({ 'a.csv': `${header}\n${line}\n` }), ['a'])

  expect(rounds).toMatchObject({ count: 1, actions: 2, placeCount: 1 })
  expect(rounds!.taken[0]).toBe(1)
  expect(rounds!.atMs[0]).toBe(Date.UTC(2019, 10, 24, 0, 3, 13, 400))
  const out = new Float64Array(rounds!.features.width)
  rounds!.features.write(0, 1, out)
  expect(Array.from(out)).toEqual([0, 1, -0.5, 0, 1, 1, 1, Math.log1p(1)])
  rounds!.features.write(0, 0, out)
  expect(out.at(-1)).toBe(0)
})

it.each([
  ['propensity_score is "0", not a chance', line.replace('0.5', '0')],
  ['propensity_score is "1.5", not a chance', line.replace('0.5', '1.5')],
  ['click is "2", not 0 or 1', line.replace(',2,0,', ',2,2,')],
  ['item_id is "7", not an item of item_context.csv', line.replace(',1,2,', ',7,2,')],
  ['timestamp is "soon", not a time', line.replace(/2019[^,]*/, 'soon')],
  ['an affinity is "-1", not a number', line.replace(/1\.0$/, '-1')],
  ['has 8 cells, the header 9', line.replace(/,1\.0$/, '')],
])('names the line of a log where %s', async (problem, bad) => {
  const log = await folder({ 'a.csv': `${header}\n${line}\n${bad}\n` })

  await expect(readBandit(log, ['a'])).rejects.toThrow(`a.csv", line 3: ${problem}`)
})

it('says which file or column is missing, and that two policies are needed', async () => {
  const log = await folder({ 'a.csv': 'item_id,click\n1,0\n', 'empty.csv': `${header}\n` })

  await expect(readBandit(log, ['b'])).rejects.toThrow(/Cannot read .*b\.csv/)
  await expect(readBandit(log, ['a'])).rejects.toThrow(/no column timestamp, position/)
  await expect(readBandit(log, ['empty'])).rejects.toThrow(/no line under its header/)
  await expect(evaluatePolicies({ log, from: 'a', to: 'a', ...options })).rejects.toThrow(
    /give two policies/,
  )
})

const real = resolve(import.meta.dirname, '../../../../shared/data/open-bandit-men')

it.skipIf(!existsSync(real))(
  'finds Thompson’s click rate in the random log (skipped where ../shared/data is missing)',
  async () => {
    const { json } = await evaluatePolicies({
      ...{ log: real, from: 'random', to: 'bts', seeds: 1, resamples: 300, clock: () => 0 },
    })

    for (const { model, isWithinTruth } of json.rows) {
      if (['ips', 'snips', 'dr'].includes(model)) expect(isWithinTruth, model).toBe(true)
    }
  },
  60_000,
)
