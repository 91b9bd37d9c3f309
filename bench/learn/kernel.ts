/** The kernel's products alone: sparse by dense on gowalla's graph, and one dense product. */

import { openLearningKernel } from '../../src/kernel/learning-kernel.ts'
import { csrOf, rowOfEntries } from '../../src/learn/data/csr.ts'
import type { Dataset } from '../../src/learn/data/dataset.ts'
import { seededRandom } from '../../src/math/random.ts'

export interface KernelFigures {
  /** Both ways of every interaction × 64 numbers. */
  readonly sparseDenseMs: number
  /** Of 1024³. */
  readonly denseGflops: number
  /** One task to the workers and back, with nothing to do. */
  readonly roundTripMs: number
}

const rounds = 12
const width = 64
const size = 1024

export async function benchKernel(dataset: Dataset, threads: number): Promise<KernelFigures> {
  const kernel = openLearningKernel({ threads })
  const random = seededRandom(1)
  const { interactions } = dataset
  const nodes = interactions.rows + interactions.columns
  const rowOf = rowOfEntries(interactions)
  const columnOf = interactions.columnOf.map((item) => item + interactions.rows)
  const both = csrOf({
    rows: nodes,
    columns: nodes,
    rowOf: joined(rowOf, columnOf),
    columnOf: joined(columnOf, rowOf),
  }).csr
  const graph = kernel.sparse(both)
  const [x, out] = [kernel.table(nodes, width), kernel.table(nodes, width)]
  const [a, b, c] = [kernel.table(size, size), kernel.table(size, size), kernel.table(size, size)]
  for (const { values } of [x, a, b]) for (const at of values.keys()) values[at] = random()
  const packed = await kernel.pack(b)
  const little = kernel.table(1, 8)
  const sparseDenseMs = await best(() => kernel.sparseDense(graph, x, out))
  const denseMs = await best(() => kernel.multiply(a, packed, c))
  const roundTripMs = await best(() => kernel.scaleBy(little, 1))
  await kernel.close()
  return { sparseDenseMs, denseGflops: (2 * size ** 3) / denseMs / 1e6, roundTripMs }
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const both = new Int32Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

async function best(work: () => Promise<unknown>): Promise<number> {
  let least = Infinity
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await work()
    least = Math.min(least, performance.now() - start)
  }
  return least
}
