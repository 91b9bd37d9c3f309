/** Trains in a process of its own, told of the past in slices; killed when it is no longer wanted. */
import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { isKithError, KithError } from '../../errors.ts'
import {
  type FromTraining,
  fromTrainingSchema,
  type Numbered,
  type Outcome,
  type ToTraining,
} from './messages.ts'
import { watchBusiness } from './pace.ts'
import type { PastPart } from './past.ts'
import type { ShownPart } from './shown-past.ts'

export interface ApartOptions {
  /** The built entry of the process. */
  readonly entry: URL
  readonly seed: number
  readonly serving?: Numbered | undefined
  /** The file that a killed training goes on from. */
  readonly checkpoint?: string | undefined
  readonly signal: AbortSignal
  readonly progress?: ((phase: string, done: number, total: number) => void) | undefined
  readonly report?: ((name: string, step: number, value: number) => void) | undefined
  /** Told of the process id, so that a test can end it. */
  readonly started?: ((pid: number | undefined) => void) | undefined
}

/** @throws KithError `unavailable` when it fails, or ends before it is done: see `wasKilled` */
export async function trainApart(
  past: Iterable<PastPart | ShownPart>,
  options: ApartOptions,
): Promise<Outcome> {
  const { entry, seed, serving, checkpoint, signal, started } = options
  signal.throwIfAborted()
  const child = fork(entry, {
    ...{ serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  })
  const kill = (): void => {
    child.kill('SIGKILL')
  }
  signal.addEventListener('abort', kill, { once: true })
  const stopWatching = watchBusiness((share) => void tell(child, { kind: 'pace', share }))
  started?.(child.pid)
  try {
    const outcome = outcomeOf(child, options)
    // When telling fails, the outcome says why.
    outcome.catch(() => undefined)
    const telling = tellAll(child, past, { kind: 'train', seed, serving, checkpoint })
    return await Promise.race([outcome, telling.then(() => outcome)])
  } finally {
    stopWatching()
    signal.removeEventListener('abort', kill)
    kill()
  }
}

/** Parts are written out in the engine's own process, between its pages. */
const restsPerWork = 5

async function tellAll(
  child: ChildProcess,
  past: Iterable<PastPart | ShownPart>,
  last: ToTraining,
): Promise<void> {
  for (const part of past) {
    if (!child.connected) return
    const started = performance.now()
    await tell(child, { kind: 'part', part })
    // What it took is over before the next: pages come first.
    await pause(restsPerWork * (performance.now() - started))
  }
  await tell(child, last)
}

function tell(child: ChildProcess, message: ToTraining): Promise<void> {
  return new Promise((resolve) => {
    // A process that is gone cannot be told; its end is noticed elsewhere.
    if (!child.connected) return resolve()
    child.send(message, () => resolve())
  })
}

function outcomeOf(child: ChildProcess, { progress, report }: ApartOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const said: FromTraining = fromTrainingSchema.parse(message)
      if (said.kind === 'progress') progress?.(said.phase, said.done, said.total)
      else if (said.kind === 'report') report?.(said.name, said.step, said.value)
      else if (said.kind === 'trained') resolve(said)
      else reject(new KithError('unavailable', `The training failed: ${said.message}`))
    })
    child.once('error', (cause) => reject(ended('could not be started', cause)))
    child.once('exit', (code, signal) => reject(ended(`ended (${signal ?? `code ${code}`})`)))
  })
}

/** Of what `trainApart` throws: its process ended without a word, so another may go on. */
export function wasKilled(cause: unknown): boolean {
  return isKithError(cause) && cause.details['hasEnded'] === true
}

function ended(how: string, cause?: unknown): KithError {
  return new KithError(
    'unavailable',
    `The training process ${how} before it was done. Nothing was changed; start it again.`,
    { cause, details: { hasEnded: true } },
  )
}
