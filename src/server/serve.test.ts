import { connect } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createFakeEngine } from '../../test/fake-engine.ts'
import { configSchema } from '../config.ts'
import type { Engine } from '../engine.ts'
import { silentLog } from '../log.ts'
import { createApp } from './app.ts'
import { type RunningServer, serve } from './serve.ts'

const config = { ...configSchema.parse({}), port: 0, drainSeconds: 2 }
let engine: Engine
let server: RunningServer
let secret: string
let release: () => void
let arrived: Promise<void>

beforeEach(async () => {
  const fake = createFakeEngine(() => new Date())
  await fake.putUsers([
    { id: 'ada', languages: [], isPrivate: false, allowsUnsafe: false, isSample: false },
  ])
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let arrive = () => {}
  arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  engine = {
    ...fake,
    async feed(query) {
      arrive()
      await held
      return fake.feed(query)
    },
  }
  secret = (await fake.createApiKey({ name: 'admin', scopes: ['admin'] })).secret
  const app = createApp({ engine, config, log: silentLog, now: () => new Date() })
  server = await serve(app, { config, log: silentLog })
})

afterEach(() => {
  release()
  return server.close()
})

/** Sends bytes as they are and gives back all that comes until the other side closes. */
function sendRaw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (part) => {
      answer += part
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
    socket.setTimeout(5_000, () => socket.destroy())
  })
}

it('answers over a socket, on a port of its own choice', async () => {
  const response = await fetch(`${server.url}/v1/status`, { headers: { 'x-api-key': secret } })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
})

it('finishes what is under way before it closes, and takes nothing new', async () => {
  const headers = { 'x-api-key': secret }
  const slow = fetch(`${server.url}/v1/feeds/home?user=ada`, { headers })
  await arrived
  const closing = server.close()
  await expect(fetch(`${server.url}/health/live`)).rejects.toThrow()
  release()
  const response = await slow
  expect([response.status, response.headers.get('connection')]).toEqual([200, 'close'])
  await closing
})

it('says which port is taken and how to choose another', async () => {
  const app = createApp({ engine, config, log: silentLog, now: () => new Date() })
  const second = serve(app, { config: { ...config, port: server.port }, log: silentLog })
  await expect(second).rejects.toMatchObject({
    code: 'misconfigured',
    message: expect.stringContaining(`PORT=${server.port + 1}`),
  })
})

it.each([
  ['a broken request line', 'GARBAGE\r\n\r\n', 400],
  ['a junk host', 'GET /v1/status HTTP/1.1\r\nHost: a b%\r\n\r\n', 400],
  ['no host', 'GET /v1/status HTTP/1.1\r\n\r\n', 400],
  [
    'headers without end',
    `GET / HTTP/1.1\r\nHost: x\r\nX-Junk: ${'j'.repeat(40_000)}\r\n\r\n`,
    431,
  ],
  [
    'two lengths',
    'POST /v1/users HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    400,
  ],
  [
    'a body larger than the limit',
    `POST /v1/users HTTP/1.1\r\nHost: x\r\nX-API-Key: KEY\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{`,
    413,
  ],
])('answers %s with a problem', async (_, request, status) => {
  const answer = await sendRaw(request.replace('KEY', secret))
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(answer.toLowerCase()).toContain('content-type: application/problem+json')
})

it('goes on after a caller hangs up in the middle of a body', async () => {
  const head = `POST /v1/users HTTP/1.1\r\nHost: x\r\nX-API-Key: ${secret}\r\nContent-Type: application/json`
  await new Promise<void>((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write(`${head}\r\nContent-Length: 500\r\n\r\n{"users":`)
      setTimeout(() => socket.destroy(), 50)
    })
    socket.on('close', () => resolve())
  })
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
})
