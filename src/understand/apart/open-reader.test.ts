import { performance } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBundledEncoder } from '../../encoder/bundled.ts'
import type { Encoder } from '../../encoder/encoder.ts'
import { hashingEncoder } from '../../encoder/hashing.ts'
import { silentLog } from '../../log.ts'
import { openHeads } from '../open-heads.ts'
import { openUnderstanding } from '../understand.ts'
import { openReader, type Reader } from './open-reader.ts'

const texts = [
  'I finally got the job and could dance all the way home, so happy!',
  '太差了，又脏又吵，再也不会来了。',
  'Congratulations! You have won a FREE prize, call 09061701461 now to claim.',
  '今天终于拿到录取通知书了，太开心了，哈哈哈',
  '',
  'I finally got the job and could dance all the way home, so happy!!',
]

describe('openReader, with the models', () => {
  let encoder: Encoder
  let reader: Reader

  beforeAll(async () => {
    encoder = await openBundledEncoder({ log: silentLog })
    reader = await openReader({ encoder, log: silentLog, politeness: 0 })
  }, 60_000)
  afterAll(async () => {
    await reader.close()
    await encoder.close()
  })

  it('says exactly what understanding says in this thread', async () => {
    const { heads, problems } = await openHeads(encoder)
    const here = openUnderstanding({ encoder, heads })
    expect(reader.name).toBe(here.name)
    expect(reader.problems).toEqual(problems)
    expect(reader.heads.map(({ name }) => name)).toEqual(heads.map(({ name }) => name))
    expect(await reader.understand(texts)).toEqual(await here.understand(texts))
    const why = { why: true }
    const explained = await reader.understand(texts.slice(0, 1), why)
    expect(explained).toEqual(await here.understand(texts.slice(0, 1), why))
    expect(explained[0]?.emotion).toHaveProperty('why')
  })

  it('labels alike, with vectors that are known and vectors that are not', async () => {
    const { heads } = await openHeads(encoder)
    const expected = await openUnderstanding({ encoder, heads }).label(texts)
    const found = await encoder.encode(texts)
    const embeddings = found.map((one, place) => (place % 2 === 0 ? one : undefined))
    const labels = await reader.label(texts, { embeddings })
    expect(labels).toEqual(expected)
    expect(new Set(labels.map(({ values }) => values.join())).size).toBeGreaterThan(3)
    // What was lent is still whole.
    expect(found[0]?.values.length).toBe(384)
  })
})

describe('openReader', () => {
  const encoder = hashingEncoder()
  const many = Array.from({ length: 100 }, (_, n) => `${texts[n % 4]} number ${n} of many`)

  it('leaves the thread that answers pages to pages, and refuses what is too much', async () => {
    const reader = await openReader({ encoder, log: silentLog, queueLimit: 100, politeness: 0 })
    const before = performance.eventLoopUtilization()
    const first = reader.label(many)
    await expect(reader.understand(texts)).rejects.toMatchObject({
      code: 'unavailable',
      details: { underWay: 100, given: 6, limit: 100 },
    })
    await expect(first).resolves.toHaveLength(100)
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.4)
    const stop = new AbortController()
    const given = reader.label(many, { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(given).rejects.toThrow('enough')
    const closing = reader.label(many)
    await reader.close()
    await expect(closing).rejects.toMatchObject({ code: 'unavailable' })
    await expect(reader.label(texts)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('tells that its thread died, and reads the next text with another', async () => {
    let started = 0
    const told: string[] = []
    const log = { ...silentLog, error: (message: string) => told.push(message) }
    const reader = await openReader({
      encoder,
      log,
      startWorker: () => new Worker(started++ === 0 ? dying : answering, { eval: true }),
    })
    await expect(reader.label(texts)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('out of paper'),
    })
    expect(told).toHaveLength(1)
    await expect(reader.label(texts)).resolves.toEqual([])
    expect(started).toBe(2)
    await reader.close()
  })
})

const ready = `const { parentPort } = require('node:worker_threads')
parentPort.postMessage({ kind: 'ready', name: 'none', heads: [], problems: [] })`
const dying = `${ready}
parentPort.on('message', () => { throw new Error('out of paper') })`
const answering = `${ready}
parentPort.on('message', ({ id }) => parentPort.postMessage({ kind: 'labelled', id, answer: [] }))`
