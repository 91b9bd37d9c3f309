import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { createFakeEngine } from '../../test/fake-engine.ts'
import { type Config, configSchema } from '../config.ts'
import type { Engine } from '../engine.ts'
import { type App, createApp } from './app.ts'
import { pinoLog } from './pino-log.ts'

const now = () => new Date('2026-01-01T12:00:00Z')
const consoleFolder = mkdtempSync(join(tmpdir(), 'kith-console-'))
afterAll(() => rmSync(consoleFolder, { recursive: true }))

let engine: Engine
let app: App
let lines: string[]
let key: { admin: string; write: string; read: string; ada: string }

beforeEach(async () => {
  engine = createFakeEngine(now)
  app = createAppWith()
  const secret = async (scope: 'admin' | 'write' | 'read' | 'as-user', userId?: string) =>
    (await engine.createApiKey({ name: scope, scopes: [scope], userId })).secret
  await engine.putUsers([userOf('ada'), userOf('bo')])
  await engine.putItems(
    ['p1', 'p2', 'p3'].map((id) => ({ ...itemOf(id), id, authorId: 'bo', createdAt: now() })),
  )
  key = {
    admin: await secret('admin'),
    write: await secret('write'),
    read: await secret('read'),
    ada: await secret('as-user', 'ada'),
  }
})

function userOf(id: string) {
  return { id, languages: [], isPrivate: false, allowsUnsafe: false, isSample: false }
}

function itemOf(text: string) {
  return { kind: 'post', text, tags: [], visibility: 'public' as const, isUnsafe: false }
}

function createAppWith(config: Partial<Config> = {}, changes: Partial<Engine> = {}): App {
  lines = []
  const destination = { write: (line: string) => void lines.push(line) }
  const log = pinoLog({ level: 'debug', destination })
  return createApp({
    engine: { ...engine, ...changes },
    config: { ...configSchema.parse({}), ...config },
    log,
    now,
    consoleFolder,
  })
}

