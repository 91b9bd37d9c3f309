/** Kernels and tables for the tests of learning. */
import { afterEach } from 'vitest'
import { normal, type Random } from '../math/random.ts'
import { type LearningKernel, openLearningKernel } from './learning-kernel.ts'
import type { Table } from './learning-memory.ts'

/** @returns opens a kernel that is closed after the test */
export function kernelsForTests(): (threads?: number) => LearningKernel {
  const kernels: LearningKernel[] = []
  afterEach(async () => {
    await Promise.all(kernels.splice(0).map((kernel) => kernel.close()))
  })
  return (threads = 1) => {
    const kernel = openLearningKernel({ threads })
    kernels.push(kernel)
    return kernel
  }
}

export function randomTable(
  kernel: LearningKernel,
  rows: number,
  width: number,
  random: Random,
): Table {
  const table = kernel.table(rows, width)
  table.values.set(Float32Array.from(table.values, () => normal(random)))
  return table
}
