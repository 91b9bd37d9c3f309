/** The thread that ONNX Runtime may block: loads one model, then answers one request at a time. */
import { parentPort, workerData } from 'node:worker_threads'
import { isKithError } from '../errors.ts'
import type { OnnxModel, OnnxReply, OnnxRequest } from './onnx-model.ts'
import { type OnnxSession, openOnnxSession } from './onnx-session.ts'

async function work(port: NonNullable<typeof parentPort>): Promise<void> {
  const session = await openOnnxSession(workerData as OnnxModel)
  let last = Promise.resolve()
  port.on('message', (request: OnnxRequest | 'close') => {
    last = last.then(async () => {
      if (request !== 'close') return send(port, await answer(session, request))
      await session.close()
      port.close()
    })
  })
  send(port, { kind: 'ready' })
}

async function answer(session: OnnxSession, { texts }: OnnxRequest): Promise<OnnxReply> {
  try {
    return { kind: 'vectors', ...(await session.embed(texts)) }
  } catch (error) {
    return failure(error)
  }
}

function failure(error: unknown): OnnxReply {
  const message = error instanceof Error ? error.message : String(error)
  return { kind: 'failed', code: isKithError(error) ? error.code : 'unavailable', message }
}

function send(port: NonNullable<typeof parentPort>, reply: OnnxReply): void {
  port.postMessage(reply, reply.kind === 'vectors' ? [reply.values.buffer as ArrayBuffer] : [])
}

const port = parentPort
if (port) work(port).catch((error: unknown) => send(port, failure(error)))
