/** Node vectors learned in a thread of their own, so that whoever answers requests goes on doing so. */
import { Worker } from 'node:worker_threads'
import { builtFile } from '../../../built.ts'
import { KithError } from '../../../errors.ts'
import type { FitContext } from '../../trainer.ts'
import type { NodeOptions } from './fit-nodes.ts'
import type { NodeFeatures, NodeModel } from './node-model.ts'

/** Ties as lists, in either direction; repeated ones become one. */
export interface ApartFit {
  /** Nodes. */
  readonly size: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly weights?: Float32Array | undefined
  readonly features?: NodeFeatures | undefined
  readonly options?: Partial<NodeOptions> | undefined
  readonly seed: number
}

export type FromFit =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly model: NodeModel }

/** @throws KithError `unavailable` when the thread dies; whatever the signal says when it is called off */
export async function fitNodesApart(
  fit: ApartFit,
  { signal, progress }: Pick<FitContext, 'signal' | 'progress'> = {},
): Promise<NodeModel> {
  signal?.throwIfAborted()
  const entry = builtFile('./fit-worker.js', import.meta.url)
  // Flags of the process, such as a test runner's, are not for workers.
  const worker = new Worker(entry, { workerData: fit, execArgv: [] })
  worker.unref()
  const stop = (): void => void worker.terminate()
  signal?.addEventListener('abort', stop)
  try {
    return await new Promise<NodeModel>((resolve, reject) => {
      worker.on('message', (message: FromFit) => {
        if (message.kind === 'done') resolve(message.model)
        else progress?.(message.done, message.total)
      })
      worker.on('error', (cause) => reject(ended(cause.message, cause)))
      worker.on('exit', () => reject(signal?.aborted ? signal.reason : ended('It went away.')))
    })
  } finally {
    signal?.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

function ended(message: string, cause?: unknown): KithError {
  const said = `The thread that learns the graph of ties died: ${message} It begins afresh next time.`
  return new KithError('unavailable', said, { cause })
}
