/** Who may do what: keys of every kind, and those who guess them. */
import { expect, it } from 'vitest'
import { serverForTests } from './app.fixture.ts'

const server = serverForTests()
const { send } = server

it.each([
  ['GET', '/v1/status', undefined, 401],
  ['GET', '/v1/status', 'read', 200],
  ['POST', '/v1/users', 'read', 403],
  ['GET', '/v1/keys', 'write', 403],
  ['GET', '/v1/keys', 'admin', 200],
  ['GET', '/v1/users/ada/export', 'write', 403],
  ['GET', '/v1/status', 'ada', 403],
] as const)('%s %s with the key %s is answered by %i', async (method, path, name, status) => {
  expect((await send(method, path, name && server.key[name])).status).toBe(status)
})

it('holds a key that speaks for one person to that person', async () => {
  const like = (userId: string) => ({ events: [{ type: 'like', userId, itemId: 'p1' }] })
  expect((await send('GET', '/v1/feeds/home', server.key.ada)).status).toBe(200)
  expect((await send('GET', '/v1/feeds/home?user=bo', server.key.ada)).status).toBe(403)
  expect((await send('POST', '/v1/feeds/home', server.key.ada, { user: 'bo' })).status).toBe(403)
  expect((await send('POST', '/v1/events', server.key.ada, like('ada'))).status).toBe(202)
  expect((await send('POST', '/v1/events', server.key.ada, like('bo'))).status).toBe(403)
  expect((await send('PATCH', '/v1/users/ada', server.key.ada, { isPrivate: true })).status).toBe(
    200,
  )
  expect(
    (await send('PATCH', '/v1/users/ada', server.key.ada, { allowsUnsafe: true })).status,
  ).toBe(403)
  expect((await send('PATCH', '/v1/users/bo', server.key.ada, { isPrivate: true })).status).toBe(
    403,
  )
})

it('takes the key as a bearer token too', async () => {
  const headers = { authorization: `Bearer ${server.key.read}` }
  expect((await server.app.request('/v1/status', { headers })).status).toBe(200)
})

it('makes keys, and refuses a removed one with the next request', async () => {
  const made = await send('POST', '/v1/keys', server.key.admin, { name: 'app', scopes: ['read'] })
  expect(made.status).toBe(201)
  expect((await send('GET', '/v1/status', made.body.secret)).status).toBe(200)
  expect((await send('DELETE', `/v1/keys/${made.body.key.id}`, server.key.admin)).status).toBe(204)
  expect((await send('GET', '/v1/status', made.body.secret)).status).toBe(401)
  expect((await send('DELETE', `/v1/keys/${made.body.key.id}`, server.key.admin)).status).toBe(404)
})

it('looks a removed key up afresh even when a look-up was under way', async () => {
  let release = () => {}
  const gone = new Promise<void>((resolve) => {
    release = resolve
  })
  let isSlow = true
  server.restart(
    {},
    {
      async findApiKey(secret) {
        const found = await server.engine.findApiKey(secret)
        if (isSlow && secret === server.key.read) await gone
        return found
      },
    },
  )
  const before = send('GET', '/v1/status', server.key.read)
  const { keys } = (await send('GET', '/v1/keys', server.key.admin)).body
  const { id } = keys.find(({ name }: { name: string }) => name === 'read')
  expect((await send('DELETE', `/v1/keys/${id}`, server.key.admin)).status).toBe(204)
  isSlow = false
  release()
  await before
  expect((await send('GET', '/v1/status', server.key.read)).status).toBe(401)
})

it('keeps the last admin key', async () => {
  const { keys } = (await send('GET', '/v1/keys', server.key.admin)).body
  const { id } = keys.find(({ name }: { name: string }) => name === 'admin')
  expect((await send('DELETE', `/v1/keys/${id}`, server.key.admin)).status).toBe(409)
})

it('wants as-user keys to name their person, who must exist', async () => {
  const make = (body: object) => send('POST', '/v1/keys', server.key.admin, { name: 'x', ...body })
  expect((await make({ scopes: ['as-user'] })).status).toBe(400)
  expect((await make({ scopes: ['read'], userId: 'ada' })).status).toBe(400)
  expect((await make({ scopes: ['as-user', 'admin'], userId: 'ada' })).status).toBe(400)
  expect((await make({ scopes: ['as-user'], userId: 'nobody' })).status).toBe(404)
})

it('limits what one key may ask, and says when to come again', async () => {
  server.restart({ rateLimitPerMinute: 2 })
  const asked = [1, 2, 3].map(() => send('GET', '/v1/status', server.key.read))
  const answers = await Promise.all(asked)
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
  expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await send('GET', '/v1/status', server.key.write)).status).toBe(200)
})

it('makes an address that guesses keys wait, and lets known keys pass', async () => {
  server.restart({ failedKeysPerMinute: 2 })
  await send('GET', '/v1/status', server.key.read)
  const guesses = [await send('GET', '/v1/status', 'a'), await send('GET', '/v1/status', 'b')]
  expect(guesses.map(({ status }) => status)).toEqual([401, 401])
  expect((await send('GET', '/v1/status', 'c')).status).toBe(429)
  expect((await send('GET', '/v1/status', server.key.read)).status).toBe(200)
})
