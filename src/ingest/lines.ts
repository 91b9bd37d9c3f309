/** A file as numbered lines, one at a time; a line that is too long or not text is named, not kept. */
import { bytesOf } from './source-files.ts'

export type Line =
  | { readonly number: number; readonly text: string; readonly problem?: undefined }
  | { readonly number: number; readonly problem: string }

export interface LineOptions {
  readonly encoding?: 'utf-8' | 'latin1' | undefined
  /** Bytes. Keeps memory bounded whatever the file holds. */
  readonly longest?: number | undefined
}

const newline = 10

export async function* linesOf(
  path: string,
  { encoding = 'utf-8', longest = 1 << 20 }: LineOptions = {},
): AsyncGenerator<Line> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let number = 1
  let length = 0
  let parts: Buffer[] = []
  function take(): Line {
    const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts)
    const line = length > longest ? tooLong(number, longest) : decode(bytes, number, decoder)
    number += 1
    length = 0
    parts = []
    return line
  }
  for await (const chunk of bytesOf(path)) {
    let from = 0
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      length += to - from
      if (length <= longest) parts.push(chunk.subarray(from, to))
      yield take()
      from = to + 1
    }
    length += chunk.length - from
    if (length <= longest) parts.push(chunk.subarray(from))
  }
  if (length > 0) yield take()
}

/** How many lines there are, without reading them as text. */
export async function countLines(path: string): Promise<number> {
  let count = 0
  let last = newline
  for await (const chunk of bytesOf(path)) {
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) count += 1
    last = chunk.at(-1) ?? last
  }
  return last === newline ? count : count + 1
}

function decode(
  bytes: Buffer | undefined,
  number: number,
  decoder: InstanceType<typeof TextDecoder>,
): Line {
  try {
    return { number, text: decoder.decode(bytes).replace(/\r$/, '') }
  } catch {
    return { number, problem: `is not ${decoder.encoding.toUpperCase()} text` }
  }
}

function tooLong(number: number, longest: number): Line {
  return { number, problem: `is longer than ${longest} bytes` }
}
