/** Fits topics in a thread of their own that lives as long as the fit: it takes seconds of a core. */
import { Worker } from 'node:worker_threads'
import { builtFile } from '../../built.ts'
import type { Embedding } from '../../domain/embedding.ts'
import { KithError } from '../../errors.ts'
import { type PackedEmbeddings, packEmbeddings } from '../apart/packed.ts'
import type { Topics } from './topics.ts'

export interface TopicPosts {
  readonly texts: readonly string[]
  /** All of one space. */
  readonly embeddings: readonly Embedding[]
  /** Who wrote each. */
  readonly voices: Int32Array
}

export interface ToFit extends Omit<TopicPosts, 'embeddings'> {
  readonly embeddings: PackedEmbeddings
  readonly before?: Topics | undefined
  readonly seed: number
}

export interface ApartFitOptions {
  readonly before?: Topics | undefined
  readonly seed: number
  readonly signal: AbortSignal
}

/** @throws KithError `unavailable` when the thread fails; the signal's reason when it is stopped */
export async function fitTopicsApart(
  { texts, embeddings, voices }: TopicPosts,
  { before, seed, signal }: ApartFitOptions,
): Promise<Topics> {
  signal.throwIfAborted()
  const told: ToFit = { texts, embeddings: packEmbeddings(embeddings), voices, before, seed }
  const entry = builtFile('./topics-worker.js', import.meta.url)
  const worker = new Worker(entry, { workerData: told, execArgv: [] })
  // A fit is no reason for a process to go on.
  worker.unref()
  const stop = (): void => void worker.terminate()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<Topics>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', (cause) => reject(failed(cause)))
      worker.once('exit', () => reject(signal.aborted ? signal.reason : failed()))
    })
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

function failed(cause?: Error): KithError {
  const reason = cause?.message ?? 'its thread ended'
  const help = 'The topics before go on; they are fitted again with the next posts.'
  return new KithError('unavailable', `Topics could not be fitted: ${reason}. ${help}`, { cause })
}
