/** Against a real HTTP server on this machine that keeps the protocol and can be told to fail. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keepsTheEncoderContract } from './encoder.contract.ts'
import { hashingEncoder } from './hashing.ts'
import { type RemoteOptions, remoteEncoder } from './remote.ts'

type Answer = (response: ServerResponse, asked: Asked) => void | Promise<void>

interface Asked {
  readonly model: string
  readonly input: string[]
  readonly dimensions?: number
}

const hashing = hashingEncoder()
const asked: (Asked & { key: string | undefined })[] = []
let failures: Answer[] = []
const server = createServer((request, response) => void serve(request, response))
let url = ''

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const part of request) body += part
  const question: Asked = JSON.parse(body)
  // Requests that the contract's leaving callers left behind may still arrive.
  if (question.model === 'test-model')
    asked.push({ ...question, key: request.headers.authorization })
  await (failures.shift() ?? answerWell)(response, question)
}

const answerWell: Answer = async (response, { input, model, dimensions }) => {
  const embeddings = await hashing.encode(input)
  const data = embeddings.map((embedding, index) => ({
    object: 'embedding',
    index,
    embedding: [...(embedding?.values ?? [])].slice(0, dimensions ?? 256),
  }))
  // The protocol gives an index; the order is the server's own.
  send(response, 200, { object: 'list', model, data: data.reverse() })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const refuse =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, headers).end()
  }

function open(options: Partial<RemoteOptions> = {}) {
  return remoteEncoder({ url, model: 'test-model', backoffMs: 5, ...options })
}

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
})
beforeEach(() => {
  asked.length = 0
  failures = []
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

keepsTheEncoderContract(() => open({ model: 'model-of-the-contract' }))

describe('the remote encoder', () => {
  it('sends batches with model, key and dimensions, and names its space after them', async () => {
    const encoder = open({ batchSize: 2, key: 'secret', dimensions: 64 })
    const embeddings = await encoder.encode(['one', 'two', 'three', 'two'])
    expect(asked.map(({ input }) => input)).toEqual([['one', 'two'], ['three']])
    expect(asked[0]).toMatchObject({ model: 'test-model', key: 'Bearer secret', dimensions: 64 })
    expect(embeddings.map((one) => one?.values.length)).toEqual([64, 64, 64, 64])
    expect(encoder.spaces).toEqual(['test-model/64'])
  })

  it('asks once for a text it has met', async () => {
    const encoder = open()
    await encoder.encode(['one', 'two'])
    await encoder.encode(['two', 'three', ' one '])
    expect(asked.flatMap(({ input }) => input)).toEqual(['one', 'two', 'three'])
  })

  it('tries again when the server is busy, broken or gone for a moment', async () => {
    const hangUp: Answer = (response) => void response.destroy()
    failures = [refuse(429, { 'retry-after': '0' }), refuse(503), hangUp]
    const [embedding] = await open().encode(['patience'])
    expect(embedding?.space).toBe('test-model')
    expect(asked).toHaveLength(4)
  })

  it('gives up after its tries and says what the server said', async () => {
    failures = [refuse(500), refuse(500), refuse(502)]
    await expect(open({ retries: 2 }).encode(['a'])).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('answered 502'),
    })
  })

  it('does not repeat what cannot succeed', async () => {
    failures = [refuse(404)]
    await expect(open().encode(['a'])).rejects.toMatchObject({ code: 'unavailable' })
    failures = [refuse(401)]
    await expect(open().encode(['a'])).rejects.toMatchObject({ code: 'misconfigured' })
    expect(asked).toHaveLength(2)
  })

  it('does not follow a redirect with the key and the texts', async () => {
    failures = [refuse(307, { location: 'http://127.0.0.1:1/v1/embeddings' })]
    await expect(open({ retries: 0 }).encode(['a'])).rejects.toMatchObject({ code: 'unavailable' })
  })

  it.each([
    ['no list', { vectors: [] }],
    ['too few', { data: [] }],
    ['no numbers', { data: [{ index: 0, embedding: ['x'] }] }],
    ['a vector of another index', { data: [{ index: 7, embedding: [1] }] }],
  ])('refuses an answer with %s', async (_, body) => {
    failures = [(response) => send(response, 200, body)]
    await expect(open().encode(['a'])).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('refuses a change of width', async () => {
    const encoder = open()
    await encoder.encode(['a'])
    failures = [(response) => send(response, 200, { data: [{ index: 0, embedding: [1, 2] }] })]
    await expect(encoder.encode(['b'])).rejects.toMatchObject({ code: 'misconfigured' })
  })

  it('waits no longer than it was told', async () => {
    failures = [() => new Promise(() => undefined)]
    const slow = open({ timeoutMs: 30, retries: 0 })
    await expect(slow.encode(['a'])).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('stops waiting when it is closed', async () => {
    failures = [() => new Promise(() => undefined)]
    const encoder = open()
    const asking = encoder.encode(['a'])
    await encoder.close()
    await expect(asking).rejects.toMatchObject({ code: 'unavailable' })
  })

  it.each([
    ['not an address', 'not-a-url', undefined],
    ['another protocol', 'ftp://example.org/v1', undefined],
    ['a password in it', 'https://me:word@example.org/v1', undefined],
    ['a key that would travel readable', 'http://example.org/v1', 'secret'],
  ])('refuses an address that is %s', (_, address, key) => {
    expect(() => remoteEncoder({ url: address, model: 'm', key })).toThrow(
      expect.objectContaining({ code: 'misconfigured' }),
    )
  })
})
