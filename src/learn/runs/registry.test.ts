import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type LogFacts, silentLog } from '../../log.ts'
import { seededRandom } from '../../math/random.ts'
import { record } from './record.ts'
import { createRegistry, type Registry } from './registry.ts'
import type { RunPlan } from './start-run.ts'
import { reportTo } from './track.ts'

let parent = ''
let folder = ''
let clock = 0
let warnings: string[] = []
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'kith-runs-'))
})
afterAll(() => rm(parent, { recursive: true }))
beforeEach(async () => {
  folder = join(await mkdtemp(join(parent, 'data-')), 'runs')
  clock = Date.UTC(2026, 10, 22, 8, 0, 5)
  warnings = []
})

function open(random = seededRandom(1)): Registry {
  return createRegistry({
    folder,
    code: { version: '0.1.0', commit: '558f0e1' },
    now: () => new Date(clock),
    random,
    log: {
      ...silentLog,
      warn: (message: string, _facts?: LogFacts) => void warnings.push(message),
    },
  })
}

const plan: RunPlan = {
  kind: 'evaluate',
  models: ['popular', 'als'],
  options: { at: '10,20', fitsValid: false },
  seeds: [1, 2],
  data: { name: 'lastfm', hash: 'ab'.repeat(32), users: 3, items: 4, interactions: 9 },
}
const rows = [
  { model: 'als', segment: 'all', metrics: { 'recall@10': { mean: 0.2, sd: 0.01 } }, seconds: 2 },
  { model: 'als', segment: 'cold people', metrics: { 'recall@10': { mean: Number.NaN, sd: 0 } } },
]

it('keeps a run from its start to its end', async () => {
  const registry = open()
  const run = await registry.start(plan)
  expect(run.id).toMatch(/^2026-11-22T080005000-popular-als-[0-9a-f]{4}$/)
  expect(await registry.get(run.id)).toMatchObject({ state: 'running', rows: [] })
  const report = reportTo(run.track, 'als/seed 1')
  report('loss', 0, 0.7)
  report('loss', 1, Number.NaN)
  run.track.log('other', 3, 1)
  clock += 60_000
  await run.finish({ state: 'done', rows, notes: ['a note'] })
  await run.finish({ state: 'failed' })

  const { name, models, ...kept } = await open().get(run.id)
  expect([name, models]).toEqual(['popular, als', ['popular', 'als']])
  expect(kept).toMatchObject({
    state: 'done',
    options: { at: '10,20', fitsValid: false },
    seeds: [1, 2],
    data: plan.data,
    code: { version: '0.1.0', commit: '558f0e1' },
    startedAt: '2026-11-22T08:00:05.000Z',
    endedAt: '2026-11-22T08:01:05.000Z',
    notes: ['a note'],
  })
  expect(kept.rows[0]).toEqual(rows[0])
  expect(kept.rows[1]?.metrics['recall@10']).toEqual({ mean: null, sd: 0 })
  expect(await registry.curves(run.id)).toEqual([
    { name: 'als/seed 1/loss', steps: [0, 1], values: [0.7, null] },
    { name: 'other', steps: [3], values: [1] },
  ])
  expect((await readdir(run.folder)).sort()).toEqual([
    'curves.jsonl',
    expect.stringMatching(/^events\.out\.tfevents/),
    'run.json',
  ])
  expect((await stat(run.folder)).mode & 0o777).toBe(0o700)
})

it('lists the newest first, filters, and goes on after a run', async () => {
  const registry = open()
  expect(await registry.list()).toEqual([])
  for (const models of [['als'], ['popular'], ['als', 'bpr']]) {
    await (await registry.start({ ...plan, kind: 'train', models })).finish({ state: 'done' })
    clock += 1_000
  }
  await registry.start({ ...plan, name: '训练' })
  const names = async (filter?: Parameters<Registry['list']>[0]) =>
    (await registry.list(filter)).map(({ name }) => name)
  expect(await names()).toEqual(['训练', 'als, bpr', 'popular', 'als'])
  expect(await names({ model: 'als' })).toEqual(['训练', 'als, bpr', 'als'])
  expect(await names({ state: 'running' })).toEqual(['训练'])
  expect(await names({ kind: 'train', limit: 2 })).toEqual(['als, bpr', 'popular'])
  const [, second] = await registry.list()
  expect(await names({ after: second!.id })).toEqual(['popular', 'als'])
})

