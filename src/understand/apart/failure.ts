/** Errors on their way between threads: what was thrown in one is thrown alike in the other. */
import { type ErrorCode, isKithError, KithError } from '../../errors.ts'

export interface Failure {
  readonly code: ErrorCode
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

export function failureOf(cause: unknown): Failure {
  if (isKithError(cause)) {
    const { code, message, details } = cause
    return { code, message, details }
  }
  const message = cause instanceof Error ? cause.message : String(cause)
  return { code: 'unavailable', message, details: {} }
}

export function errorOf({ code, message, details }: Failure): KithError {
  return new KithError(code, message, { details })
}
