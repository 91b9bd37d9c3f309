/**
 * The kernel of learning with types: tables in one shared memory, and the operations on them, each
 * computed by worker threads while the caller awaits. Results do not depend on how many threads.
 * `learning-reference.ts` says the same in plain loops.
 */

import { openCrew } from './crew.ts'
import { scratchBytes } from './crew-task.ts'
import type { Context } from './learning/context.ts'
import { createDenseOperations, type DenseOperations } from './learning/dense.ts'
import { createFactorOperations, type FactorOperations } from './learning/factors.ts'
import { createLossOperations, type LossOperations } from './learning/losses.ts'
import { createNeighbourOperations, type NeighbourOperations } from './learning/neighbours.ts'
import { createRowOperations, type RowOperations } from './learning/rows.ts'
import { createSharedLossOperations, type SharedLossOperations } from './learning/shared-loss.ts'
import { createLearningMemory, type LearningMemory } from './learning-memory.ts'
import { compiledLearning, createLearningModule, createSharedMemory } from './learning-module.ts'

export interface LearningKernel
  extends LearningMemory,
    DenseOperations,
    NeighbourOperations,
    RowOperations,
    LossOperations,
    SharedLossOperations,
    FactorOperations {
  readonly threads: number
  /** Ends the threads once what runs is done. */
  close(): Promise<void>
}

export interface LearningKernelOptions {
  /** Default 1. */
  readonly threads?: number | undefined
  /** 0–19: how far the threads stand back behind others (Linux). Default 0. */
  readonly niceness?: number | undefined
}

/** @throws KithError `misconfigured` when the module is not built */
export function openLearningKernel(options: LearningKernelOptions = {}): LearningKernel {
  const { threads = 1, niceness = 0 } = options
  const owned = createLearningMemory(heapStart())
  const scratches = Array.from({ length: threads }, () => owned.allocate(scratchBytes))
  const crew = openCrew({ memory: owned.memory, scratches, niceness })
  const context: Context = { crew, memory: owned }
  const dense = createDenseOperations(context)
  const { floats, integers, table, sparse } = owned
  return {
    threads,
    floats,
    integers,
    table,
    sparse,
    get usedBytes() {
      return owned.usedBytes
    },
    ...dense,
    ...createNeighbourOperations(context),
    ...createRowOperations(context),
    ...createLossOperations(context, dense),
    ...createSharedLossOperations(context, dense),
    ...createFactorOperations(context),
    close: () => crew.close(),
  }
}

function heapStart(): number {
  return createLearningModule(compiledLearning(), createSharedMemory()).heapStart()
}
