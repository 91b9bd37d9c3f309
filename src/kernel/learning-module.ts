/**
 * The compiled module of learning (`assembly/learning.ts`) and the memory its workers share. Node's
 * types leave the WebAssembly API to the DOM's, so the corner of it used here is declared.
 */
import { readCompiled } from './compiled-file.ts'

/** Grows in place: a view into it stays valid for good. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer
  grow(pages: number): number
}

/** Rows (or whatever it divides its work by) [from, to), then the operation's own numbers. */
export type Operation = (from: number, to: number, ...parameters: number[]) => void

/** In the order in which their numbers are sent to workers. */
export const operationNames = [
  'sparseDense',
  'packColumns',
  'packRows',
  'multiply',
  'transpose',
  'gramSlices',
  'sumGrams',
  'addScaled',
  'scaleBy',
  'adam',
  'normaliseRows',
  'normaliseRowsBack',
  'addNoise',
  'gatherRows',
  'scatterRows',
  'alsRows',
  'alsErrors',
  'sampleScores',
  'softmaxSlopes',
  'logisticSlopes',
  'marginSlopes',
  'sampleGradients',
  'softmaxRows',
  'nearest',
  'sliceRows',
  'sumNeighbours',
  'pairSteps',
  'sharedLossRows',
  'multiplyTurned',
] as const

export type OperationName = (typeof operationNames)[number]

export interface LearningModule extends Readonly<Record<OperationName, Operation>> {
  heapStart(): number
  takeScratch(offset: number): void
}

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedMemory
}

export const pageBytes = 65_536
/** 4 GiB, all that 32-bit offsets reach. */
export const mostPages = 65_536

let compiled: object | undefined

/** Compiled once in a process: workers share its machine code and how far that is optimised. */
export function compiledLearning(): object {
  compiled ??= new WebAssembly.Module(readCompiled('learning.wasm'))
  return compiled
}

export function createSharedMemory(): SharedMemory {
  return new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: true })
}

export function createLearningModule(module: object, memory: SharedMemory): LearningModule {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as LearningModule
}
