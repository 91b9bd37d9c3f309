/** Against a server that keeps to MLflow's REST 2.0: shapes, limits, names, order of calls. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import type { Run } from '../../../domain/run.ts'
import { type LogFacts, silentLog } from '../../../log.ts'
import { openTrack } from '../track.ts'
import { openMlflowSink } from './mlflow.ts'

const key = z
  .string()
  .max(250)
  .regex(/^[/\p{L}\p{N}_.\- ]+$/u)
const entries = z.array(z.strictObject({ key, value: z.string().max(6_000) })).max(100)
const milliseconds = z.int().min(Date.UTC(2026, 0))
const bodies = {
  'experiments/create': z.strictObject({ name: z.string().min(1) }),
  'runs/create': z.strictObject({
    experiment_id: z.literal('7'),
    run_name: z.string().min(1),
    start_time: milliseconds,
    tags: entries,
  }),
  'runs/log-batch': z
    .strictObject({
      run_id: z.literal('r1'),
      metrics: z
        .array(
          z.strictObject({
            key,
            value: z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]),
            timestamp: milliseconds,
            step: z.int(),
          }),
        )
        .max(1_000),
      params: entries,
    })
    .partial({ metrics: true, params: true }),
  'runs/update': z.strictObject({
    run_id: z.literal('r1'),
    status: z.enum(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']),
    end_time: milliseconds,
  }),
}
type Name = keyof typeof bodies

interface FakeMlflow {
  readonly url: string
  readonly calls: string[]
  /** By call, what the requests carried. */
  readonly kept: { readonly name: string; readonly body: unknown }[]
  readonly authorizations: (string | undefined)[]
}

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** @param breaksAt from this call on it answers 500 */
async function fakeMlflow(breaksAt = Infinity): Promise<FakeMlflow> {
  const seen = { calls: [] as string[], kept: [] as FakeMlflow['kept'] }
  const authorizations: FakeMlflow['authorizations'] = []
  let hasExperiment = false
  function answer(name: string, text: string): [number, unknown] {
    if (seen.calls.length >= breaksAt) return [500, 'out of order']
    if (name === 'experiments/get-by-name') {
      if (hasExperiment) return [200, { experiment: { experiment_id: '7', name: 'kith' } }]
      return [404, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'no experiment kith' }]
    }
    const body = bodies[name as Name].safeParse(JSON.parse(text))
    if (!body.success) return [400, { error_code: 'INVALID_PARAMETER_VALUE', message: text }]
    seen.kept.push({ name, body: body.data })
    if (name === 'experiments/create') hasExperiment = true
    if (name === 'experiments/create') return [200, { experiment_id: '7' }]
    return [200, name === 'runs/create' ? { run: { info: { run_id: 'r1' } } } : {}]
  }
  server = createServer(async (request, response) => {
    const name = (request.url ?? '').replace('/api/2.0/mlflow/', '').replace(/\?.*/, '')
    authorizations.push(request.headers.authorization)
    const [status, body] = answer(name, await bodyOf(request))
    seen.calls.push(name)
    response.writeHead(status).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, ...seen, authorizations }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

const run: Run = {
  ...{ id: '2026-11-22T080005-als-3f9a', kind: 'evaluate', name: 'als', models: ['als'] },
  options: { at: '10,20', factors: 64, 'odd|name': 'x'.repeat(9_000) },
  seeds: [1, 2],
  data: { name: 'lastfm', hash: 'ab'.repeat(32), users: 3, items: 4, interactions: 9 },
  code: { version: '0.1.0', commit: '558f0e1' },
  ...{ startedAt: '2026-11-22T08:00:05.000Z', state: 'running', rows: [], notes: [] },
}
const ended: Run = {
  ...run,
  ...{ state: 'done', endedAt: '2026-11-22T08:01:05.000Z' },
  rows: [{ model: 'als', segment: 'all', metrics: { 'recall@10': { mean: 0.25, sd: 0 } } }],
}

function open(url: string) {
  const warnings: unknown[] = []
  const log = {
    ...silentLog,
    warn: (_: string, facts?: LogFacts) => void warnings.push(Object.values(facts ?? {})[0]),
  }
  const now = () => new Date('2026-11-22T08:00:30.000Z')
  return { track: openTrack({ sinks: [openMlflowSink(url, run)], now, log }), warnings }
}

it('sends a run, its options, curves and table as MLflow wants them', async () => {
  const mlflow = await fakeMlflow()
  const { track, warnings } = open(mlflow.url.replace('//', '//ann:s%20t@'))
  for (let step = 0; step < 2_500; step++) track.log('als/seed 1/valid ndcg@10', step, step / 10)
  track.log('损失', 1, Number.NaN)
  await track.close(ended)
  expect(warnings).toEqual([])
  expect(mlflow.calls.slice(0, 4)).toEqual([
    ...['experiments/get-by-name', 'experiments/create', 'runs/create', 'runs/log-batch'],
  ])
  expect(new Set(mlflow.authorizations)).toEqual(
    new Set([`Basic ${Buffer.from('ann:s t').toString('base64')}`]),
  )
  const batches = mlflow.kept.flatMap(({ name, body }) =>
    name === 'runs/log-batch' ? [body as z.output<(typeof bodies)['runs/log-batch']>] : [],
  )
  expect(batches[0]?.params?.slice(0, 4)).toEqual([
    { key: 'kind', value: 'evaluate' },
    { key: 'models', value: 'als' },
    { key: 'seeds', value: '1,2' },
    { key: 'at', value: '10,20' },
  ])
  const metrics = batches.flatMap((batch) => batch.metrics ?? [])
  expect(metrics.filter((metric) => metric.key === 'als/seed 1/valid ndcg_at_10')).toHaveLength(
    2_500,
  )
  expect(metrics.slice(-2)).toMatchObject([
    { key: '损失', value: 'NaN', step: 1 },
    { key: 'als/all/recall_at_10', value: 0.25 },
  ])
  expect(mlflow.kept.at(-1)).toEqual({
    name: 'runs/update',
    body: { run_id: 'r1', status: 'FINISHED', end_time: Date.parse('2026-11-22T08:01:05.000Z') },
  })
})

it('finds the experiment it made before', async () => {
  const mlflow = await fakeMlflow()
  await open(mlflow.url).track.close({ ...ended, state: 'failed' })
  await open(mlflow.url).track.close({ ...ended, state: 'cancelled' })
  expect(mlflow.calls.filter((name) => name === 'experiments/create')).toHaveLength(1)
  const states = mlflow.kept.flatMap(({ name, body }) =>
    name === 'runs/update' ? [(body as { status: string }).status] : [],
  )
  expect(states).toEqual(['FAILED', 'KILLED'])
})

it.each([0, 2, 4, 5])(
  'warns once when the server breaks at call %i, and the fit goes on',
  async (at) => {
    const mlflow = await fakeMlflow(at)
    const { track, warnings } = open(mlflow.url)
    for (let step = 0; step < 50; step++) {
      track.log('loss', step, 1)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await track.close(ended)
    expect(warnings).toHaveLength(1)
    expect(String(warnings[0])).toMatch(
      /MLflow at 127\.0\.0\.1:\d+ answered 500 to \S+: "out of order"/,
    )
  },
)

it('warns once when nobody is there', async () => {
  const { track, warnings } = open('http://127.0.0.1:9')
  track.log('loss', 0, 1)
  await track.close(ended)
  expect(String(warnings)).toMatch(/MLflow at 127\.0\.0\.1:9 does not answer/)
})
