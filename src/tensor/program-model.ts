/** What the main thread and the worker of a program tell each other. */
import type { ErrorCode } from '../errors.ts'

/** A tensor as it travels between threads. */
export interface Values {
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array
}

export interface HeldState {
  readonly name: string
  /** Of the graph, which holds it after a run; undefined: a run leaves it as it is. */
  readonly output?: string | undefined
  readonly values: Values
}

export interface ProgramModel {
  readonly bytes: Uint8Array
  readonly threads: number
  readonly states: readonly HeldState[]
  /** Results by output of the graph. */
  readonly outputs: Readonly<Record<string, string>>
}

/** A mask to draw before a run. */
export interface MaskOrder {
  readonly name: string
  readonly shape: readonly number[]
  readonly rate: number
  readonly seed: number
}

export type ProgramRequest =
  | {
      readonly kind: 'run'
      readonly feeds: Record<string, Values>
      readonly masks: readonly MaskOrder[]
      /** Shapes of float results where they are known: ONNX Runtime then writes them in place. */
      readonly expected?: Readonly<Record<string, readonly number[]>> | undefined
    }
  | { readonly kind: 'hold' | 'write'; readonly values: Record<string, Values> }
  | { readonly kind: 'read'; readonly names: readonly string[] }

/** In the order of the requests, after `ready`. */
export type ProgramReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly values: Record<string, Values> }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }
