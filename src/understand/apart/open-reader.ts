/**
 * Understanding in a thread of its own, so that the thread that answers pages never waits for it. The
 * answers are those of `openUnderstanding`; the encoder stays here and is asked from there.
 */
import { Worker } from 'node:worker_threads'
import { builtFile } from '../../built.ts'
import type { ItemLabels } from '../../domain/labels.ts'
import type { Understanding } from '../../domain/understanding.ts'
import type { Encoder } from '../../encoder/encoder.ts'
import type { Log } from '../../log.ts'
import type { SpaceTopics } from '../topics/space-topics.ts'
import type { Understander } from '../understand.ts'
import type { ReaderStart } from './messages.ts'
import { closedReader, createReadingThread, type ReadingThread } from './reading-thread.ts'

export interface ReaderParts {
  readonly encoder: Encoder
  readonly log: Log
  /** Of the heads; those that ship with Kith by default. */
  readonly folder?: string | undefined
  /** Texts under way at one time, of all calls. */
  readonly queueLimit?: number | undefined
  /** As of `nice`, where threads have one (Linux). Default: 5, so that pages come first. */
  readonly politeness?: number | undefined
  readonly startWorker?: ((start: ReaderStart) => Worker) | undefined
}

export interface Reader extends Understander {
  /** What is missing and what still works, in sentences; none when all is well. */
  readonly problems: readonly string[]
}

/** The thread's own heap, MB: what wants more is a fault, and ends the thread, not the engine. */
const mostHeapMb = 768

/**
 * A thread that died is started again with the next text.
 * @throws KithError `unavailable` when it does not start at all
 */
export async function openReader(parts: ReaderParts): Promise<Reader> {
  const { encoder, log, folder, queueLimit, politeness = 5 } = parts
  const { startWorker = startBuiltWorker } = parts
  let thread: ReadingThread | undefined
  let topics: readonly SpaceTopics[] = []
  let isClosed = false

  function alive(): ReadingThread {
    if (isClosed) throw closedReader()
    if (thread) return thread
    thread = createReadingThread(
      startWorker({ spaces: encoder.spaces, folder, queueLimit, politeness }),
      encoder,
      (reason) => {
        thread = undefined
        log.error('the thread that reads texts died', { reason })
      },
    )
    if (topics.length > 0) thread.knowTopics(topics)
    return thread
  }

  const { name, heads, problems } = await alive().ready
  return {
    name,
    heads,
    problems,
    async understand(texts, options = {}) {
      return (await alive().ask('understand', texts, options)) as Understanding[]
    },
    async label(texts, options = {}) {
      return (await alive().ask('label', texts, options)) as ItemLabels[]
    },
    knowTopics(known) {
      topics = known
      thread?.knowTopics(known)
    },
    async close() {
      isClosed = true
      await thread?.close()
    },
  }
}

function startBuiltWorker(start: ReaderStart): Worker {
  return new Worker(builtFile('./reading-worker.js', import.meta.url), {
    workerData: start,
    // Flags of the process (`--input-type`, `--inspect` …) are not for its workers.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
  })
}
