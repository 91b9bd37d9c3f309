/** A new person who says what they care about gets pages of it at once, and is told why. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from '../../domain/page.ts'
import { silentLog } from '../../log.ts'
import { openTestEngine, type TestEngine } from '../../testing/test-engine.ts'
import { town } from '../../testing/town.ts'
import { createApp } from '../app.ts'

let test: TestEngine
beforeAll(async () => {
  test = await openTestEngine()
}, 60_000)
afterAll(() => test.close())

async function send(method: string, path: string, body?: object) {
  const { engine, config } = test
  const app = createApp({ engine, config, log: silentLog, now: () => town.now, consoleFolder: '' })
  const { secret } = await engine.createApiKey({ name: 'test', scopes: ['admin'] })
  const response = await app.request(path, {
    method,
    headers: { 'X-API-Key': secret, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, answer: await response.json() }
}

async function pageOf(id: string): Promise<Page> {
  return (await send('GET', `/v1/feeds/home?user=${id}&limit=20&explain=true`)).answer as Page
}

it('begins with what they said, says so, and follows when they say otherwise', async () => {
  const plain = await send('PUT', '/v1/users/new', { name: 'New' })
  expect(plain.status).toBe(200)
  const nobody = await pageOf('new')
  expect(nobody.items.some(({ parts }) => (parts['taste'] ?? 0) > 0)).toBe(false)

  const post = town.items.find(({ text }) => text.split(' ').length > 5)
  const words = post?.text.split(' ').slice(0, 5).join(' ') ?? ''
  const { status, answer } = await send('PUT', '/v1/users/new', { interests: [` ${words} `] })
  expect({ status, answer }).toMatchObject({ status: 200, answer: { interests: [words] } })
  const page = await pageOf('new')
  const wanted = page.items.find(({ item }) => item.id === post?.id)
  expect(wanted?.parts['taste']).toBeGreaterThan(0)
  expect(wanted?.rank).toBeLessThan(
    nobody.items.find(({ item }) => item.id === post?.id)?.rank ?? 99,
  )
  const reasons = page.items.map(({ because }) => because?.text ?? '')
  expect(reasons.some((text) => text.includes(`You said you care about “${words}”`))).toBe(true)

  await send('PUT', '/v1/users/new', {})
  const silent = await pageOf('new')
  expect(silent.items.some(({ parts }) => (parts['taste'] ?? 0) > 0)).toBe(false)
})

it.each([[['']], [['x'.repeat(101)]], [Array(21).fill('tea')], ['tea'], [[1]]])(
  'refuses interests that are none, and keeps what was said before: %j',
  async (interests) => {
    await send('PUT', '/v1/users/other', { interests: ['tea'] })
    expect((await send('PUT', '/v1/users/other', { interests })).status).toBe(400)
    expect((await send('GET', '/v1/users/other')).answer).toMatchObject({ interests: ['tea'] })
  },
)

it('heeds a wish on the next page, in its parts, and keeps it with the person', async () => {
  const shareOfTies = (page: Page): number =>
    page.items.reduce((sum, { parts }) => sum + (parts['author'] ?? 0) + (parts['circle'] ?? 0), 0)
  const plain = await pageOf('kofi')
  const wished = await send('PATCH', '/v1/users/kofi', { wishes: { friends: 1 } })
  expect(wished).toMatchObject({ status: 200, answer: { wishes: { friends: 1 } } })
  const more = await pageOf('kofi')
  expect(shareOfTies(more)).toBeGreaterThan(1.5 * shareOfTies(plain))
  for (const { parts, score } of more.items) {
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 6)
  }
  await send('PATCH', '/v1/users/kofi', { wishes: { friends: -1 } })
  expect(shareOfTies(await pageOf('kofi'))).toBeLessThan(shareOfTies(plain))
  await test.reopen()
  expect((await send('GET', '/v1/users/kofi')).answer).toMatchObject({ wishes: { friends: -1 } })
})

it.each([[{ friends: 1.5 }], [{ outrage: 0.5 }], [{ enemies: 1 }], ['friends']])(
  'refuses a wish that is none: %j',
  async (wishes) => {
    expect((await send('PATCH', '/v1/users/fang', { wishes })).status).toBe(400)
  },
)
