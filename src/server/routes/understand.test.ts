import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeEngine } from '../../../test/fake-engine.ts'
import { configSchema } from '../../config.ts'
import type { Engine } from '../../engine.ts'
import { silentLog } from '../../log.ts'
import { type App, createApp } from '../app.ts'

const now = () => new Date('2026-01-01T12:00:00Z')
let engine: Engine
let app: App
let asked: { texts: readonly string[]; why: boolean }[]

beforeEach(() => {
  const fake = createFakeEngine(now)
  asked = []
  engine = {
    ...fake,
    understand(texts, { why }) {
      asked.push({ texts, why })
      return fake.understand(texts, { why })
    },
  }
  app = createApp({ engine, config: configSchema.parse({}), log: silentLog, now })
})

async function keyOf(scope: 'read' | 'admin' | 'as-user', userId?: string): Promise<string> {
  return (await engine.createApiKey({ name: scope, scopes: [scope], userId })).secret
}

async function ask(path: string, key: string, body?: unknown): Promise<Response> {
  return app.request(path, {
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
}

describe('POST /v1/understand', () => {
  it('answers for each text in order, and says why where there is no head', async () => {
    const texts = ['今天的面包刚出炉，真香', 'The bread is fresh and smells wonderful today']
    const response = await ask('/v1/understand', await keyOf('read'), { texts })
    expect(response.status).toBe(200)
    const { understood } = (await response.json()) as { understood: unknown[] }
    expect(understood).toMatchObject([
      { language: { code: 'zh' }, emotion: { isThere: false, reason: 'no-head' } },
      { language: { code: 'en' }, emotion: { isThere: false, reason: 'no-head' } },
    ])
  })

  it('tells the words of the first eight texts only', async () => {
    const texts = Array.from({ length: 10 }, (_, n) => `a text with the number ${n}`)
    const response = await ask('/v1/understand', await keyOf('read'), { texts, why: true })
    expect(((await response.json()) as { understood: unknown[] }).understood).toHaveLength(10)
    expect(asked).toEqual([
      { texts: texts.slice(0, 8), why: true },
      { texts: texts.slice(8), why: false },
    ])
  })

  it('refuses none, too many and too long texts', async () => {
    const key = await keyOf('read')
    for (const texts of [
      [],
      Array.from({ length: 257 }, () => 'x'),
      ['x'.repeat(20_001)],
      ['a', 3],
    ]) {
      expect((await ask('/v1/understand', key, { texts })).status).toBe(400)
    }
    expect(asked).toEqual([])
  })
})

describe('GET /v1/items/{id}/understanding and /v1/topics', () => {
  it('tells of a post that is there, and what the network talks about', async () => {
    const post = { kind: 'post', visibility: 'public', isUnsafe: false } as const
    const text = '今天的面包刚出炉，真香'
    await engine.putItems([{ ...post, id: 'one', text, tags: [], createdAt: now() }])
    const key = await keyOf('read')
    const response = await ask('/v1/items/one/understanding', key)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      language: { code: 'zh' },
      importance: { value: expect.any(Number), parts: { care: expect.any(Number) } },
      topics: [],
    })
    expect((await ask('/v1/items/none/understanding', key)).status).toBe(404)
    expect(await (await ask('/v1/topics', key)).json()).toMatchObject({
      topics: [{ id: 3, words: ['bread', 'oven'], posts: 10 }],
    })
    expect((await ask('/v1/items/one/understanding', await keyOf('as-user', 'ada'))).status).toBe(
      403,
    )
  })
})

describe('GET /v1/users/{id}/mood', () => {
  it('is for the person and the administrator, and for nobody else', async () => {
    const person = { languages: [], isPrivate: false, allowsUnsafe: false, isSample: false }
    await engine.putUsers(['ada', 'bob'].map((id) => ({ ...person, id })))
    const own = await keyOf('as-user', 'ada')
    expect((await ask('/v1/users/ada/mood', own)).status).toBe(200)
    expect((await ask('/v1/users/bob/mood', own)).status).toBe(403)
    expect((await ask('/v1/users/bob/mood', await keyOf('admin'))).status).toBe(200)
    expect((await ask('/v1/users/bob/mood', await keyOf('read'))).status).toBe(403)
    expect((await ask('/v1/users/nobody/mood', await keyOf('admin'))).status).toBe(404)
  })
})
