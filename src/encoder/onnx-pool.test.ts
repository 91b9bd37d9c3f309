/** The queue and the workers, with workers of a few lines instead of a model. */
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { silentLog } from '../log.ts'
import type { OnnxModel } from './onnx-model.ts'
import { createOnnxPool, type OnnxPool } from './onnx-pool.ts'

const model: OnnxModel = {
  space: 'test@1',
  weights: { path: '' },
  tokenizer: { path: '' },
  needsLowerCase: false,
  pooling: 'mean',
  maxTokens: 8,
  batchTokens: 64,
}

/** A vector is the text's length and a one. `slow` takes a while, `die` throws, `refuse` fails. */
const script = `
const { parentPort } = require('node:worker_threads')
const { setTimeout: pause } = require('node:timers/promises')
let last = Promise.resolve()
parentPort.on('message', (request) => {
  last = last.then(() => (request === 'close' ? parentPort.close() : answer(request.texts)))
})
async function answer(texts) {
  if (texts.includes('die')) process.nextTick(() => { throw new Error('The worker fell over.') })
  if (texts.includes('slow')) await pause(100)
  const values = Float32Array.from(texts.flatMap((text) => [text.length, 1]))
  const refusal = { kind: 'failed', code: 'invalid-input', message: 'I will not.' }
  if (texts.includes('die')) return
  parentPort.postMessage(texts.includes('refuse') ? refusal : { kind: 'vectors', values, width: 2 })
}
parentPort.postMessage({ kind: 'ready' })
`

let started = 0
const open: OnnxPool[] = []

function createPool(
  options: { workers?: number; queueLimit?: number; script?: string } = {},
): OnnxPool {
  const { script: source = script, ...rest } = options
  started = 0
  const startWorker = (): Worker => {
    started += 1
    return new Worker(source, { eval: true })
  }
  const pool = createOnnxPool({ model, log: silentLog, startWorker, ...rest })
  open.push(pool)
  return pool
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()))
})

async function lengthsOf(
  pool: OnnxPool,
  texts: string[],
  signal?: AbortSignal,
): Promise<unknown[]> {
  const lengths: unknown[] = []
  await pool.vectors(texts, {
    signal,
    onVector: (index, vector) => {
      lengths[index] = vector?.[0]
    },
  })
  return lengths
}

describe('a pool of workers', () => {
  it('puts vectors where their texts were, over several requests and workers', async () => {
    const texts = Array.from({ length: 150 }, (_, n) => 'x'.repeat(1 + ((n * 53) % 97)))
    const lengths = await lengthsOf(createPool({ workers: 2 }), texts)
    expect(lengths).toEqual(texts.map((text) => text.length))
    expect(started).toBe(2)
  })

  it('starts a worker once for many calls', async () => {
    const pool = createPool()
    await pool.ready()
    await Promise.all(['a', 'b', 'c'].map((text) => lengthsOf(pool, [text])))
    expect(started).toBe(1)
  })

  it('refuses more texts than may wait, and takes them later', async () => {
    const pool = createPool({ queueLimit: 50 })
    const first = lengthsOf(pool, ['slow'])
    const second = lengthsOf(
      pool,
      Array.from({ length: 50 }, () => 'waits'),
    )
    await expect(lengthsOf(pool, ['one too many'])).rejects.toMatchObject({
      code: 'unavailable',
      details: { waiting: 50, given: 1, limit: 50 },
    })
    await Promise.all([first, second])
    expect(await lengthsOf(pool, ['now'])).toEqual([3])
  })

  it('lets a short call pass a long one', async () => {
    const pool = createPool()
    const order: string[] = []
    const long = lengthsOf(
      pool,
      Array.from({ length: 500 }, () => 'long'),
    ).then(() => order.push('long'))
    const short = lengthsOf(pool, ['short']).then(() => order.push('short'))
    await Promise.all([long, short])
    expect(order).toEqual(['short', 'long'])
  })

  it('gives back the room of a caller who leaves', async () => {
    const pool = createPool({ queueLimit: 40 })
    const controller = new AbortController()
    const busy = lengthsOf(pool, ['slow'])
    const leaving = lengthsOf(
      pool,
      Array.from({ length: 40 }, () => 'x'),
      controller.signal,
    )
    controller.abort()
    await expect(leaving).rejects.toMatchObject({ name: 'AbortError' })
    expect(
      await lengthsOf(
        pool,
        Array.from({ length: 40 }, () => 'y'),
      ),
    ).toHaveLength(40)
    await busy
  })

  it('rejects what a dying worker had in hand, and starts another for the rest', async () => {
    const pool = createPool()
    const dying = lengthsOf(pool, ['die'])
    const next = lengthsOf(pool, ['alive'])
    await expect(dying).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('The worker fell over'),
    })
    expect(await next).toEqual([5])
    expect(started).toBe(2)
  })

  it('passes on why a worker refuses, and keeps it', async () => {
    const pool = createPool()
    await expect(lengthsOf(pool, ['refuse'])).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await lengthsOf(pool, ['fine'])).toEqual([4])
    expect(started).toBe(1)
  })

  it('says why a worker cannot start', async () => {
    const failing = `require('node:worker_threads').parentPort.postMessage(
      { kind: 'failed', code: 'misconfigured', message: 'No such file.' })`
    const pool = createPool({ script: failing })
    await expect(pool.ready()).rejects.toMatchObject({
      code: 'misconfigured',
      message: 'No such file.',
    })
  })

  it('rejects what waits when it is closed, and what comes after', async () => {
    const pool = createPool()
    await pool.ready()
    const running = lengthsOf(pool, ['slow'])
    const waiting = lengthsOf(pool, ['x'])
    await Promise.all([
      expect(waiting).rejects.toMatchObject({ code: 'unavailable' }),
      pool.close(),
    ])
    expect(await running).toEqual([4])
    await expect(lengthsOf(pool, ['late'])).rejects.toMatchObject({ code: 'unavailable' })
  })
})
