/**
 * The threads of the learning kernel: computing happens in them alone, and the caller awaits, so an
 * event loop that serves pages never stands still. They share the work in chunks of rows: the first
 * long call of a function would stay in V8's baseline compiler to its end.
 */
import { Worker } from 'node:worker_threads'
import { builtFile } from '../built.ts'
import { KithError } from '../errors.ts'
import {
  type CrewTask,
  controlSize,
  controlWord,
  mostParameters,
  type WorkerStart,
} from './crew-task.ts'
import {
  compiledLearning,
  type OperationName,
  operationNames,
  type SharedMemory,
} from './learning-module.ts'

export interface Crew {
  readonly threads: number
  /** Resolves when all of [0, count) is done; tasks run one after another. */
  run(name: OperationName, work: Work): Promise<void>
  /** Waits for what runs. */
  close(): Promise<void>
}

export interface Work {
  readonly count: number
  /** So many at a time. */
  readonly chunk: number
  readonly parameters: readonly number[]
}

interface CrewParts {
  readonly memory: SharedMemory
  /** One per worker. */
  readonly scratches: readonly number[]
  readonly niceness: number
}

interface Waiting {
  resolve(): void
  reject(reason: unknown): void
}

export function openCrew({ memory, scratches, niceness }: CrewParts): Crew {
  const shared = new SharedArrayBuffer(controlSize * 4 + mostParameters * 8)
  const control = new Int32Array(shared, 0, controlSize)
  const slots = new Float64Array(shared, controlSize * 4, mostParameters)
  const module = compiledLearning()
  let waiting: Waiting | undefined
  let last: Promise<unknown> = Promise.resolve()
  let failure: KithError | undefined
  const workers = scratches.map((scratch) => {
    const worker = startWorker({ module, memory, control: shared, scratch, niceness })
    worker.unref()
    worker.on('message', ({ task }: CrewTask) => {
      if (task === control[controlWord.task]) waiting?.resolve()
    })
    worker.on('error', (cause) =>
      fail(`A worker of the learning kernel died: ${cause.message}`, cause),
    )
    worker.on('exit', () => fail('The learning kernel is closed.'))
    return worker
  })

  function fail(message: string, cause?: unknown): void {
    failure ??= new KithError('unavailable', `${message} Open it again.`, { cause })
    waiting?.reject(failure)
  }

  function announce(name: OperationName, { count, chunk, parameters }: Work): void {
    control[controlWord.operation] = operationNames.indexOf(name)
    control[controlWord.parameters] = parameters.length
    control[controlWord.count] = count
    control[controlWord.chunk] = chunk
    control[controlWord.next] = 0
    control[controlWord.running] = workers.length
    slots.set(parameters)
    Atomics.add(control, controlWord.task, 1)
    Atomics.notify(control, controlWord.task)
  }

  async function perform(name: OperationName, work: Work): Promise<void> {
    if (failure) throw failure
    const finished = new Promise<void>((resolve, reject) => {
      waiting = { resolve, reject }
    })
    // An idle worker must not keep a process alive that has nothing else to do.
    for (const worker of workers) worker.ref()
    announce(name, work)
    try {
      await finished
    } finally {
      waiting = undefined
      for (const worker of workers) worker.unref()
    }
  }

  return {
    threads: workers.length,
    run(name, work) {
      const performed = last.then(() => (work.count > 0 ? perform(name, work) : undefined))
      last = performed.catch(() => undefined)
      return performed
    },
    async close() {
      await last
      failure ??= new KithError('unavailable', 'The learning kernel is closed. Open it again.')
      control[controlWord.isClosed] = 1
      Atomics.add(control, controlWord.task, 1)
      Atomics.notify(control, controlWord.task)
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

function startWorker(start: WorkerStart): Worker {
  // Flags of the process (`--input-type`, `--inspect` …) are not for its workers.
  const flags = { execArgv: [] }
  return new Worker(builtFile('./learning-worker.js', import.meta.url), {
    workerData: start,
    ...flags,
  })
}
