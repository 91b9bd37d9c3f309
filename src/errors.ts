/** Every failure a caller may want to handle has a stable `code`; everything else is a bug. */

export type ErrorCode =
  | 'invalid-input'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'not-trained'
  | 'rate-limited'
  | 'misconfigured'
  | 'unavailable'

export interface ErrorOptions {
  /** Facts a program may read: ids, limits, field names. Never secrets, never post text. */
  readonly details?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/**
 * The one error class of the library. Switch on `code`, show `message` to a person: it says what
 * happened, with which value, and what to do.
 */
export class KithError extends Error {
  override readonly name = 'KithError'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, { details = {}, cause }: ErrorOptions = {}) {
    super(message, { cause })
    this.code = code
    this.details = details
  }
}

/** Survives two copies of the library in one process, where `instanceof` does not. */
export function isKithError(error: unknown): error is KithError {
  return error instanceof Error && error.name === 'KithError' && 'code' in error
}
