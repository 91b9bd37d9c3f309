/** What the caller and the workers of the learning kernel tell each other, and where it lies. */
import type { SharedMemory } from './learning-module.ts'

export interface WorkerStart {
  readonly module: object
  readonly memory: SharedMemory
  /** `controlSize` whole numbers, then `mostParameters` doubles. */
  readonly control: SharedArrayBuffer
  /** Offset of the worker's own piece of the memory. */
  readonly scratch: number
  /** 0–19; above 0 other threads go first. */
  readonly niceness: number
}

/** Sent by the last worker that finishes a task. */
export interface CrewTask {
  readonly task: number
}

export const controlSize = 16
export const mostParameters = 24

/** Places in the control block. `task` rises by one for each task: workers sleep on it. */
export const controlWord = {
  task: 0,
  isClosed: 1,
  operation: 2,
  parameters: 3,
  count: 4,
  chunk: 5,
  /** Where the next chunk begins; whoever adds to it has it. */
  next: 6,
  /** Workers that have not finished. */
  running: 7,
} as const

export const scratchBytes = 1 << 20
