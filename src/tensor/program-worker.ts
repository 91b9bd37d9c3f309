/** The thread that ONNX Runtime may block: loads one program, then answers in turn. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { isKithError } from '../errors.ts'
import type { ProgramModel, ProgramReply, ProgramRequest, Values } from './program-model.ts'
import { openProgramSession, type ProgramSession } from './program-session.ts'

async function work(port: MessagePort): Promise<void> {
  const session = await openProgramSession(workerData as ProgramModel)
  let last = Promise.resolve()
  port.on('message', (request: ProgramRequest | 'close') => {
    last = last.then(async () => {
      if (request !== 'close') return send(port, await answer(session, request))
      await session.close()
      port.close()
    })
  })
  send(port, { kind: 'ready' })
}

async function answer(session: ProgramSession, request: ProgramRequest): Promise<ProgramReply> {
  try {
    return { kind: 'done', values: await perform(session, request) }
  } catch (error) {
    return failure(error)
  }
}

async function perform(
  session: ProgramSession,
  request: ProgramRequest,
): Promise<Record<string, Values>> {
  if (request.kind === 'run') return session.run(request)
  if (request.kind === 'read') return session.read(request.names)
  session[request.kind](request.values)
  return {}
}

function failure(error: unknown): ProgramReply {
  const message = error instanceof Error ? error.message : String(error)
  return { kind: 'failed', code: isKithError(error) ? error.code : 'unavailable', message }
}

/** Results move; they are copies that nobody here needs any more. */
function send(port: MessagePort, reply: ProgramReply): void {
  const values = reply.kind === 'done' ? Object.values(reply.values) : []
  port.postMessage(reply, [...new Set(values.map(({ data }) => data.buffer as ArrayBuffer))])
}

if (parentPort) {
  const port = parentPort
  work(port).catch((error: unknown) => send(port, failure(error)))
}
