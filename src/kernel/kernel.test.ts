import { expect, it } from 'vitest'
import { integer, seededRandom } from '../math/random.ts'
import { blockRows, createKernel, type Kernel } from './kernel.ts'
import { bestOf, dotProduct } from './reference.ts'

/** Rows of random bytes (extremes included) laid out as blocks, with inverse norms of 2^-(row % 3). */
function layOut(kernel: Kernel, rowCount: number, width: number) {
  const random = seededRandom(rowCount * 1000 + width)
  const blockBytes = blockRows * (width + 8)
  const blocks = kernel.allocate(Math.ceil(rowCount / blockRows) * blockBytes)
  const query = kernel.allocate(width * 2)
  const rows = Array.from({ length: rowCount }, () => randomBytes(random, width))
  const scores = new Float32Array(rowCount)
  const asked = Int16Array.from({ length: width }, () => integer(random, -32767, 32768))
  new Int16Array(kernel.buffer, query, width).set(asked)
  for (const [number, row] of rows.entries()) {
    const block = blocks + Math.floor(number / blockRows) * blockBytes
    const within = number % blockRows
    const norm = 2 ** -(number % 3)
    new Int8Array(kernel.buffer, block + within * width, width).set(row)
    new Float32Array(kernel.buffer, block + blockRows * width, blockRows)[within] = norm
    new Int32Array(kernel.buffer, block + blockRows * (width + 4), blockRows)[within] = number
    scores[number] = dotProduct(asked, row) * norm
  }
  return { blocks, blockBytes, query, scores }
}

function randomBytes(random: () => number, width: number): Int8Array {
  return Int8Array.from({ length: width }, () => integer(random, -128, 128))
}

function search(kernel: Kernel, rowCount: number, width: number, k: number) {
  const { blocks, blockBytes, query, scores } = layOut(kernel, rowCount, width)
  const heap = kernel.allocate(16 + 8 * k)
  for (let first = 0; first < rowCount; first += blockRows) {
    const block = blocks + (first / blockRows) * blockBytes
    kernel.scan(query, block, Math.min(blockRows, rowCount - first), width, heap, k)
  }
  kernel.sortHeap(heap, k)
  const size = new Int32Array(kernel.buffer, heap, 1)[0]!
  const found = new Float32Array(kernel.buffer, heap + 16, size)
  const numbers = new Int32Array(kernel.buffer, heap + 16 + 4 * k, size)
  return { found: Array.from(numbers, (number, i) => ({ number, score: found[i]! })), scores }
}

it.each([
  [1, 16, 3],
  [63, 48, 10],
  [64, 384, 64],
  [131, 384, 1],
  [700, 512, 100],
  [5, 32, 50],
])('finds the best of %i rows × %i like a plain loop, k = %i', (rowCount, width, k) => {
  const { found, scores } = search(createKernel(), rowCount, width, k)
  expect(found).toEqual(bestOf(scores, k))
})

it('puts the smaller number first among equal rows', () => {
  const kernel = createKernel()
  const { blocks } = layOut(kernel, 64, 16)
  new Int8Array(kernel.buffer, blocks, 64 * 16).fill(1)
  new Float32Array(kernel.buffer, blocks + 64 * 16, 64).fill(1)
  const query = kernel.allocate(32)
  new Int16Array(kernel.buffer, query, 16).fill(1)
  const heap = kernel.allocate(16 + 8 * 5)
  kernel.scan(query, blocks, 64, 16, heap, 5)
  kernel.sortHeap(heap, 5)
  expect([...new Int32Array(kernel.buffer, heap + 16 + 20, 5)]).toEqual([0, 1, 2, 3, 4])
})

it('scores rows by slot in any order, and 0 for slot -1', () => {
  const kernel = createKernel()
  const { blocks, query, scores } = layOut(kernel, 200, 384)
  const slots = Int32Array.of(199, -1, 0, 64, 63, 0)
  const slotsAt = kernel.allocate(slots.byteLength)
  const out = kernel.allocate(slots.byteLength)
  new Int32Array(kernel.buffer, slotsAt, slots.length).set(slots)
  kernel.score(query, blocks, slotsAt, slots.length, 384, out)
  const expected = Array.from(slots, (slot) => (slot < 0 ? 0 : scores[slot]))
  expect([...new Float32Array(kernel.buffer, out, slots.length)]).toEqual(expected)
})

it('widens bytes to a query and sums their squares', () => {
  const kernel = createKernel()
  const source = kernel.allocate(48)
  const target = kernel.allocate(96)
  const bytes = randomBytes(seededRandom(1), 48)
  new Int8Array(kernel.buffer, source, 48).set(bytes)
  kernel.widen(source, target, 48)
  expect([...new Int16Array(kernel.buffer, target, 48)]).toEqual([...bytes])
  expect(kernel.squares(source, 48)).toBe(dotProduct(bytes, bytes))
})

it('grows its memory without losing what is in it', () => {
  const kernel = createKernel()
  const first = kernel.allocate(16)
  new Int8Array(kernel.buffer, first, 16).fill(7)
  const second = kernel.allocate(10_000_000)
  expect(second % 16).toBe(0)
  expect([...new Int8Array(kernel.buffer, first, 16)]).toEqual(Array(16).fill(7))
  expect(new Int8Array(kernel.buffer, second, 10_000_000).every((byte) => byte === 0)).toBe(true)
})
