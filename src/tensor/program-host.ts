/** The main thread's side of a program's worker: requests go in one by one, answers come in turn. */
import { Worker } from 'node:worker_threads'
import { builtFile } from '../built.ts'
import { KithError } from '../errors.ts'
import { createMailbox } from './mailbox.ts'
import type { ProgramModel, ProgramReply, ProgramRequest, Values } from './program-model.ts'

export interface ProgramHost {
  /** @throws KithError `unavailable` when the worker is gone or ONNX Runtime refuses */
  ask(request: ProgramRequest): Promise<Record<string, Values>>
  /** After what was asked before. */
  close(): Promise<void>
}

interface Waiting {
  resolve(values: Record<string, Values>): void
  reject(error: unknown): void
}

/** Resolves when the program is loaded. */
export async function openProgramHost(model: ProgramModel): Promise<ProgramHost> {
  const worker = new Worker(builtFile('./program-worker.js', import.meta.url), {
    workerData: model,
    // Flags of the process, such as a test runner's, are not for workers.
    execArgv: [],
  })
  const queue: Waiting[] = []
  const mailbox = createMailbox()
  let gone: KithError | undefined
  let isClosing = false

  function settle(reply: ProgramReply): void {
    const waiting = queue.shift()
    // An idle worker must not keep a process alive that has nothing else to do.
    if (queue.length === 0) worker.unref()
    if (reply.kind === 'failed') waiting?.reject(new KithError(reply.code, reply.message))
    else waiting?.resolve(reply.kind === 'done' ? reply.values : {})
  }
  function end(error: KithError): void {
    gone ??= error
    for (const waiting of queue.splice(0)) waiting.reject(error)
  }
  function wait(): Promise<Record<string, Values>> {
    worker.ref()
    return new Promise((resolve, reject) => queue.push({ resolve, reject }))
  }
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      end(unavailable(isClosing ? 'It is closed.' : `Its worker ended with code ${code}.`))
      resolve()
    })
  })
  worker.on('message', settle)
  worker.on('error', (cause) => end(unavailable(`Its worker died: ${cause.message}.`, cause)))
  try {
    await wait()
  } catch (error) {
    await worker.terminate()
    throw error
  }

  return {
    async ask(request) {
      if (gone) throw gone
      if (isClosing) throw unavailable('It is closed.')
      const answer = wait()
      if (request.kind !== 'run') {
        worker.postMessage(request)
        return answer
      }
      const { feeds, release } = mailbox.post(request.feeds)
      worker.postMessage({ ...request, feeds } satisfies ProgramRequest)
      return answer.finally(release)
    },
    async close() {
      if (!isClosing) {
        isClosing = true
        worker.ref()
        worker.postMessage('close')
      }
      await ended
    },
  }
}

function unavailable(reason: string, cause?: unknown): KithError {
  return new KithError('unavailable', `The numeric program cannot run. ${reason}`, { cause })
}
