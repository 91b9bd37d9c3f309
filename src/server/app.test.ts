import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { serverForTests } from './app.fixture.ts'

const server = serverForTests()
const { send } = server

it('gives a page of a feed to a key that may read', async () => {
  const { status, body } = await send(
    'GET',
    '/v1/feeds/home?user=ada&limit=2&explain=true',
    server.key.read,
  )
  expect(status).toBe(200)
  expect(body.items.map(({ item }: { item: { id: string } }) => item.id)).toEqual(['p1', 'p2'])
  expect(body.items[0].because.text).not.toBe('')
  const next = await send('GET', `/v1/feeds/home?user=ada&after=${body.next}`, server.key.read)
  expect(next.body.items).toHaveLength(1)
})

it('takes what to exclude as a list, repeated, or in a body', async () => {
  const idsOf = ({ body }: { body: { items: { item: { id: string } }[] } }) =>
    body.items.map(({ item }) => item.id)
  expect(idsOf(await send('GET', '/v1/feeds/latest?exclude=p1,p2', server.key.read))).toEqual([
    'p3',
  ])
  expect(
    idsOf(await send('GET', '/v1/feeds/latest?exclude=p1&exclude=p3', server.key.read)),
  ).toEqual(['p2'])
  const asked = { exclude: ['p3'], languages: ['en'], limit: 1 }
  expect(idsOf(await send('POST', '/v1/feeds/latest', server.key.read, asked))).toEqual(['p1'])
})

it('says which person or item a feed is missing', async () => {
  const home = await send('GET', '/v1/feeds/home', server.key.read)
  expect(home.status).toBe(400)
  expect(home.body.detail).toContain('user=ID')
  const related = await send('GET', '/v1/feeds/related', server.key.read)
  expect(related.body.errors).toEqual([expect.objectContaining({ in: 'query', path: 'item' })])
})

it('keeps users, items, edges and events, and gives them back', async () => {
  const user = await send('PUT', '/v1/users/cy', server.key.write, {
    name: 'Cy',
    languages: ['zh'],
  })
  expect(user.body).toMatchObject({ id: 'cy', name: 'Cy', isPrivate: false })
  const item = { authorId: 'cy', createdAt: '2025-12-31T00:00:00Z', text: '你好' }
  expect((await send('PUT', '/v1/items/a%2Fb', server.key.write, item)).body).toMatchObject({
    id: 'a/b',
  })
  expect((await send('GET', '/v1/items/a%2Fb', server.key.read)).body.text).toBe('你好')
  const edges = { edges: [{ from: 'ada', to: 'cy' }] }
  expect((await send('POST', '/v1/edges', server.key.write, edges)).body).toEqual({ accepted: 1 })
  const events = {
    events: [{ type: 'like', userId: 'ada', itemId: 'a/b', at: '2026-01-01T00:00:00Z' }],
  }
  const first = await send('POST', '/v1/events', server.key.write, events)
  expect([first.status, first.body]).toEqual([202, { accepted: 1, duplicates: 0 }])
  const again = await send('POST', '/v1/events', server.key.write, events)
  expect(again.body).toEqual({ accepted: 0, duplicates: 1 })
  const status = await send('GET', '/v1/status', server.key.read)
  expect(status.body.counts).toEqual({ users: 3, items: 4, edges: 1, events: 1 })
  expect(
    (await send('DELETE', '/v1/edges?from=ada&to=cy&kind=follow', server.key.write)).status,
  ).toBe(204)
  expect((await send('DELETE', '/v1/items/a%2Fb', server.key.write)).status).toBe(204)
  expect((await send('GET', '/v1/items/a%2Fb', server.key.read)).status).toBe(404)
})

it('lists in pages that meet', async () => {
  const first = await send('GET', '/v1/items?limit=2', server.key.read)
  const second = await send('GET', `/v1/items?limit=2&after=${first.body.next}`, server.key.read)
  const ids = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id)
  expect(ids).toEqual(['p1', 'p2', 'p3'])
  expect(second.body.next).toBeUndefined()
})

