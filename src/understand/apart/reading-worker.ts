/**
 * The thread that reads texts: everything of understanding but the encoder's models, which run beside
 * it. It has the lowest claim to a core, as feeds are answered by another thread.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Encoder } from '../../encoder/encoder.ts'
import type { Head, HeadFacts } from '../head.ts'
import { openHeads } from '../open-heads.ts'
import { openUnderstanding, type Understander } from '../understand.ts'
import { errorOf, failureOf } from './failure.ts'
import type { FromReader, ReaderStart, ToReader } from './messages.ts'
import { unpackEmbeddings } from './packed.ts'
import { bePolite } from './politeness.ts'

type Ask = Extract<ToReader, { kind: 'ask' }>

async function read(port: MessagePort): Promise<void> {
  const { spaces, folder, queueLimit, politeness } = workerData as ReaderStart
  const beside = encoderBeside(port, spaces)
  const { heads, problems } = await openHeads(beside.encoder, folder)
  const understanding = openUnderstanding({ encoder: beside.encoder, heads, queueLimit })
  const asked = new Map<number, AbortController>()
  port.on('message', (message: ToReader) => {
    if (message.kind === 'ask') {
      // Not before the first answer, for which dictionaries are loaded.
      void answer(message, understanding, asked, port).finally(() => bePolite(politeness))
    } else if (message.kind === 'topics') understanding.knowTopics(message.topics)
    else if (message.kind === 'stop') asked.get(message.id)?.abort()
    else beside.take(message)
  })
  const { name } = understanding
  tell(port, { kind: 'ready', name, heads: heads.map(factsOf), problems })
}

async function answer(
  { id, verb, texts, embeddings, why }: Ask,
  understanding: Understander,
  asked: Map<number, AbortController>,
  port: MessagePort,
): Promise<void> {
  const stop = new AbortController()
  asked.set(id, stop)
  const options = { embeddings: unpackEmbeddings(embeddings), signal: stop.signal }
  try {
    if (verb === 'label') {
      tell(port, { kind: 'labelled', id, answer: await understanding.label(texts, options) })
    } else {
      const found = await understanding.understand(texts, { ...options, why })
      tell(port, { kind: 'understood', id, answer: found })
    }
  } catch (cause) {
    tell(port, { kind: 'failed', id, failure: failureOf(cause) })
  } finally {
    asked.delete(id)
  }
}

/** Asks the engine's encoder over the port. */
function encoderBeside(port: MessagePort, spaces: readonly string[]) {
  const waiting = new Map<number, (reply: ToReader) => void>()
  let last = 0
  const encoder: Encoder = {
    name: 'beside',
    spaces,
    encode(texts, { signal } = {}) {
      signal?.throwIfAborted()
      const id = ++last
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          waiting.delete(id)
          tell(port, { kind: 'stop-encoding', id })
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', leave, { once: true })
        waiting.set(id, (reply) => {
          signal?.removeEventListener('abort', leave)
          waiting.delete(id)
          if (reply.kind === 'encoded') resolve(unpackEmbeddings(reply.embeddings))
          else if (reply.kind === 'not-encoded') reject(errorOf(reply.failure))
        })
        tell(port, { kind: 'encode', id, texts })
      })
    },
    close: async () => undefined,
  }
  const take = (reply: Extract<ToReader, { kind: 'encoded' | 'not-encoded' }>): void =>
    waiting.get(reply.id)?.(reply)
  return { encoder, take }
}

/** Functions cannot be told. */
function factsOf({ name, question, languages, run, classes, spaces }: Head): HeadFacts {
  return { name, question, languages, run, classes, spaces }
}

function tell(port: MessagePort, message: FromReader): void {
  port.postMessage(message)
}

if (parentPort) await read(parentPort)
