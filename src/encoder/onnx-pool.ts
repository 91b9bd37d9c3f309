/** The workers of one model and the queue before them. */
import { Worker } from 'node:worker_threads'
import { builtFile } from '../built.ts'
import { KithError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { VectorOptions, VectorSource } from './model-encoder.ts'
import type { OnnxModel } from './onnx-model.ts'
import { type Batch, createTextQueue } from './text-queue.ts'
import { createWorkerHost, type Vectors, type WorkerHost } from './worker-host.ts'

interface PoolParts {
  readonly model: OnnxModel
  readonly log: Log
  /** Threads, each with the model loaded. Default 1. */
  readonly workers?: number | undefined
  /** Texts that may wait at once. Default 10,000. */
  readonly queueLimit?: number | undefined
  readonly startWorker?: () => Worker
}

export interface OnnxPool extends VectorSource {
  /** Resolves when every worker has loaded the model. */
  ready(): Promise<void>
}

const textsPerRequest = 32
/** More than a model's limit of tokens ever needs. */
const charactersPerToken = 16

export function createOnnxPool(parts: PoolParts): OnnxPool {
  const { model, log, workers = 1, queueLimit = 10_000 } = parts
  const { space } = model
  const start = parts.startWorker ?? (() => startBuiltWorker(model))
  const hosts = Array.from({ length: workers }, () => createWorkerHost({ space, start, log }))
  const idle = [...hosts]
  const queue = createTextQueue(space, queueLimit)
  const receivers = new WeakMap<Batch['job'], VectorOptions['onVector']>()

  function dispatch(): void {
    while (idle.length > 0) {
      const batch = queue.take(textsPerRequest)
      const host = batch && idle.pop()
      if (!host) return
      void serve(host, batch)
    }
  }

  async function serve(host: WorkerHost, { job, places }: Batch): Promise<void> {
    try {
      const vectors = await host.run(places.map((place) => job.texts[place] ?? ''))
      const onVector = receivers.get(job)
      if (job.isOver || !onVector) return
      deliver(places, vectors, onVector)
      job.left -= places.length
      if (job.left === 0) job.finish()
    } catch (error) {
      queue.drop(job, error)
    } finally {
      idle.push(host)
      dispatch()
    }
  }

  return {
    space,
    maxCharacters: model.maxTokens * charactersPerToken,
    async ready() {
      await Promise.all(hosts.map((host) => host.ready()))
    },
    async vectors(texts, { signal, onVector }) {
      signal?.throwIfAborted()
      if (texts.length === 0) return
      const job = queue.add(texts)
      receivers.set(job, onVector)
      const stop = (): void => queue.drop(job, signal?.reason)
      signal?.addEventListener('abort', stop, { once: true })
      dispatch()
      await job.finished.finally(() => signal?.removeEventListener('abort', stop))
    },
    async close() {
      queue.dropAll(new KithError('unavailable', `The encoder "${space}" is closed.`))
      await Promise.all(hosts.map((host) => host.close()))
    },
  }
}

function startBuiltWorker(model: OnnxModel): Worker {
  // Flags of the process (`--input-type`, `--inspect` …) are not for its workers.
  const flags = { execArgv: [] }
  return new Worker(builtFile('./onnx-worker.js', import.meta.url), { workerData: model, ...flags })
}

function deliver(
  places: readonly number[],
  { values, width }: Vectors,
  onVector: VectorOptions['onVector'],
): void {
  for (const [row, place] of places.entries()) {
    const vector = values.subarray(row * width, (row + 1) * width)
    onVector(place, vector.length > 0 ? vector : undefined)
  }
}