async function send(method: string, path: string, secret?: string, body?: unknown) {
  const response = await app.request(path, {
    method,
    headers: {
      ...(secret ? { 'x-api-key': secret } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  }
}

it('gives a page of a feed to a key that may read', async () => {
  const { status, body } = await send(
    'GET',
    '/v1/feeds/home?user=ada&limit=2&explain=true',
    key.read,
  )
  expect(status).toBe(200)
  expect(body.items.map(({ item }: { item: { id: string } }) => item.id)).toEqual(['p1', 'p2'])
  expect(body.items[0].because.text).not.toBe('')
  const next = await send('GET', `/v1/feeds/home?user=ada&after=${body.next}`, key.read)
  expect(next.body.items).toHaveLength(1)
})

it('takes what to exclude as a list, repeated, or in a body', async () => {
  const idsOf = ({ body }: { body: { items: { item: { id: string } }[] } }) =>
    body.items.map(({ item }) => item.id)
  expect(idsOf(await send('GET', '/v1/feeds/latest?exclude=p1,p2', key.read))).toEqual(['p3'])
  expect(idsOf(await send('GET', '/v1/feeds/latest?exclude=p1&exclude=p3', key.read))).toEqual([
    'p2',
  ])
  const asked = { exclude: ['p3'], languages: ['en'], limit: 1 }
  expect(idsOf(await send('POST', '/v1/feeds/latest', key.read, asked))).toEqual(['p1'])
})

it('says which person or item a feed is missing', async () => {
  const home = await send('GET', '/v1/feeds/home', key.read)
  expect(home.status).toBe(400)
  expect(home.body.detail).toContain('user=ID')
  const related = await send('GET', '/v1/feeds/related', key.read)
  expect(related.body.errors).toEqual([expect.objectContaining({ in: 'query', path: 'item' })])
})

it('keeps users, items, edges and events, and gives them back', async () => {
  const user = await send('PUT', '/v1/users/cy', key.write, { name: 'Cy', languages: ['zh'] })
  expect(user.body).toMatchObject({ id: 'cy', name: 'Cy', isPrivate: false })
  const item = { authorId: 'cy', createdAt: '2025-12-31T00:00:00Z', text: '你好' }
  expect((await send('PUT', '/v1/items/a%2Fb', key.write, item)).body).toMatchObject({ id: 'a/b' })
  expect((await send('GET', '/v1/items/a%2Fb', key.read)).body.text).toBe('你好')
  const edges = { edges: [{ from: 'ada', to: 'cy' }] }
  expect((await send('POST', '/v1/edges', key.write, edges)).body).toEqual({ accepted: 1 })
  const events = {
    events: [{ type: 'like', userId: 'ada', itemId: 'a/b', at: '2026-01-01T00:00:00Z' }],
  }
  const first = await send('POST', '/v1/events', key.write, events)
  expect([first.status, first.body]).toEqual([202, { accepted: 1, duplicates: 0 }])
  const again = await send('POST', '/v1/events', key.write, events)
  expect(again.body).toEqual({ accepted: 0, duplicates: 1 })
  const status = await send('GET', '/v1/status', key.read)
  expect(status.body.counts).toEqual({ users: 3, items: 4, edges: 1, events: 1 })
  expect((await send('DELETE', '/v1/edges?from=ada&to=cy&kind=follow', key.write)).status).toBe(204)
  expect((await send('DELETE', '/v1/items/a%2Fb', key.write)).status).toBe(204)
  expect((await send('GET', '/v1/items/a%2Fb', key.read)).status).toBe(404)
})

it('lists in pages that meet', async () => {
  const first = await send('GET', '/v1/items?limit=2', key.read)
  const second = await send('GET', `/v1/items?limit=2&after=${first.body.next}`, key.read)
  const ids = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id)
  expect(ids).toEqual(['p1', 'p2', 'p3'])
  expect(second.body.next).toBeUndefined()
})

it('changes only what a PATCH names, and loses none of two at once', async () => {
  await Promise.all([
    send('PATCH', '/v1/users/ada', key.write, { isPrivate: true }),
    send('PATCH', '/v1/users/ada', key.write, { name: 'Ada' }),
  ])
  const { body } = await send('GET', '/v1/users/ada', key.read)
  expect(body).toMatchObject({ name: 'Ada', isPrivate: true })
})

it('exports and erases a person, whose own key then opens nothing', async () => {
  expect((await send('GET', '/v1/users/ada/export', key.ada)).body.user.id).toBe('ada')
  expect((await send('DELETE', '/v1/users/ada', key.write)).body).toMatchObject({ items: 0 })
  expect((await send('GET', '/v1/users/ada', key.ada)).status).toBe(401)
})

it.each([
  ['GET', '/v1/status', undefined, 401],
  ['GET', '/v1/status', 'read', 200],
  ['POST', '/v1/users', 'read', 403],
  ['GET', '/v1/keys', 'write', 403],
  ['GET', '/v1/keys', 'admin', 200],
  ['GET', '/v1/users/ada/export', 'write', 403],
  ['GET', '/v1/status', 'ada', 403],
] as const)('%s %s with the key %s is answered by %i', async (method, path, name, status) => {
  expect((await send(method, path, name && key[name])).status).toBe(status)
})

it('holds a key that speaks for one person to that person', async () => {
  const like = (userId: string) => ({ events: [{ type: 'like', userId, itemId: 'p1' }] })
  expect((await send('GET', '/v1/feeds/home', key.ada)).status).toBe(200)
  expect((await send('GET', '/v1/feeds/home?user=bo', key.ada)).status).toBe(403)
  expect((await send('POST', '/v1/feeds/home', key.ada, { user: 'bo' })).status).toBe(403)
  expect((await send('POST', '/v1/events', key.ada, like('ada'))).status).toBe(202)
  expect((await send('POST', '/v1/events', key.ada, like('bo'))).status).toBe(403)
  expect((await send('PATCH', '/v1/users/ada', key.ada, { isPrivate: true })).status).toBe(200)
  expect((await send('PATCH', '/v1/users/ada', key.ada, { allowsUnsafe: true })).status).toBe(403)
  expect((await send('PATCH', '/v1/users/bo', key.ada, { isPrivate: true })).status).toBe(403)
})

it('takes the key as a bearer token too', async () => {
  const headers = { authorization: `Bearer ${key.read}` }
  expect((await app.request('/v1/status', { headers })).status).toBe(200)
})

it('makes keys, and refuses a removed one with the next request', async () => {
  const made = await send('POST', '/v1/keys', key.admin, { name: 'app', scopes: ['read'] })
  expect(made.status).toBe(201)
  expect((await send('GET', '/v1/status', made.body.secret)).status).toBe(200)
  expect((await send('DELETE', `/v1/keys/${made.body.key.id}`, key.admin)).status).toBe(204)
  expect((await send('GET', '/v1/status', made.body.secret)).status).toBe(401)
  expect((await send('DELETE', `/v1/keys/${made.body.key.id}`, key.admin)).status).toBe(404)
})

it('looks a removed key up afresh even when a look-up was under way', async () => {
  let release = () => {}
  const gone = new Promise<void>((resolve) => {
    release = resolve
  })
  let isSlow = true
  app = createAppWith(
    {},
    {
      async findApiKey(secret) {
        const found = await engine.findApiKey(secret)
        if (isSlow && secret === key.read) await gone
        return found
      },
    },
  )
  const before = send('GET', '/v1/status', key.read)
  const { keys } = (await send('GET', '/v1/keys', key.admin)).body
  const { id } = keys.find(({ name }: { name: string }) => name === 'read')
  expect((await send('DELETE', `/v1/keys/${id}`, key.admin)).status).toBe(204)
  isSlow = false
  release()
  await before
  expect((await send('GET', '/v1/status', key.read)).status).toBe(401)
})

it('keeps the last admin key', async () => {
  const { keys } = (await send('GET', '/v1/keys', key.admin)).body
  const { id } = keys.find(({ name }: { name: string }) => name === 'admin')
  expect((await send('DELETE', `/v1/keys/${id}`, key.admin)).status).toBe(409)
})

it('wants as-user keys to name their person, who must exist', async () => {
  const make = (body: object) => send('POST', '/v1/keys', key.admin, { name: 'x', ...body })
  expect((await make({ scopes: ['as-user'] })).status).toBe(400)
  expect((await make({ scopes: ['read'], userId: 'ada' })).status).toBe(400)
  expect((await make({ scopes: ['as-user', 'admin'], userId: 'ada' })).status).toBe(400)
  expect((await make({ scopes: ['as-user'], userId: 'nobody' })).status).toBe(404)
})

it('limits what one key may ask, and says when to come again', async () => {
  app = createAppWith({ rateLimitPerMinute: 2 })
  const asked = [1, 2, 3].map(() => send('GET', '/v1/status', key.read))
  const answers = await Promise.all(asked)
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
  expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await send('GET', '/v1/status', key.write)).status).toBe(200)
})

