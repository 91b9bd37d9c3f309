/** Any server with OpenAI's `/v1/embeddings`: batches, retries, an answer checked before it is used. */
import { z } from 'zod'
import { KithError } from '../errors.ts'
import type { Encoder } from './encoder.ts'
import { createModelEncoder, type VectorOptions, type VectorSource } from './model-encoder.ts'

export interface RemoteOptions {
  /** Up to and with the version, for example `http://localhost:11434/v1`. */
  readonly url: string
  readonly model: string
  readonly key?: string | undefined
  /** Asked of the server, for models that can shorten their vectors. */
  readonly dimensions?: number | undefined
  readonly batchSize?: number
  readonly timeoutMs?: number
  /** Tries after the first. */
  readonly retries?: number
  /** Before the second try; each wait after is twice as long. */
  readonly backoffMs?: number
}

type Settings = Required<Omit<RemoteOptions, 'key' | 'dimensions' | 'url'>> & {
  readonly endpoint: URL
  readonly key: string | undefined
  readonly dimensions: number | undefined
}

const maxCharacters = 8_192
const longestWaitMs = 30_000
const answerSchema = z.object({
  data: z.array(
    z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1).max(16_384) }),
  ),
})

/** Opens no connection: a server that is down fails the first texts, not the start. */
export function remoteEncoder(options: RemoteOptions): Encoder {
  const { model, dimensions, batchSize = 64, timeoutMs = 30_000, retries = 3 } = options
  const settings: Settings = {
    endpoint: endpointOf(options),
    key: options.key,
    model,
    dimensions,
    batchSize,
    timeoutMs,
    retries,
    backoffMs: options.backoffMs ?? 500,
  }
  return createModelEncoder({ name: `remote ${model}`, sources: [remoteSource(settings)] })
}

function remoteSource(settings: Settings): VectorSource {
  const { model, dimensions, batchSize } = settings
  const closing = new AbortController()
  let width = dimensions

  /** One space holds one width: a server that changed its model must not mix the two. */
  function checked(vector: readonly number[]): readonly number[] {
    width ??= vector.length
    if (vector.length === width) return vector
    throw new KithError(
      'misconfigured',
      `The model "${model}" gave a vector of ${vector.length} components where ${width} were expected. If the server changed its model, give it another name.`,
    )
  }
  return {
    space: dimensions === undefined ? model : `${model}/${dimensions}`,
    maxCharacters,
    async vectors(texts, { signal, onVector }: VectorOptions) {
      const stop = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal
      for (let at = 0; at < texts.length; at += batchSize) {
        const batch = texts.slice(at, at + batchSize)
        const vectors = await askPatiently(settings, batch, stop)
        for (const [n, vector] of vectors.entries()) onVector(at + n, checked(vector))
      }
    },
    async close() {
      closing.abort(new KithError('unavailable', `The encoder "${model}" is closed.`))
    },
  }
}

async function askPatiently(
  settings: Settings,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<number[][]> {
  for (let tries = 0; ; tries++) {
    const outcome = await ask(settings, texts, signal)
    if ('vectors' in outcome) return outcome.vectors
    if (!outcome.canRetry || tries >= settings.retries) throw outcome.error
    const backoff = settings.backoffMs * 2 ** tries
    await pause(Math.min(longestWaitMs, Math.max(backoff, outcome.waitMs)), signal)
  }
}

type Outcome =
  | { readonly vectors: number[][] }
  | { readonly error: KithError; readonly canRetry: boolean; readonly waitMs: number }

async function ask(
  settings: Settings,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Outcome> {
  const { endpoint, key, model, dimensions, timeoutMs } = settings
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      // A redirect would carry the key and the texts to a place nobody named.
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({
        model,
        input: texts,
        encoding_format: 'float',
        ...(dimensions === undefined ? {} : { dimensions }),
      }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    if (!response.ok) return await refusalOf(settings, response)
    return { vectors: vectorsOf(settings, await response.json(), texts.length) }
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof KithError) throw cause
    const error = unavailable(settings, `did not answer (${reasonOf(cause)})`, cause)
    return { error, canRetry: true, waitMs: 0 }
  }
}

async function refusalOf(settings: Settings, response: Response): Promise<Outcome> {
  const { status } = response
  await response.body?.cancel()
  if (status === 401 || status === 403) {
    throw new KithError(
      'misconfigured',
      `The embeddings server ${settings.endpoint.origin} refused the key (${status}). Set ENCODER_KEY.`,
    )
  }
  const seconds = Number(response.headers.get('retry-after'))
  return {
    error: unavailable(settings, `answered ${status}`),
    canRetry: status === 429 || status >= 500,
    waitMs: Number.isFinite(seconds) ? seconds * 1_000 : 0,
  }
}

/** In the order of the texts, whatever order the server chose. */
function vectorsOf(settings: Settings, answer: unknown, count: number): number[][] {
  const parsed = answerSchema.safeParse(answer)
  if (!parsed.success) {
    throw unavailable(settings, 'answered in a form that is not OpenAI’s', parsed.error)
  }
  const vectors = new Map(parsed.data.data.map(({ index, embedding }) => [index, embedding]))
  return Array.from({ length: count }, (_, index) => {
    const vector = vectors.get(index)
    if (vector) return vector
    throw unavailable(settings, `gave ${vectors.size} vectors for ${count} texts`)
  })
}

function unavailable({ endpoint, model }: Settings, what: string, cause?: unknown): KithError {
  return new KithError(
    'unavailable',
    `The embeddings server ${endpoint.origin} ${what}. Check that it runs and knows the model "${model}".`,
    { cause },
  )
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause instanceof Error ? cause.cause.message : cause.message
}

const localHost = /^(localhost|127\.|\[::1\]$|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^[^.]+$/

function endpointOf({ url, key }: RemoteOptions): URL {
  const example = 'Write for example ENCODER=http://localhost:11434/v1#bge-m3.'
  if (!URL.canParse(url)) {
    throw new KithError('misconfigured', `"${url}" is no address of an encoder. ${example}`)
  }
  const endpoint = new URL(`${url.replace(/\/+$/, '')}/embeddings`)
  if (endpoint.username || endpoint.password) {
    throw new KithError('misconfigured', `The encoder's address holds a password. Use ENCODER_KEY.`)
  }
  if (!/^https?:$/.test(endpoint.protocol)) {
    throw new KithError(
      'misconfigured',
      `An encoder speaks http or https, not "${endpoint.protocol}". ${example}`,
    )
  }
  if (key !== undefined && endpoint.protocol === 'http:' && !localHost.test(endpoint.hostname)) {
    throw new KithError(
      'misconfigured',
      `The encoder's key would travel readable to ${endpoint.hostname}. Use https, or leave ENCODER_KEY out.`,
    )
  }
  return endpoint
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
}
