/** One life of the thread that reads texts: what was asked of it, and what it asks of the encoder. */
import type { Worker } from 'node:worker_threads'
import type { ItemLabels } from '../../domain/labels.ts'
import type { Understanding } from '../../domain/understanding.ts'
import type { Encoder } from '../../encoder/encoder.ts'
import { KithError } from '../../errors.ts'
import type { SpaceTopics } from '../topics/space-topics.ts'
import type { UnderstandOptions } from '../understand.ts'
import { errorOf, failureOf } from './failure.ts'
import type { FromReader, ToReader } from './messages.ts'
import { buffersOf, packEmbeddings } from './packed.ts'

export interface ReadingThread {
  /** What it says when its heads are open. @throws KithError `unavailable` when it ends before */
  readonly ready: Promise<Ready>
  /** @throws KithError what the thread throws, or `unavailable` when it dies */
  ask(
    verb: 'understand' | 'label',
    texts: readonly string[],
    options: UnderstandOptions,
  ): Promise<Understanding[] | ItemLabels[]>
  knowTopics(topics: readonly SpaceTopics[]): void
  close(): Promise<void>
}

export type Ready = Extract<FromReader, { kind: 'ready' }>

interface Asked {
  resolve(answer: Understanding[] | ItemLabels[]): void
  reject(cause: unknown): void
}

/** @param ended told once, with what the thread died of; not when it was closed */
export function createReadingThread(
  worker: Worker,
  encoder: Encoder,
  ended: (reason: string) => void,
): ReadingThread {
  const asked = new Map<number, Asked>()
  const encoding = new Map<number, AbortController>()
  let isClosed = false
  let last = 0
  const ready = new Promise<Ready>((resolve, reject) => {
    let reason = 'it ended'
    worker.on('message', (message: FromReader) => {
      if (message.kind === 'ready') resolve(message)
      else if (message.kind === 'encode') void encode(message, worker, encoder, encoding)
      else if (message.kind === 'stop-encoding') encoding.get(message.id)?.abort()
      else if (message.kind === 'failed') asked.get(message.id)?.reject(errorOf(message.failure))
      else asked.get(message.id)?.resolve(message.answer)
    })
    worker.on('error', (cause) => {
      reason = cause.message
    })
    worker.on('exit', () => {
      const error = isClosed ? closedReader() : died(reason)
      for (const stop of encoding.values()) stop.abort(error)
      reject(error)
      for (const one of asked.values()) one.reject(error)
      if (!isClosed) ended(reason)
    })
  }).finally(() => {
    if (asked.size === 0) worker.unref()
  })
  ready.catch(() => undefined)

  return {
    ready,
    async ask(verb, texts, { why = false, embeddings, signal }) {
      signal?.throwIfAborted()
      const id = ++last
      const known = packEmbeddings(texts.map((_, place) => embeddings?.[place]))
      const message: ToReader = { kind: 'ask', id, verb, texts, embeddings: known, why }
      let leave = (): void => undefined
      try {
        return await new Promise((resolve, reject) => {
          asked.set(id, { resolve, reject })
          leave = () => {
            worker.postMessage({ kind: 'stop', id } satisfies ToReader)
            reject(signal?.reason)
          }
          signal?.addEventListener('abort', leave, { once: true })
          // An idle worker must not keep a process alive that has nothing else to do.
          worker.ref()
          worker.postMessage(message, buffersOf(known))
        })
      } finally {
        signal?.removeEventListener('abort', leave)
        asked.delete(id)
        if (asked.size === 0) worker.unref()
      }
    },
    knowTopics(topics) {
      worker.postMessage({ kind: 'topics', topics } satisfies ToReader)
    },
    async close() {
      isClosed = true
      await worker.terminate()
    },
  }
}

async function encode(
  { id, texts }: Extract<FromReader, { kind: 'encode' }>,
  worker: Worker,
  encoder: Encoder,
  encoding: Map<number, AbortController>,
): Promise<void> {
  const stop = new AbortController()
  encoding.set(id, stop)
  try {
    const found = packEmbeddings(await encoder.encode(texts, { signal: stop.signal }))
    const reply: ToReader = { kind: 'encoded', id, embeddings: found }
    worker.postMessage(reply, buffersOf(found))
  } catch (cause) {
    const reply: ToReader = { kind: 'not-encoded', id, failure: failureOf(cause) }
    worker.postMessage(reply)
  } finally {
    encoding.delete(id)
  }
}

export function closedReader(): KithError {
  return new KithError('unavailable', 'The reader of texts is closed.')
}

function died(reason: string): KithError {
  const help = 'It starts again with the next text. Try again.'
  return new KithError('unavailable', `The thread that reads texts died: ${reason}. ${help}`)
}