it('makes an address that guesses keys wait, and lets known keys pass', async () => {
  app = createAppWith({ failedKeysPerMinute: 2 })
  await send('GET', '/v1/status', key.read)
  const guesses = [await send('GET', '/v1/status', 'a'), await send('GET', '/v1/status', 'b')]
  expect(guesses.map(({ status }) => status)).toEqual([401, 401])
  expect((await send('GET', '/v1/status', 'c')).status).toBe(429)
  expect((await send('GET', '/v1/status', key.read)).status).toBe(200)
})

it('answers every mistake with a problem that says where and what to do', async () => {
  const wrong = {
    events: [
      { type: 'like', userId: 'ada', itemId: 'p1' },
      { type: 'lick', userId: 7 },
    ],
  }
  const { status, headers, body } = await send('POST', '/v1/events', key.write, wrong)
  expect(status).toBe(400)
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(body).toMatchObject({ code: 'invalid-input', status: 400 })
  expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
    'events[1].type',
    'events[1].userId',
  ])
  expect(body.detail).toContain('events[1].type')
  expect(body.instance).toBe(`urn:uuid:${headers.get('x-request-id')}`)
  expect((await engine.status()).counts.events).toBe(0)
})

it('refuses an event from a clock that runs ahead', async () => {
  const at = (time: string) => ({
    events: [{ type: 'view', userId: 'ada', itemId: 'p1', at: time }],
  })
  expect((await send('POST', '/v1/events', key.write, at('2026-01-01T12:09:00Z'))).status).toBe(202)
  const ahead = await send('POST', '/v1/events', key.write, at('2026-01-01T12:11:00Z'))
  expect(ahead.status).toBe(400)
  expect(ahead.body.detail).toContain('clock')
  expect(ahead.body.errors[0].path).toBe('events[0].at')
})

