/** An engine whose weights are missing or damaged: it starts, says so, and does what can be done. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { Engine } from './engine.ts'
import { silentLog } from './log.ts'
import { startEngine } from './start-engine.ts'
import { openTestEngine, type TestEngine, untilEncoded } from './testing/test-engine.ts'
import { town } from './testing/town.ts'

let opened: TestEngine | undefined
afterEach(() => opened?.close())

const spam = 'Congratulations! You have won a FREE prize, call 09061701461 now to claim.'

it('starts without its encoder, serves feeds, says what is missing, and encodes later', async () => {
  opened = await openTestEngine({ settings: { ENCODER: 'onnx:/nowhere/at/all' } })
  const { engine, config } = opened
  const { adapters, work } = await engine.status()
  expect(adapters['encoder']).toContain('none: ')
  expect(adapters['encoder']).toContain('/nowhere/at/all')
  expect(work['encode']).toEqual({ done: 0, total: 0 })
  expect(await idsOfPage(engine)).not.toHaveLength(0)
  const [found] = await engine.understand([spam], { why: false })
  expect(found?.language?.code).toBe('en')
  expect(found?.quality.value).toBeGreaterThan(0)
  expect(found?.emotion).toMatchObject({
    isThere: false,
    reason: 'no-model',
    text: expect.stringContaining('/nowhere/at/all'),
  })
  // Nothing was taken for unreadable meanwhile: with an encoder all of it is encoded.
  await engine.close()
  const told: string[] = []
  const log = { ...silentLog, error: (message: string) => told.push(message) }
  const later = await startEngine({ ...config, encoder: 'hashing' }, log, { now: () => town.now })
  await untilEncoded(later.engine)
  expect(told).toEqual([])
  const [item] = await later.engine.listItems({ limit: 1 })
  const { importance } = await later.engine.understandItem(item!.id, { why: false })
  expect(importance.parts).toHaveProperty('novelty')
  await later.engine.close()
  await opened.reopen()
})

it('starts with a model that is no model, and says so once in its log', async () => {
  opened = await openTestEngine({ people: null })
  const { engine, config } = opened
  await engine.close()
  const folder = join(config.data, 'model')
  await mkdir(folder)
  for (const name of ['model.onnx', 'tokenizer.json']) await writeFile(join(folder, name), '{}')
  const told: string[] = []
  const log = { ...silentLog, error: (message: string) => told.push(message) }
  const damaged = await startEngine({ ...config, encoder: `onnx:${folder}` }, log)
  expect((await damaged.engine.status()).adapters['encoder']).toContain('none: ')
  const [found] = await damaged.engine.understand([spam], { why: false })
  expect(found?.emotion).toMatchObject({ isThere: false, reason: 'no-model' })
  expect(told.join()).toContain('Feeds go on')
  await damaged.engine.close()
  await opened.reopen()
})

async function idsOfPage(engine: Engine): Promise<string[]> {
  const query = { limit: 5, languages: [], exclude: [], explain: false, locale: 'en' } as const
  const page = await engine.feed({ ...query, feed: 'home', userId: 'kofi' })
  return page.items.map(({ item }) => item.id)
}
