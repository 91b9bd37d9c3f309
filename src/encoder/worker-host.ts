/** Keeps one worker thread: starts it when needed, and again after it has died. */
import type { Worker } from 'node:worker_threads'
import { KithError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { OnnxReply } from './onnx-model.ts'

export interface WorkerHost {
  /** Resolves when the model is loaded. @throws KithError what the worker says is wrong */
  ready(): Promise<void>
  /** One at a time. @throws KithError `unavailable` when the worker dies */
  run(texts: readonly string[]): Promise<Vectors>
  close(): Promise<void>
}

export interface Vectors {
  readonly values: Float32Array
  readonly width: number
}

interface HostParts {
  readonly space: string
  readonly start: () => Worker
  readonly log: Log
  readonly closeMs?: number
}

interface Life {
  readonly worker: Worker
  readonly ready: Promise<void>
  readonly gone: Promise<void>
  waiting: PromiseWithResolvers<Vectors> | undefined
}

export function createWorkerHost({ space, start, log, closeMs = 2_000 }: HostParts): WorkerHost {
  let life: Life | undefined
  let inHand: Promise<unknown> = Promise.resolve()
  let isClosed = false
  const closed = `The encoder "${space}" is closed.`

  function begin(): Life {
    const worker = start()
    const ready = withResolvers<void>()
    const gone = withResolvers<void>()
    const begun: Life = { worker, ready: ready.promise, gone: gone.promise, waiting: undefined }
    ready.promise.catch(() => undefined)

    function end(error: KithError): void {
      ready.reject(error)
      begun.waiting?.reject(error)
      begun.waiting = undefined
      if (life === begun) life = undefined
    }
    worker.on('message', (reply: OnnxReply) => {
      if (reply.kind === 'ready') {
        worker.unref()
        ready.resolve()
      } else if (reply.kind === 'vectors') begun.waiting?.resolve(reply)
      else if (begun.waiting) begun.waiting.reject(new KithError(reply.code, reply.message))
      else {
        end(new KithError(reply.code, reply.message))
        void worker.terminate()
      }
    })
    worker.on('error', (cause) => {
      log.error('an encoder worker died', { space, reason: cause.message })
      end(unavailable(`The worker of the encoder "${space}" died: ${cause.message}.`, cause))
    })
    worker.on('exit', (code) => {
      const ended = `The worker of the encoder "${space}" ended with code ${code}. Try again.`
      end(unavailable(isClosed ? closed : ended))
      gone.resolve()
    })
    return begun
  }

  function alive(): Life {
    if (isClosed) throw unavailable(closed)
    life ??= begin()
    return life
  }

  return {
    async ready() {
      await alive().ready
    },
    run(texts) {
      const asking = ask(alive(), texts)
      inHand = asking.catch(() => undefined)
      return asking
    },
    async close() {
      isClosed = true
      if (life) await endLife(life, inHand, closeMs)
    },
  }
}

async function ask(life: Life, texts: readonly string[]): Promise<Vectors> {
  const waiting = withResolvers<Vectors>()
  try {
    await life.ready
    life.worker.ref()
    life.waiting = waiting
    life.worker.postMessage({ texts })
    return await waiting.promise
  } finally {
    life.waiting = undefined
    // An idle worker must not keep a process alive that has nothing else to do.
    life.worker.unref()
  }
}

/** Lets the worker finish what it has in hand and put its model away. */
async function endLife(life: Life, inHand: Promise<unknown>, closeMs: number): Promise<void> {
  const { worker, gone } = life
  const timer = setTimeout(() => void worker.terminate(), closeMs)
  await inHand
  worker.ref()
  worker.postMessage('close')
  await gone
  clearTimeout(timer)
}

function unavailable(message: string, cause?: unknown): KithError {
  return new KithError('unavailable', message, { cause })
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>
  resolve(value: T | PromiseLike<T>): void
  reject(reason: unknown): void
}

function withResolvers<T>(): PromiseWithResolvers<T> {
  let settle: Omit<PromiseWithResolvers<T>, 'promise'> | undefined
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  if (!settle) throw new Error('A promise calls its executor at once.')
  return { promise, ...settle }
}
