/** The worker of the kernel by itself: what it does about a bell that rings for nothing. */
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { builtFile } from '../built.ts'
import { controlSize, controlWord, mostParameters, type WorkerStart } from './crew-task.ts'
import { compiledLearning, createLearningModule, createSharedMemory } from './learning-module.ts'

it('does a task once, however often it is woken', async () => {
  const shared = new SharedArrayBuffer(controlSize * 4 + mostParameters * 8)
  const control = new Int32Array(shared, 0, controlSize)
  const [module, memory] = [compiledLearning(), createSharedMemory()]
  const scratch = createLearningModule(module, memory).heapStart()
  const start: WorkerStart = { module, memory, control: shared, scratch, niceness: 0 }
  const worker = new Worker(builtFile('./learning-worker.js', import.meta.url), {
    workerData: start,
    execArgv: [],
  })
  const wake = async (): Promise<void> => {
    // Only a worker that sleeps can be woken.
    while (Atomics.notify(control, controlWord.task) === 0) await pause(1)
  }
  const announce = (): Promise<unknown> => {
    // Of several workers this is the last: the others have already done their part.
    control[controlWord.running] = 1
    const told = once(worker, 'message')
    Atomics.add(control, controlWord.task, 1)
    Atomics.notify(control, controlWord.task)
    return told
  }
  try {
    await wake()
    expect(await announce()).toEqual([{ task: 1 }])
    for (let times = 0; times < 3; times++) await wake()
    await wake()
    expect(control[controlWord.running]).toBe(0)
    expect(await announce()).toEqual([{ task: 2 }])
  } finally {
    await worker.terminate()
  }
})