it('draws another id when one is taken', async () => {
  const lots = [0.5, 0.5, 0.25]
  const registry = open(() => lots.shift()!)
  const ids = [await registry.start(plan), await registry.start(plan)].map(({ id }) => id.slice(-4))
  expect(ids).toEqual(['8000', '4000'])
})

it('says failed of a run whose process is gone, and believes another machine', async () => {
  const registry = open()
  const { id, folder: inside } = await registry.start(plan)
  expect(await registry.get(id)).toMatchObject({ state: 'running' })
  const owner = (host: string) =>
    writeFile(join(inside, 'owner.json'), JSON.stringify({ host, pid: 2 ** 22 + 1 }))
  await owner('another-machine')
  expect(await registry.get(id)).toMatchObject({ state: 'running' })
  await owner(hostname())
  expect(await registry.get(id)).toMatchObject({
    state: 'failed',
    problem: expect.stringMatching(/ended/),
  })
  await registry.remove(id)
  expect(await readdir(folder)).toEqual([])
})

it('refuses what is not there, what runs, and what tries to leave the folder', async () => {
  const registry = open()
  const { id } = await registry.start(plan)
  await expect(registry.remove(id)).rejects.toThrow(/is under way/)
  await mkdir(join(folder, '../secret'))
  for (const wrong of ['', '..', '../secret', `${id}/..`, '2026-11-22T080005000-als-0000']) {
    await expect(registry.get(wrong), wrong).rejects.toMatchObject({ code: 'not-found' })
    await expect(registry.remove(wrong), wrong).rejects.toMatchObject({ code: 'not-found' })
    await expect(registry.curves(wrong), wrong).rejects.toMatchObject({ code: 'not-found' })
  }
})

it('lists around a broken record, and says which it is', async () => {
  const registry = open()
  const broken = await registry.start(plan)
  const whole = await registry.start(plan)
  await writeFile(join(broken.folder, 'run.json'), '{"id": ')
  expect((await registry.list()).map(({ id }) => id)).toEqual([whole.id])
  expect(warnings).toEqual([expect.stringContaining(broken.id)])
  await expect(registry.get(broken.id)).rejects.toThrow(/is not the record of a run/)
})

it('reads curves to the last whole line', async () => {
  const registry = open()
  const run = await registry.start(plan)
  run.track.log('loss', 1, 2)
  const path = join(run.folder, 'curves.jsonl')
  await writeFile(path, `${await readFile(path, 'utf8')}{"name":"loss","step":2,"val`)
  expect(await registry.curves(run.id)).toEqual([{ name: 'loss', steps: [1], values: [2] }])
})

it('records work as done, failed or cancelled', async () => {
  const registry = open()
  const result = await record({ registry, plan }, async () => ({ result: 7, end: { rows } }))
  expect(result).toBe(7)
  const failing = record({ registry, plan }, () => Promise.reject(new Error('no data')))
  await expect(failing).rejects.toThrow('no data')
  const signal = AbortSignal.abort()
  const stopped = record({ registry, plan, signal }, async () => signal.throwIfAborted() as never)
  await expect(stopped).rejects.toThrow(/abort/)
  const ends = (await registry.list()).map(({ state, problem }) => [state, problem])
  expect(ends.sort()).toEqual([
    ['cancelled', undefined],
    ['done', undefined],
    ['failed', 'no data'],
  ])
})

it('keeps a model with its run, and checkpoints beside the runs', async () => {
  const registry = open()
  const run = await registry.start(plan)
  await expect(registry.model(run.id)).rejects.toThrow(/kept no model/)
  const model = {
    tensors: { items: { shape: [1, 2], data: Float32Array.of(1, 2) } },
    meta: { width: 2 },
  }
  await run.keepModel(model)
  expect(await open().model(run.id)).toEqual(model)
  await expect(registry.model('../x')).rejects.toMatchObject({ code: 'not-found' })

  const fit = { data: plan.data.hash, trainer: 'als', seed: 1 }
  await registry.checkpoint(fit).save(model)
  expect(await open().checkpoint(fit).load()).toEqual(model)
  expect((await registry.list()).map(({ id }) => id)).toEqual([run.id])
})
