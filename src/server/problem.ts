/** Every error as RFC 9457 problem+json: what happened, with which value, what to do. */
import { z } from 'zod'
import { type ErrorCode, isKithError } from '../errors.ts'

const statusOf = {
  'invalid-input': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'not-trained': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'rate-limited': 429,
  internal: 500,
  misconfigured: 500,
  unavailable: 503,
} as const satisfies Record<
  ErrorCode | 'method-not-allowed' | 'unsupported-media-type' | 'internal',
  number
>

export type ProblemCode = keyof typeof statusOf
export type ProblemStatus = (typeof statusOf)[ProblemCode]

const titleOf: Readonly<Record<ProblemCode, string>> = {
  'invalid-input': 'The request is not valid',
  unauthorized: 'An API key is needed',
  forbidden: 'This key may not do that',
  'not-found': 'There is no such thing',
  'method-not-allowed': 'Wrong method',
  conflict: 'It contradicts what is there',
  'not-trained': 'Not trained yet',
  'too-large': 'The request is too large',
  'unsupported-media-type': 'Wrong content type',
  'rate-limited': 'Too many requests',
  internal: 'Something went wrong here',
  misconfigured: 'The server is set up wrongly',
  unavailable: 'Not available now',
}

const problemErrorSchema = z.object({
  in: z.enum(['path', 'query', 'body']),
  /** Into the input, for example `events[3].userId`. */
  path: z.string(),
  message: z.string(),
})
export type ProblemError = z.output<typeof problemErrorSchema>

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(Object.keys(statusOf) as [ProblemCode, ...ProblemCode[]]),
  /** Names this one failure in the log; holds no address and no id of a person. */
  instance: z.string(),
  errors: z.array(problemErrorSchema).optional(),
  details: z.record(z.string(), z.unknown()).optional(),
})
export type Problem = z.output<typeof problemSchema>

interface RefusalOptions {
  readonly errors?: readonly ProblemError[]
  readonly headers?: Readonly<Record<string, string>>
}

/** A request that HTTP itself refuses, before the engine is asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ProblemCode
  readonly errors: readonly ProblemError[] | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ProblemCode, detail: string, { errors, headers = {} }: RefusalOptions = {}) {
    super(detail)
    this.code = code
    this.errors = errors
    this.headers = headers
  }
}

export interface ProblemAnswer {
  readonly problem: Problem
  readonly status: ProblemStatus
  readonly headers: Readonly<Record<string, string>>
}

/** What an outsider may know of an error. Only a 500 hides its sentence; the log has the rest. */
export function problemOf(error: unknown, requestId: string): ProblemAnswer {
  const code = codeOf(error)
  const status = statusOf[code]
  const problem: Problem = {
    type: `urn:kith:problem:${code}`,
    title: titleOf[code],
    status,
    detail: status === 500 ? hiddenDetail(requestId) : (error as Error).message,
    code,
    instance: `urn:uuid:${requestId}`,
  }
  if (error instanceof Refusal) {
    if (error.errors) problem.errors = [...error.errors]
    return { problem, status, headers: error.headers }
  }
  if (isKithError(error) && status !== 500 && Object.keys(error.details).length > 0) {
    problem.details = error.details
  }
  return { problem, status, headers: status === 503 ? { 'retry-after': '1' } : {} }
}

function codeOf(error: unknown): ProblemCode {
  if (error instanceof Refusal) return error.code
  return isKithError(error) && Object.hasOwn(statusOf, error.code) ? error.code : 'internal'
}

function hiddenDetail(requestId: string): string {
  return `The server failed on this request; nothing you sent is at fault. Its log has the reason under request ${requestId}: try again, or give that number to whoever runs it.`
}
