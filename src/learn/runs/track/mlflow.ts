/**
 * Curves and the table to an MLflow server (REST API 2.0), in batches while the fit runs. The server
 * is asked in the background: a fit never waits for it but at its end, and then not for long.
 */
import { z } from 'zod'
import type { Run } from '../../../domain/run.ts'
import type { Point, TrackSink } from '../track.ts'
import { type MlflowCall, mlflowClient } from './mlflow-client.ts'

/** What one log-batch may carry. */
const metricsAtOnce = 1_000
const paramsAtOnce = 100
const longestKey = 250
const longestValue = 500
const experimentName = 'kith'

const createdSchema = z.object({ experiment_id: z.string() })
const foundSchema = z.object({ experiment: createdSchema })
const runCreatedSchema = z.object({ run: z.object({ info: z.object({ run_id: z.string() }) }) })

interface Metric {
  readonly key: string
  readonly value: number | string
  readonly timestamp: number
  readonly step: number
}

/** @param url of the server, with `user:password@` where it asks for them */
export function openMlflowSink(url: string, run: Run): TrackSink {
  const call = mlflowClient(url)
  const opening = createRun(call, run)
  opening.catch(() => {})
  const waiting: Metric[] = []
  let sending: Promise<void> | undefined
  let failure: unknown

  async function drain(): Promise<void> {
    const id = await opening
    while (waiting.length > 0) {
      const metrics = waiting.splice(0, metricsAtOnce)
      await call('POST', 'runs/log-batch', { run_id: id, metrics })
    }
  }

  return {
    name: `MLflow at ${new URL(url).host}`,
    log(point) {
      if (failure !== undefined) throw failure
      waiting.push(metricOf(point))
      sending ??= drain()
        .catch((cause: unknown) => {
          failure = cause
        })
        .finally(() => {
          sending = undefined
        })
    },
    async close(ended) {
      await sending
      if (failure !== undefined) throw failure
      waiting.push(...tableOf(ended))
      await drain()
      const end_time = Date.parse(ended.endedAt ?? ended.startedAt)
      const status = { done: 'FINISHED', failed: 'FAILED', cancelled: 'KILLED', running: 'RUNNING' }
      const run_id = await opening
      await call('POST', 'runs/update', { run_id, status: status[ended.state], end_time })
    },
  }
}

async function createRun(call: MlflowCall, run: Run): Promise<string> {
  const tags = {
    'mlflow.source.name': 'kith',
    'mlflow.source.type': 'LOCAL',
    ...(run.code.commit && { 'mlflow.source.git.commit': run.code.commit }),
    'kith.run': run.id,
    'kith.version': run.code.version,
    'kith.data': run.data.name,
    'kith.data.hash': run.data.hash,
  }
  const answer = await call('POST', 'runs/create', {
    experiment_id: await experimentId(call),
    run_name: run.id,
    start_time: Date.parse(run.startedAt),
    tags: entriesOf(tags),
  })
  const id = runCreatedSchema.parse(answer).run.info.run_id
  const params = { kind: run.kind, models: run.models.join(','), seeds: run.seeds.join(',') }
  const all = entriesOf({ ...params, ...run.options })
  for (let from = 0; from < all.length; from += paramsAtOnce) {
    const some = all.slice(from, from + paramsAtOnce)
    await call('POST', 'runs/log-batch', { run_id: id, params: some })
  }
  return id
}

/** Of two who make it at once, the second finds what the first made. */
async function experimentId(call: MlflowCall): Promise<string> {
  const found = await call('GET', 'experiments/get-by-name', { experiment_name: experimentName })
  if (found !== undefined) return foundSchema.parse(found).experiment.experiment_id
  const made = await call('POST', 'experiments/create', { name: experimentName })
  if (made !== undefined) return createdSchema.parse(made).experiment_id
  const again = await call('GET', 'experiments/get-by-name', { experiment_name: experimentName })
  return foundSchema.parse(again).experiment.experiment_id
}

function entriesOf(facts: Readonly<Record<string, string | number | boolean>>) {
  return Object.entries(facts).map(([key, value]) => ({
    key: keyOf(key),
    value: String(value).slice(0, longestValue),
  }))
}

function metricOf({ name, step, value, at }: Point): Metric {
  return { key: keyOf(name), value: numberOf(value), timestamp: at.getTime(), step }
}

function tableOf({ rows, startedAt, endedAt }: Run): Metric[] {
  const timestamp = Date.parse(endedAt ?? startedAt)
  return rows.flatMap(({ model, segment, metrics }) =>
    Object.entries(metrics).map(([name, { mean }]) => ({
      key: keyOf(`${model}/${segment}/${name}`),
      value: numberOf(mean ?? Number.NaN),
      ...{ timestamp, step: 0 },
    })),
  )
}

/** The JSON form of protocol buffers writes what is no number as a text. */
function numberOf(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}

/** Letters, digits, `_ - . /` and spaces are allowed: `recall@10` becomes `recall_at_10`. */
function keyOf(name: string): string {
  return name
    .replaceAll('@', '_at_')
    .replace(/[^\p{L}\p{N}_\-. /]/gu, '_')
    .slice(0, longestKey)
}
