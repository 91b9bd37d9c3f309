/**
 * A thread of the learning kernel: sleeps until work is announced, then takes chunk after chunk of
 * it until none is left. The last to finish tells the caller.
 */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import {
  type CrewTask,
  controlSize,
  controlWord,
  mostParameters,
  type WorkerStart,
} from './crew-task.ts'
import { createLearningModule, operationNames } from './learning-module.ts'

function work({ module, memory, control: shared, scratch, niceness }: WorkerStart): void {
  const learning = createLearningModule(module, memory)
  learning.takeScratch(scratch)
  // On Linux this is the priority of this thread alone.
  if (niceness > 0) setPriority(niceness)
  const control = new Int32Array(shared, 0, controlSize)
  const parameters = new Float64Array(shared, controlSize * 4, mostParameters)
  let seen = 0
  for (;;) {
    seen = nextTask(control, seen)
    if (Atomics.load(control, controlWord.isClosed) === 1) return
    const operation = learning[operationNames[control[controlWord.operation]!]!]
    const size = control[controlWord.parameters]!
    takeChunks(control, (from, to) => operation(from, to, ...parameters.subarray(0, size)))
    if (Atomics.sub(control, controlWord.running, 1) === 1) {
      parentPort?.postMessage({ task: seen } satisfies CrewTask)
    }
  }
}

/**
 * Sleeps until there is another task than the one that was seen. The bell that rings for a task may
 * reach a worker that has done it and sleeps again: it must not be counted as finished twice.
 */
function nextTask(control: Int32Array, seen: number): number {
  for (;;) {
    const task = Atomics.load(control, controlWord.task)
    if (task !== seen) return task
    Atomics.wait(control, controlWord.task, seen)
  }
}

function takeChunks(control: Int32Array, compute: (from: number, to: number) => void): void {
  const count = control[controlWord.count]!
  const chunk = control[controlWord.chunk]!
  for (;;) {
    const from = Atomics.add(control, controlWord.next, chunk)
    if (from >= count || from < 0) return
    compute(from, Math.min(count, from + chunk))
  }
}

if (parentPort) work(workerData as WorkerStart)
