/** A training that is killed, alone or with its engine, goes on; what nobody goes on with is forgotten. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { builtFile } from '../built.ts'
import type { Change } from '../domain/change.ts'
import { createRegistry, type Registry } from '../learn/runs/registry.ts'
import { silentLog } from '../log.ts'
import { createMemory } from '../memory/create-memory.ts'
import { createLearned } from '../recommend/learned/learned.ts'
import type { StoredModel } from '../store/store.ts'
import { town } from '../testing/town.ts'
import { createExactVectors } from '../vectors/exact.ts'
import type { Serving } from './serving.ts'
import { createTrainingJob, type TrainingJob } from './train.ts'

const entry = builtFile('../train-process.js', import.meta.url)
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-killed-'))
})
afterEach(() => rm(folder, { recursive: true }))

function townMemory(events = town.events) {
  const memory = createMemory({ createVectors: createExactVectors })
  const { users, items, edges } = town
  const bodies = [
    ...users.map((user) => ({ kind: 'user', user })),
    ...items.map((item) => ({ kind: 'item', item })),
    ...edges.map((edge) => ({ kind: 'edge', edge })),
    ...events.map((event) => ({ kind: 'event', event })),
  ]
  memory.apply(bodies.map((body, n) => ({ ...body, clock: n + 1 }) as Change))
  return memory
}

/** Keeps in a list what a store would keep. */
function keptIn(models: StoredModel[]): Serving {
  return {
    id: () => undefined,
    current: async () => undefined,
    list: async () => models,
    keep: async (model) => {
      models.push(model)
    },
    rollback: async () => undefined,
    settled: async () => undefined,
    close: async () => undefined,
  }
}

function registry(now = () => new Date()): Registry {
  const code = { version: '0', commit: 'abc' }
  return createRegistry({ folder, code, now, random: Math.random, log: silentLog })
}

interface Opened {
  readonly job: TrainingJob
  readonly models: StoredModel[]
  readonly pids: number[]
}

function open(memory = townMemory()): Opened {
  const models: StoredModel[] = []
  const pids: number[] = []
  const learned = createLearned(memory, { createVectors: createExactVectors })
  const job = createTrainingJob({
    ...{ memory, learned, serving: keptIn(models), runs: registry(), log: silentLog, entry },
    pages: { shown: async function* () {} },
    ...{ now: () => town.now, everyHours: 0, started: (pid) => pids.push(pid ?? 0) },
  })
  return { job, models, pids }
}

async function untilPhase(job: TrainingJob, phase: string): Promise<void> {
  while (job.state().phase !== phase) await new Promise((resolve) => setTimeout(resolve, 5))
}

it('goes on by itself when the process is killed, and keeps one model and one run', async () => {
  const { job, models, pids } = open()
  job.start()
  await untilPhase(job, 'trials')
  process.kill(pids[0] ?? 0, 'SIGKILL')
  await job.idle()
  expect(pids).toHaveLength(2)
  expect(models).toHaveLength(1)
  const runs = await registry().list()
  expect(runs.map(({ state }) => state)).toEqual(['done'])
  expect(await readdir(join(folder, 'checkpoints'))).toEqual([])
  await job.close()
}, 60_000)

it('is taken up by the next engine, and ends in the same model', async () => {
  const { job } = open()
  job.start()
  await untilPhase(job, 'trials')
  await job.close()
  expect(await registry().unfinished()).toMatchObject([{ trainer: 'serving' }])

  const next = open()
  await untilPhase(next.job, 'trials')
  await next.job.idle()
  expect(next.models).toHaveLength(1)
  expect(await registry().unfinished()).toEqual([])
  await next.job.close()

  const whole = open()
  whole.job.start()
  await whole.job.idle()
  expect(next.models[0]?.file).toEqual(whole.models[0]?.file)
  await whole.job.close()
}, 90_000)

it('begins anew when more happened since, and forgets where the former stood', async () => {
  const past = { data: 'ab', seed: 1 }
  const [abandoned, other] = ['serving', 'als'].map((trainer) =>
    registry().checkpoint({ ...past, trainer }),
  )
  await abandoned?.save({ tensors: {}, meta: {} })
  await other?.save({ tensors: {}, meta: {} })
  const { job } = open(townMemory(town.events.slice(0, 20)))
  job.start()
  await job.idle()
  expect(await registry().unfinished()).toMatchObject([{ trainer: 'als' }])
  await job.close()
  const inThreeWeeks = new Date(Date.now() + 21 * 86_400_000)
  const data = { name: 'x', hash: 'ab', users: 1, items: 1, interactions: 1 }
  const plan = { kind: 'evaluate', models: ['als'], seeds: [1], data } as const
  await (await registry(() => inThreeWeeks).start(plan)).finish({ state: 'done' })
  expect(await registry().unfinished()).toEqual([])
}, 60_000)
