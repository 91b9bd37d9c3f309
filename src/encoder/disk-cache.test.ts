import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { diskCachedEncoder } from './disk-cache.ts'
import type { Encoder } from './encoder.ts'
import { hashingEncoder } from './hashing.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-cache-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Writes down every text it is asked for. */
function witness(asked: string[]): Encoder {
  const encoder = hashingEncoder()
  return {
    ...encoder,
    encode(texts, options) {
      asked.push(...texts)
      return encoder.encode(texts, options)
    },
  }
}

it('encodes a text once, also in the next process', async () => {
  const path = join(folder, 'deep/one.bin')
  const asked: string[] = []
  const first = await diskCachedEncoder(witness(asked), { path })
  const texts = ['tea', 'jazz', 'tea', '']
  const embeddings = await first.encode(texts)
  expect(asked).toEqual(['tea', 'jazz', ''])
  const second = await diskCachedEncoder(witness(asked), { path })
  expect(await second.encode(texts)).toEqual(embeddings)
  expect(asked.slice(3)).toEqual([''])
  expect(embeddings).toEqual(await hashingEncoder().encode(texts))
  expect((await readFile(path)).includes('jazz')).toBe(false)
  expect(await readdir(join(folder, 'deep'))).toEqual(['one.bin'])
})

it('keeps no more than it may, those used last', async () => {
  const path = join(folder, 'two.bin')
  const asked: string[] = []
  const cached = await diskCachedEncoder(witness(asked), { path, limit: 2 })
  for (const text of ['a', 'b', 'a', 'c']) await cached.encode([text])
  asked.length = 0
  const later = await diskCachedEncoder(witness(asked), { path, limit: 2 })
  await later.encode(['a', 'c'])
  expect(asked).toEqual([])
  await later.encode(['b'])
  expect(asked).toEqual(['b'])
})

it('counts a file that is cut, broken or of another encoder as empty', async () => {
  const path = join(folder, 'three.bin')
  await (await diskCachedEncoder(hashingEncoder(), { path })).encode(['tea', 'jazz'])
  const whole = await readFile(path)
  const other = Buffer.from(whole.toString('latin1').replace('hashing', 'hushing'), 'latin1')
  for (const file of [whole.subarray(0, -1), whole.subarray(0, 80), Buffer.from('junk'), other]) {
    await writeFile(path, file)
    const asked: string[] = []
    await (await diskCachedEncoder(witness(asked), { path })).encode(['tea'])
    expect(asked).toEqual(['tea'])
  }
})
