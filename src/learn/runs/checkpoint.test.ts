import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { SavedModel } from '../trainer.ts'
import { type FitKey, fileCheckpoint } from './checkpoint.ts'
import { modelFile, savedModelOf } from './saved-model.ts'

let parent = ''
let folder = ''
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'kith-checkpoint-'))
})
afterAll(() => rm(parent, { recursive: true }))
beforeEach(async () => {
  folder = join(await mkdtemp(join(parent, 'data-')), 'checkpoints')
})

const key: FitKey = {
  ...{ data: 'ab'.repeat(32), trainer: 'als', seed: 1, code: '0.1.0 558f0e1' },
  options: { factors: 64, alpha: 0.3 },
}
const state: SavedModel = {
  tensors: {
    users: { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, Number.NaN, 0, 1e-30) },
    steps: { shape: [2], data: Int32Array.of(-7, 2 ** 31 - 1) },
    empty: { shape: [0, 4], data: new Float32Array(0) },
  },
  meta: { epoch: 7, best: 0.25, isDone: false, note: '训练' },
}

it('gives back what was saved last by a fit of the same key', async () => {
  const checkpoint = fileCheckpoint(folder, key)
  expect(await checkpoint.load()).toBeUndefined()
  await checkpoint.save({ tensors: {}, meta: { epoch: 6 } })
  await checkpoint.save(state)
  const { options } = key
  const again = fileCheckpoint(folder, {
    ...key,
    options: Object.fromEntries(Object.entries(options!).reverse()),
  })
  expect(await again.load()).toEqual(state)
  await again.discard()
  expect(await checkpoint.load()).toBeUndefined()
  expect(await readdir(folder)).toEqual([])
})

it.each([
  { data: 'cd'.repeat(32) },
  { trainer: 'bpr' },
  { options: { factors: 32 } },
  { seed: 2 },
  { code: '0.1.0 other' },
])('starts afresh with another %j', async (change) => {
  await fileCheckpoint(folder, key).save(state)
  expect(await fileCheckpoint(folder, { ...key, ...change }).load()).toBeUndefined()
})

it('starts afresh when the file is broken', async () => {
  const checkpoint = fileCheckpoint(folder, key)
  await checkpoint.save(state)
  const [name = ''] = await readdir(folder)
  await truncate(join(folder, name), 100)
  expect(await checkpoint.load()).toBeUndefined()
})

it('keeps a model as safetensors', () => {
  expect(savedModelOf(modelFile(state))).toEqual(state)
  expect(() => savedModelOf(modelFile(state).subarray(0, 90))).toThrow(/not a complete safetensors/)
})
