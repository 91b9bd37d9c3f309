/**
 * The WebAssembly kernel with types: one instance owns one growing memory, in which the caller lays
 * out blocks of 64 signed-byte rows (see `assembly/index.ts`), a query and a heap of the best.
 * Call it in short pieces: a first long call would stay in V8's baseline compiler to its end.
 */
import { readCompiled } from './compiled-file.ts'

export const blockRows = 64
const pageBytes = 65_536

export interface Kernel extends KernelFunctions {
  /** Reserves bytes at an offset that is a multiple of 16, zeroed; never given back. */
  allocate(bytes: number): number
  /** The memory; fetch it again after `allocate`, which may move it. */
  readonly buffer: ArrayBuffer
}

/** Offsets are in bytes; `width` is a multiple of 16, `out` is [count] f32. */
interface KernelFunctions {
  widen(source: number, target: number, width: number): void
  /** Sum of the squares of a row of bytes. */
  squares(row: number, width: number): number
  /** Offers the first `count` rows of a block to the heap of the best `k`. */
  scan(query: number, block: number, count: number, width: number, heap: number, k: number): void
  /** Scores of rows by slot; slot s is row s % 64 of block s / 64 from `blocks` on; -1 scores 0. */
  score(
    query: number,
    blocks: number,
    slots: number,
    count: number,
    width: number,
    out: number,
  ): void
  /** Turns the heap into a list, best first; among equals the smaller number is first. */
  sortHeap(heap: number, k: number): void
}

interface KernelExports extends KernelFunctions {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  heapStart(): number
}

/** The one corner of the WebAssembly API used here; Node's types leave it to the DOM's. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

let compiled: object | undefined

export function createKernel(): Kernel {
  compiled ??= new WebAssembly.Module(readCompiled('kernel.wasm'))
  const exports = new WebAssembly.Instance(compiled).exports as KernelExports
  const { memory, widen, squares, scan, score, sortHeap } = exports
  let end = aligned(exports.heapStart())
  return {
    widen,
    squares,
    scan,
    score,
    sortHeap,
    get buffer() {
      return memory.buffer
    },
    allocate(bytes) {
      const start = end
      end = aligned(start + bytes)
      const missing = end - memory.buffer.byteLength
      if (missing > 0) memory.grow(Math.ceil(missing / pageBytes))
      return start
    },
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16
}
