/** The shared memory of learning, laid out block after block; given back only as a whole. */
import { KithError } from '../errors.ts'
import { createSharedMemory, mostPages, pageBytes, type SharedMemory } from './learning-module.ts'

/** [rows × width] floats, row by row; `values` is a view into the kernel's memory. */
export interface Table {
  readonly rows: number
  /** A multiple of 8. */
  readonly width: number
  readonly values: Float32Array
}

/** Rows of entries: which columns, and how much each counts (1 when `values` is left out). */
export interface SparseSource {
  readonly rows: number
  readonly columns: number
  /** [rows + 1] */
  readonly starts: Int32Array
  /** [entries] in [0, columns) */
  readonly columnOf: Int32Array
  /** [entries] */
  readonly values?: Float32Array | undefined
}

/** The same, in the kernel's memory. */
export interface SparseMatrix extends SparseSource {
  readonly isShared: true
}

/** Everything handed out lies in the kernel's memory and stays valid until it is closed. */
export interface LearningMemory {
  /** Zeros. @throws KithError `unavailable` when 4 GiB are used up */
  floats(length: number): Float32Array
  /** A copy of `values`. */
  integers(values: ArrayLike<number>): Int32Array
  /** Zeros. @param width rounded up to a multiple of 8: the rest of a row is zeros */
  table(rows: number, width: number): Table
  /** A copy. */
  sparse(source: SparseSource): SparseMatrix
  /** Bytes handed out so far. */
  readonly usedBytes: number
}

export interface OwnedMemory extends LearningMemory {
  readonly memory: SharedMemory
  allocate(bytes: number): number
  /** @throws RangeError for an array that is not of this memory */
  offsetOf(values: Float32Array | Int32Array): number
}

const alignment = 64

/** @param start where the module's own data ends */
export function createLearningMemory(start: number): OwnedMemory {
  const memory = createSharedMemory()
  const buffers = new WeakSet<object>([memory.buffer])
  let end = aligned(start)

  function allocate(bytes: number): number {
    const offset = end
    const wanted = aligned(offset + bytes)
    const missing = wanted - memory.buffer.byteLength
    if (missing > 0) grow(memory, Math.ceil(missing / pageBytes))
    buffers.add(memory.buffer)
    end = wanted
    return offset
  }
  function floats(length: number): Float32Array {
    const offset = allocate(length * 4)
    return new Float32Array(memory.buffer, offset, length)
  }
  function integers(values: ArrayLike<number>): Int32Array {
    const offset = allocate(values.length * 4)
    const copy = new Int32Array(memory.buffer, offset, values.length)
    copy.set(values)
    return copy
  }
  return {
    memory,
    allocate,
    floats,
    integers,
    table(rows, width) {
      const padded = Math.ceil(width / 8) * 8
      return { rows, width: padded, values: floats(rows * padded) }
    },
    sparse({ rows, columns, starts, columnOf, values }) {
      const copy = values && floats(values.length)
      if (copy && values) copy.set(values)
      const places = { starts: integers(starts), columnOf: integers(columnOf) }
      return { rows, columns, ...places, values: copy, isShared: true }
    },
    offsetOf(values) {
      if (buffers.has(values.buffer)) return values.byteOffset
      throw new RangeError('A learning kernel works only on arrays that it handed out itself.')
    },
    get usedBytes() {
      return end
    },
  }
}

/** Rows [from, to) of a table: a view, not a copy. */
export function tableRows({ width, values }: Table, from: number, to: number): Table {
  return { rows: to - from, width, values: values.subarray(from * width, to * width) }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment
}

function grow(memory: SharedMemory, pages: number): void {
  const wanted = memory.buffer.byteLength / pageBytes + pages
  if (wanted > mostPages) throw exhausted(wanted)
  try {
    memory.grow(pages)
  } catch (cause) {
    throw exhausted(wanted, cause)
  }
}

function exhausted(pages: number, cause?: unknown): KithError {
  const mib = Math.ceil((pages * pageBytes) / 2 ** 20)
  const message = `The learning kernel cannot have ${mib} MiB of memory. Use a smaller width or less data.`
  return new KithError('unavailable', message, { cause })
}
