/** Bytes of a file as text, or a sentence that says which line is none. */
import { isUtf8 } from 'node:buffer'
import { KithError } from '../../../errors.ts'

export type Encoding = 'utf8' | 'latin1'

/**
 * UTF-16 is known by its byte order mark; any mark is left out of the text.
 * @throws KithError `invalid-input` for what is neither text nor in the encoding
 */
export function decode(path: string, bytes: Buffer, encoding: Encoding = 'utf8'): string {
  const text = (utf16Of(bytes) ?? plainText(path, bytes, encoding)).replace(/^\ufeff/, '')
  const zero = text.indexOf('\0')
  if (zero < 0) return text
  const line = text.slice(0, zero).split('\n').length
  throw notText(path, line, 'holds a zero byte, so the file is not text (is it packed, or binary?)')
}

function plainText(path: string, bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'utf8' && !isUtf8(bytes)) {
    const advice = 'Convert the file, for example with: iconv -f latin1 -t utf8'
    throw notText(path, firstBadLine(bytes), `is not UTF-8. ${advice}`)
  }
  return bytes.toString(encoding)
}

function utf16Of(bytes: Buffer): string | undefined {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0)
  if (mark !== 0xff_fe && mark !== 0xfe_ff) return undefined
  return new TextDecoder(mark === 0xff_fe ? 'utf-16le' : 'utf-16be').decode(bytes)
}

function firstBadLine(bytes: Buffer): number {
  let line = 1
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(10, from)
    const to = end < 0 ? bytes.length : end
    if (!isUtf8(bytes.subarray(from, to))) break
    from = to + 1
  }
  return line
}

function notText(path: string, line: number, problem: string): KithError {
  return new KithError('invalid-input', `"${path}", line ${line}: ${problem}.`, {
    details: { path, line },
  })
}
