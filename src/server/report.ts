/** What a log may say of an error: names, codes and places in the code; a message may hold a text or an id. */
import { isKithError } from '../errors.ts'
import type { LogFacts } from '../log.ts'

const framesKept = 8
const causesKept = 3

export function reportOf(error: unknown, depth = 0): LogFacts {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code: unknown = isKithError(error) || 'code' in error ? error.code : undefined
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    frames: frames.slice(0, framesKept).map((line) => line.trim()),
    ...(error.cause && depth < causesKept ? { cause: reportOf(error.cause, depth + 1) } : {}),
  }
}