const deep = `{"users":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
it.each([
  ['no JSON', '{"users":', 'application/json', 400],
  ['an empty body', '', 'application/json', 400],
  ['JSON nested deep', deep, 'application/json', 400],
  ['a form', 'users=1', 'application/x-www-form-urlencoded', 415],
  ['another character set', '{}', 'application/json; charset=gb18030', 415],
  ['bytes that are not UTF-8', Buffer.from('{"users":"\xff"}', 'latin1'), 'application/json', 400],
  ['a body too large', `{"users":["${'x'.repeat(4_200_000)}"]}`, 'application/json', 413],
  ['a key of the prototype', '{"users":[{"id":"x","__proto__":{"a":1}}]}', 'application/json', 400],
])('refuses %s', async (_, body, type, status) => {
  const headers = { 'x-api-key': key.write, 'content-type': type }
  const response = await app.request('/v1/users', { method: 'POST', headers, body })
  expect(response.status).toBe(status)
  expect(((await response.json()) as { detail: string }).detail).toMatch(/\. \S|: \S/)
})

it('counts a body that does not say how large it is', async () => {
  const chunk = new Uint8Array(1_000_000).fill(32)
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) })
  const headers = { 'x-api-key': key.write, 'content-type': 'application/json' }
  const init: RequestInit = { method: 'POST', headers, body, duplex: 'half' }
  expect((await app.request('/v1/users', init)).status).toBe(413)
})

it('tells a wrong method, a wrong address and a badly encoded one apart', async () => {
  const method = await send('POST', '/v1/users/ada', key.write, {})
  expect(method.status).toBe(405)
  expect(method.headers.get('allow')?.split(', ').sort()).toEqual([
    'DELETE',
    'GET',
    'HEAD',
    'PATCH',
    'PUT',
  ])
  expect((await send('GET', '/v1/nothing', key.read)).status).toBe(404)
  expect((await send('GET', '/v1/users/%ff', key.read)).status).toBe(400)
  expect((await send('GET', '/v1/feeds/home?user=%c3', key.read)).status).toBe(400)
})

it('hides what failed inside, and logs it without a text', async () => {
  const feed = async () => {
    throw new TypeError('secret words of ada')
  }
  app = createAppWith({}, { feed })
  const { status, body, headers } = await send('GET', '/v1/feeds/home?user=ada', key.read)
  expect(status).toBe(500)
  expect(JSON.stringify(body)).not.toContain('secret')
  expect(body.detail).toContain(headers.get('x-request-id'))
  const logged = lines.join('')
  expect(logged).toContain(headers.get('x-request-id'))
  expect(logged).toContain('TypeError')
  expect(logged).not.toContain('secret')
})

it('refuses a question that a route does not know', async () => {
  expect((await send('GET', '/v1/users/ada?fields=name', key.read)).status).toBe(400)
  expect((await send('GET', '/health/live?probe=1')).status).toBe(200)
})

it('logs the pattern of a route, never an id, a text or an address', async () => {
  await send('GET', '/v1/users/ada?x=ada', key.read)
  await send('GET', '/v1/feeds/home?user=ada', key.read)
  // Ids of requests are hexadecimal by lot, and may spell a name.
  const logged = lines.join('').replace(/"requestId":"[0-9a-f-]{36}"/g, '')
  expect(logged).toContain('"route":"/v1/users/{id}"')
  expect(logged).toContain('"status":400')
  expect(logged).not.toContain('ada')
})

it('answers 503 when a request takes too long', async () => {
  app = createAppWith({ requestTimeoutSeconds: 0.02 }, { feed: () => new Promise(() => {}) })
  const { status, headers } = await send('GET', '/v1/feeds/home?user=ada', key.read)
  expect([status, headers.get('retry-after')]).toEqual([503, '1'])
})

it('is alive, ready until it drains, and counts requests by pattern', async () => {
  await send('GET', '/v1/feeds/home?user=ada', key.read)
  expect((await send('GET', '/health/live')).body).toEqual({ status: 'ok' })
  expect((await send('GET', '/health/ready')).status).toBe(200)
  const { body } = await send('GET', '/metrics')
  expect(body).toContain(
    'kith_http_requests_total{route="/v1/feeds/{feed}",method="GET",status="200"} 1',
  )
  expect(body).toContain('kith_feed_seconds_count{feed="home"} 1')
  expect(body).toContain('kith_stored{what="items"} 3')
  expect(body).not.toContain('ada')
  app.drain()
  expect((await send('GET', '/health/ready')).status).toBe(503)
})

it('keeps its figures behind a key when asked to', async () => {
  app = createAppWith({ metricsNeedKey: true })
  expect((await send('GET', '/metrics')).status).toBe(401)
  expect((await send('GET', '/metrics', key.read)).status).toBe(200)
})

it('lets pages of named origins call the API, and no others', async () => {
  app = createAppWith({ corsOrigins: ['https://a.example'] })
  const from = (origin: string) =>
    app.request('/v1/status', { headers: { origin, 'x-api-key': key.read } })
  expect((await from('https://a.example')).headers.get('access-control-allow-origin')).toBe(
    'https://a.example',
  )
  expect((await from('https://b.example')).headers.get('access-control-allow-origin')).toBeNull()
})

it('says so when the console is not built, and serves it when it is', async () => {
  const page = () => app.request('/', { headers: { accept: 'text/html' } })
  const missing = await page()
  expect([missing.status, await missing.text()]).toEqual([
    503,
    expect.stringContaining('npm run build'),
  ])
  mkdirSync(join(consoleFolder, 'assets'))
  writeFileSync(join(consoleFolder, 'index.html'), '<p>console')
  writeFileSync(join(consoleFolder, 'assets/app-1.js'), 'let a')
  const found = await page()
  expect([found.status, await found.text()]).toEqual([200, '<p>console'])
  expect(found.headers.get('content-security-policy')).toContain("default-src 'self'")
  const script = await app.request('/assets/app-1.js')
  expect(script.headers.get('cache-control')).toContain('immutable')
  const etag = found.headers.get('etag') ?? ''
  expect((await app.request('/', { headers: { 'if-none-match': etag } })).status).toBe(304)
  const deepPage = await app.request('/people/ada', { headers: { accept: 'text/html' } })
  expect(await deepPage.text()).toBe('<p>console')
  expect((await app.request('/assets/missing.js')).status).toBe(404)
  expect((await app.request('/..%2f..%2fpackage.json')).status).toBe(404)
})
