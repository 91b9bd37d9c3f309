/** Live training on a small city of our own: fit, gate, swap, go back, restart, erase, a killed fit. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fillCity, postOf, topics, trained } from '../testing/city.fixture.ts'
import { openTestEngine, type TestEngine, untilEncoded } from '../testing/test-engine.ts'

const usual = { limit: 20, exclude: [], languages: [], explain: true, locale: 'en' } as const
let test: TestEngine

beforeAll(async () => {
  test = await openTestEngine({ people: null })
  await fillCity(test.engine)
}, 60_000)
afterAll(() => test.close())

it('trains beside pages, passes the gate, and explains what the model adds', async () => {
  const { engine } = test
  const before = await engine.feed({ ...usual, feed: 'home', userId: 'p0' })
  expect(before.items.some(({ parts }) => 'learned' in parts)).toBe(false)
  const training = trained(engine)
  // Pages go on while it trains and while the model is swapped.
  for (let n = 0; n < 40; n++) {
    const page = await engine.feed({ ...usual, feed: 'home', userId: `p${n}` })
    expect(page.items).toHaveLength(20)
  }
  const models = await training
  expect(models.training.last?.reasons).toEqual([])
  expect(models.serving).toBe(models.training.last?.modelId)
  expect(await engine.status()).toMatchObject({ model: models.serving })
  const page = await engine.feed({ ...usual, feed: 'home', userId: 'p0' })
  expect(page.items.some(({ parts }) => (parts['learned'] ?? 0) > 0)).toBe(true)
  expect(page.items.some(({ from }) => from.includes('learned'))).toBe(true)
  const runs = await engine.listRuns({ kind: 'train' })
  expect(runs[0]).toMatchObject({ state: 'done', gate: { isPassed: true } })
}, 300_000)

it('places an item newer than the fit by its text', async () => {
  const { engine } = test
  await engine.putItems([postOf(0, 900, topics[0]!), postOf(1, 901, topics[1]!)])
  await untilEncoded(engine)
  await new Promise((resolve) => setTimeout(resolve, 300))
  const page = await engine.feed({ ...usual, feed: 'home', userId: 'p0', limit: 100 })
  const learned = (id: string) =>
    page.items.find(({ item }) => item.id === id)?.parts['learned'] ?? 0
  expect(learned('t0-900')).toBeGreaterThan(learned('t1-901'))
})

it('serves the same after a restart, goes back, and says so when there is nothing to go back from', async () => {
  const serving = (await test.engine.models()).serving
  await test.reopen()
  expect((await test.engine.models()).serving).toBe(serving)
  const second = await trained(test.engine)
  expect(second.training.last?.modelId).toBeDefined()
  if (second.training.last?.passes) {
    expect(second.models.find(({ id }) => id === serving)?.state).toBe('previous')
    expect((await test.engine.rollback()).serving).toBe(serving)
  }
  expect((await test.engine.rollback()).serving).toBeUndefined()
  await expect(test.engine.rollback()).rejects.toMatchObject({ code: 'conflict' })
  const page = await test.engine.feed({ ...usual, feed: 'home', userId: 'p1' })
  expect(page.items.some(({ parts }) => 'learned' in parts)).toBe(false)
}, 300_000)

it('forgets an erased person in pages, files and the model, and trains on without them', async () => {
  await test.reopen()
  expect((await trained(test.engine)).training.last?.reasons).toEqual([])
  await test.engine.eraseUser('p3')
  expect(test.engine.getUser('p3')).toBeUndefined()
  await test.reopen()
  const { serving } = await test.engine.models()
  expect(serving).toBeDefined()
  const page = await test.engine.feed({ ...usual, feed: 'home', userId: 'p7' })
  // Its part may be worth nothing to so small a city; that it proposes shows that it serves.
  expect(page.items.some(({ from }) => from.includes('learned'))).toBe(true)
  const after = await trained(test.engine)
  expect(after.training.last?.modelId).toBeDefined()
  expect(JSON.stringify(after)).not.toContain('p3')
}, 300_000)

it('closes in the middle of a training, and trains at the next start', async () => {
  const { serving } = await test.engine.models()
  await test.engine.train()
  await test.reopen()
  expect((await test.engine.models()).serving).toBe(serving)
  const [run] = await test.engine.listRuns({ kind: 'train' })
  expect(run?.state).not.toBe('running')
  expect((await trained(test.engine)).training.last?.modelId).toBeDefined()
}, 300_000)
