/** A JSON body from the wire, within limits: its type, size, encoding and nesting are checked here. */
import { Refusal } from './problem.ts'

/** Far above what any request needs; deeper input is an attack or a mistake. */
const depthLimit = 20
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @throws Refusal 400, 413 or 415 */
export async function readBody(request: Request, limitBytes: number): Promise<unknown> {
  refuseType(request.headers)
  const bytes = await readBytes(request, limitBytes)
  const text = decode(bytes)
  refuseDepth(text)
  return parse(text)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const what = text.trim() === '' ? 'The body is empty' : 'The body is not JSON'
    return refuse(`${what}. Send one JSON object, and nothing after it; nothing was changed.`)
  }
}

function refuse(detail: string): never {
  throw new Refusal('invalid-input', detail)
}

function refuseType(headers: Headers): void {
  const type = headers.get('content-type') ?? ''
  const [media = '', ...parameters] = type.toLowerCase().split(';')
  const isJson = /^application\/([\w.-]+\+)?json$/.test(media.trim())
  const isUtf8 = parameters.every(
    (part) => !/charset=/.test(part) || /charset="?utf-?8"?/.test(part),
  )
  const isPlain = (headers.get('content-encoding') ?? 'identity') === 'identity'
  if (isJson && isUtf8 && isPlain) return
  throw new Refusal(
    'unsupported-media-type',
    'The body must be plain JSON in UTF-8: send the header "Content-Type: application/json" and no Content-Encoding.',
  )
}

async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array> {
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    if (Number(declared) > limitBytes) throw tooLarge(limitBytes)
    const bytes = new Uint8Array(await request.arrayBuffer().catch(brokenOff))
    if (bytes.length > limitBytes) throw tooLarge(limitBytes)
    return bytes
  }
  return request.body ? readChunks(request.body, limitBytes) : new Uint8Array()
}

async function readChunks(
  body: ReadableStream<Uint8Array>,
  limitBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(brokenOff)
    if (done) return Buffer.concat(chunks)
    size += value.length
    if (size > limitBytes) {
      await reader.cancel().catch(() => {})
      throw tooLarge(limitBytes)
    }
    chunks.push(value)
  }
}

function brokenOff(): never {
  return refuse('The body broke off before its end. Send it again; nothing was changed.')
}

function tooLarge(limitBytes: number): Refusal {
  return new Refusal(
    'too-large',
    `The body is larger than ${limitBytes} bytes. Send it in smaller parts; nothing was changed.`,
    { headers: { connection: 'close' } },
  )
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return refuse('The body is not valid UTF-8. Encode it as UTF-8; nothing was changed.')
  }
}

/** Counts brackets outside strings, before anything is built from them. */
function refuseDepth(text: string): void {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) at = endOfString(text, at)
    else if (code === 0x5b || code === 0x7b) depth++
    else if (code === 0x5d || code === 0x7d) depth--
    if (depth > depthLimit) {
      refuse(`The body nests deeper than ${depthLimit} levels. Send it as /v1/openapi.json shows.`)
    }
  }
}

/** The place of the closing quote: the next one with an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++
    if (slashes % 2 === 0) return at
  }
  return text.length
}