it('changes only what a PATCH names, and loses none of two at once', async () => {
  await Promise.all([
    send('PATCH', '/v1/users/ada', server.key.write, { isPrivate: true }),
    send('PATCH', '/v1/users/ada', server.key.write, { name: 'Ada' }),
  ])
  const { body } = await send('GET', '/v1/users/ada', server.key.read)
  expect(body).toMatchObject({ name: 'Ada', isPrivate: true })
})

it('exports and erases a person, whose own key then opens nothing', async () => {
  expect((await send('GET', '/v1/users/ada/export', server.key.ada)).body.user.id).toBe('ada')
  expect((await send('DELETE', '/v1/users/ada', server.key.write)).body).toMatchObject({ items: 0 })
  expect((await send('GET', '/v1/users/ada', server.key.ada)).status).toBe(401)
})

it('answers every mistake with a problem that says where and what to do', async () => {
  const wrong = {
    events: [
      { type: 'like', userId: 'ada', itemId: 'p1' },
      { type: 'lick', userId: 7 },
    ],
  }
  const { status, headers, body } = await send('POST', '/v1/events', server.key.write, wrong)
  expect(status).toBe(400)
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(body).toMatchObject({ code: 'invalid-input', status: 400 })
  expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
    'events[1].type',
    'events[1].userId',
  ])
  expect(body.detail).toContain('events[1].type')
  expect(body.instance).toBe(`urn:uuid:${headers.get('x-request-id')}`)
  expect((await server.engine.status()).counts.events).toBe(0)
})

it('refuses an event from a clock that runs ahead', async () => {
  const at = (time: string) => ({
    events: [{ type: 'view', userId: 'ada', itemId: 'p1', at: time }],
  })
  expect(
    (await send('POST', '/v1/events', server.key.write, at('2026-01-01T12:09:00Z'))).status,
  ).toBe(202)
  const ahead = await send('POST', '/v1/events', server.key.write, at('2026-01-01T12:11:00Z'))
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
  const headers = { 'x-api-key': server.key.write, 'content-type': type }
  const response = await server.app.request('/v1/users', { method: 'POST', headers, body })
  expect(response.status).toBe(status)
  expect(((await response.json()) as { detail: string }).detail).toMatch(/\. \S|: \S/)
})

it('counts a body that does not say how large it is', async () => {
  const chunk = new Uint8Array(1_000_000).fill(32)
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) })
  const headers = { 'x-api-key': server.key.write, 'content-type': 'application/json' }
  const init: RequestInit = { method: 'POST', headers, body, duplex: 'half' }
  expect((await server.app.request('/v1/users', init)).status).toBe(413)
})

it('tells a wrong method, a wrong address and a badly encoded one apart', async () => {
  const method = await send('POST', '/v1/users/ada', server.key.write, {})
  expect(method.status).toBe(405)
  expect(method.headers.get('allow')?.split(', ').sort()).toEqual([
    'DELETE',
    'GET',
    'HEAD',
    'PATCH',
    'PUT',
  ])
  expect((await send('GET', '/v1/nothing', server.key.read)).status).toBe(404)
  expect((await send('GET', '/v1/users/%ff', server.key.read)).status).toBe(400)
  expect((await send('GET', '/v1/feeds/home?user=%c3', server.key.read)).status).toBe(400)
})

it('hides what failed inside, and logs it without a text', async () => {
  const feed = async () => {
    throw new TypeError('secret words of ada')
  }
  server.restart({}, { feed })
  const { status, body, headers } = await send('GET', '/v1/feeds/home?user=ada', server.key.read)
  expect(status).toBe(500)
  expect(JSON.stringify(body)).not.toContain('secret')
  expect(body.detail).toContain(headers.get('x-request-id'))
  const logged = server.lines.join('')
  expect(logged).toContain(headers.get('x-request-id'))
  expect(logged).toContain('TypeError')
  expect(logged).not.toContain('secret')
})

