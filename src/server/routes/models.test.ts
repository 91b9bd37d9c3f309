/** The models of the live path over HTTP: trained, refused, taken back; what is asked wrongly changes nothing. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Models, Training } from '../../domain/serving.ts'
import { silentLog } from '../../log.ts'
import { fillCity } from '../../testing/city.fixture.ts'
import { openTestEngine, type TestEngine } from '../../testing/test-engine.ts'
import { town } from '../../testing/town.ts'
import { createApp } from '../app.ts'

let city: TestEngine
let small: TestEngine
beforeAll(async () => {
  city = await openTestEngine({ people: null })
  small = await openTestEngine()
  await fillCity(city.engine)
}, 60_000)
afterAll(() => Promise.all([city.close(), small.close()]))

type Scope = 'admin' | 'write' | 'read'

async function send<Answer>(
  test: TestEngine,
  words: string,
  { scope = 'admin', body }: { scope?: Scope; body?: unknown } = {},
): Promise<{ status: number; answer: Answer }> {
  const { engine, config } = test
  const app = createApp({ engine, config, log: silentLog, now: () => town.now, consoleFolder: '' })
  const { secret } = await engine.createApiKey({ name: scope, scopes: [scope] })
  const [method = '', path = ''] = words.split(' ')
  const response = await app.request(path, {
    method,
    headers: { 'X-API-Key': secret, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, answer: (await response.json()) as Answer }
}

async function modelsOf(test: TestEngine): Promise<Models> {
  return (await send<Models>(test, 'GET /v1/models')).answer
}

async function trainOver(test: TestEngine): Promise<Models> {
  const { status, answer } = await send<Training>(test, 'POST /v1/models/train')
  expect(status).toBe(202)
  expect(answer.isRunning).toBe(true)
  for (;;) {
    const models = await modelsOf(test)
    if (!models.training.isRunning) return models
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

it('tells that the gate refused a model, and why, and serves without one', async () => {
  const { models, training, serving } = await trainOver(small)
  expect(serving).toBeUndefined()
  expect(training.last).toMatchObject({ passes: false })
  expect(models).toMatchObject([{ state: 'refused', verdict: { passes: false } }])
  expect(models[0]?.verdict.reasons.join(' ')).toContain('at least 20 are needed')
  const { answer } = await send<{ run: object }>(small, `GET /v1/runs/${training.last?.runId}`)
  expect(answer.run).toMatchObject({ kind: 'train', state: 'done', gate: { isPassed: false } })
}, 60_000)

it('puts what passed into service, takes it back once, and says when there is nothing left', async () => {
  const { serving, training } = await trainOver(city)
  expect(serving).toBe(training.last?.modelId)
  const back = await send<Models>(city, 'POST /v1/models/rollback')
  expect(back).toMatchObject({ status: 200, answer: { models: [{ state: 'withdrawn' }] } })
  expect(back.answer.serving).toBeUndefined()
  const again = await send<object>(city, 'POST /v1/models/rollback')
  expect(again).toMatchObject({ status: 409, answer: { code: 'conflict' } })
  expect(await modelsOf(city)).toEqual(back.answer)
}, 60_000)

it.each([
  ['POST /v1/models/train', 'write', 403],
  ['POST /v1/models/rollback', 'read', 403],
  ['GET /v1/models', 'read', 403],
  ['GET /v1/runs/none', 'admin', 404],
  ['GET /v1/runs/..%2F..%2Fadmin.key', 'admin', 404],
  ['GET /v1/models/none', 'admin', 404],
  ['POST /v1/models/none', 'admin', 404],
  ['DELETE /v1/models', 'admin', 405],
] as const)('refuses %s of %s with %d, and nothing changes', async (words, scope, status) => {
  const before = await modelsOf(small)
  expect((await send(small, words, { scope })).status).toBe(status)
  expect(await modelsOf(small)).toEqual(before)
})
