/** How commands speak: results on standard output, everything else on standard error. */
import { isKithError } from '../errors.ts'

export interface Output {
  /** One JSON value, on one line, the last line of a command with `--json`. */
  json(value: unknown): void
  text(line: string): void
  /** For people, not for programs. */
  note(line: string): void
}

export const terminal: Output = {
  json: (value) => process.stdout.write(`${JSON.stringify(value)}\n`),
  text: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
}

/** 2 for what the caller got wrong, 1 for everything else. */
export function exitCodeOf(error: unknown): number {
  const callersFault = ['invalid-input', 'not-found', 'misconfigured', 'too-large']
  return isKithError(error) && callersFault.includes(error.code) ? 2 : 1
}

export function sentenceOf(error: unknown): string {
  if (isKithError(error)) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