it('refuses a question that a route does not know', async () => {
  expect((await send('GET', '/v1/users/ada?fields=name', server.key.read)).status).toBe(400)
  expect((await send('GET', '/health/live?probe=1')).status).toBe(200)
})

it('logs the pattern of a route, never an id, a text or an address', async () => {
  await send('GET', '/v1/users/ada?x=ada', server.key.read)
  await send('GET', '/v1/feeds/home?user=ada', server.key.read)
  // Ids of requests are hexadecimal by lot, and may spell a name.
  const logged = server.lines.join('').replace(/"requestId":"[0-9a-f-]{36}"/g, '')
  expect(logged).toContain('"route":"/v1/users/{id}"')
  expect(logged).toContain('"status":400')
  expect(logged).not.toContain('ada')
})

it('answers 503 when a request takes too long', async () => {
  server.restart({ requestTimeoutSeconds: 0.02 }, { feed: () => new Promise(() => {}) })
  const { status, headers } = await send('GET', '/v1/feeds/home?user=ada', server.key.read)
  expect([status, headers.get('retry-after')]).toEqual([503, '1'])
})

it('is alive, ready until it drains, and counts requests by pattern', async () => {
  await send('GET', '/v1/feeds/home?user=ada', server.key.read)
  expect((await send('GET', '/health/live')).body).toEqual({ status: 'ok' })
  expect((await send('GET', '/health/ready')).status).toBe(200)
  const { body } = await send('GET', '/metrics')
  expect(body).toContain(
    'kith_http_requests_total{route="/v1/feeds/{feed}",method="GET",status="200"} 1',
  )
  expect(body).toContain('kith_feed_seconds_count{feed="home"} 1')
  expect(body).toContain('kith_stored{what="items"} 3')
  expect(body).not.toContain('ada')
  server.app.drain()
  expect((await send('GET', '/health/ready')).status).toBe(503)
})

it('keeps its figures behind a key when asked to', async () => {
  server.restart({ metricsNeedKey: true })
  expect((await send('GET', '/metrics')).status).toBe(401)
  expect((await send('GET', '/metrics', server.key.read)).status).toBe(200)
})

it('lets pages of named origins call the API, and no others', async () => {
  server.restart({ corsOrigins: ['https://a.example'] })
  const from = (origin: string) =>
    server.app.request('/v1/status', { headers: { origin, 'x-api-key': server.key.read } })
  expect((await from('https://a.example')).headers.get('access-control-allow-origin')).toBe(
    'https://a.example',
  )
  expect((await from('https://b.example')).headers.get('access-control-allow-origin')).toBeNull()
})

it('says so when the console is not built, and serves it when it is', async () => {
  const page = () => server.app.request('/', { headers: { accept: 'text/html' } })
  const missing = await page()
  expect([missing.status, await missing.text()]).toEqual([
    503,
    expect.stringContaining('npm run build'),
  ])
  mkdirSync(join(server.consoleFolder, 'assets'))
  writeFileSync(join(server.consoleFolder, 'index.html'), '<p>console')
  writeFileSync(join(server.consoleFolder, 'assets/app-1.js'), 'let a')
  const found = await page()
  expect([found.status, await found.text()]).toEqual([200, '<p>console'])
  expect(found.headers.get('content-security-policy')).toContain("default-src 'self'")
  const script = await server.app.request('/assets/app-1.js')
  expect(script.headers.get('cache-control')).toContain('immutable')
  const etag = found.headers.get('etag') ?? ''
  expect((await server.app.request('/', { headers: { 'if-none-match': etag } })).status).toBe(304)
  const deepPage = await server.app.request('/people/ada', { headers: { accept: 'text/html' } })
  expect(await deepPage.text()).toBe('<p>console')
  expect((await server.app.request('/assets/missing.js')).status).toBe(404)
  expect((await server.app.request('/..%2f..%2fpackage.json')).status).toBe(404)
})
