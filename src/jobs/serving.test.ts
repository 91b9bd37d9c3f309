/** Two nodes on one store: what one puts into service, or takes back, the other serves without a restart. */
import { expect, it } from 'vitest'
import { modelFile } from '../learn/runs/saved-model.ts'
import { savedServingModel } from '../learn/serving/serving-model.ts'
import { silentLog } from '../log.ts'
import { createMemory } from '../memory/create-memory.ts'
import { createLearned } from '../recommend/learned/learned.ts'
import type { ModelStore, StoredModel } from '../store/store.ts'
import { createExactVectors } from '../vectors/exact.ts'
import { createServing } from './serving.ts'

/** Keeps the contract of the store: one serves, one is kept to go back to. */
function inMemoryModels(): ModelStore & { reads: number } {
  let models: StoredModel[] = []
  const inState = (state: string) => models.find((model) => model.state === state)
  return {
    reads: 0,
    async put(model) {
      const stepped = { serving: 'previous', previous: 'retired' } as const
      if (model.state === 'serving') {
        models = models.map((one) => ({
          ...one,
          state:
            one.state === 'serving' || one.state === 'previous' ? stepped[one.state] : one.state,
        }))
      }
      models.unshift(model)
    },
    list: async () => models,
    servingId: async () => inState('serving')?.id,
    async serving() {
      this.reads++
      return inState('serving')
    },
    async rollback() {
      const back = { serving: 'withdrawn', previous: 'serving' } as const
      models = models.map((one) => ({
        ...one,
        state: one.state === 'serving' || one.state === 'previous' ? back[one.state] : one.state,
      }))
    },
  }
}

function model(id: string, file?: Uint8Array): StoredModel {
  const vectors = Float32Array.of(1, 0, 0, 1)
  const options = { unobserved: 0.1, regularisation: 0.01 }
  const content = { width: 2, vectors, gram: vectors, options, contentMaps: [] }
  return {
    ...{ id, state: 'serving', at: new Date(0), itemIds: ['a', 'b'] },
    file: file ?? modelFile(savedServingModel(content)),
    verdict: { passes: true, reasons: [], segments: [], trials: 40 },
  }
}

function node(models: ModelStore) {
  const memory = createMemory({ createVectors: createExactVectors })
  const learned = createLearned(memory, { createVectors: createExactVectors })
  const serving = createServing({ models, learned, log: silentLog, followMs: 10 })
  return { learned, serving }
}

it('serves what another node put into service, and stops when it takes it back', async () => {
  const models = inMemoryModels()
  const [one, other] = [node(models), node(models)]
  await one.serving.keep(model('m1'))
  await expect.poll(() => other.serving.id()).toBe('m1')
  expect(other.learned.isServing).toBe(true)
  await one.serving.keep(model('m2'))
  await expect.poll(() => other.serving.id()).toBe('m2')
  await other.serving.rollback()
  await expect.poll(() => one.serving.id()).toBe('m1')
  await one.serving.rollback()
  await expect.poll(() => other.serving.id()).toBeUndefined()
  expect(other.learned.isServing).toBe(false)
  await Promise.all([one.serving.close(), other.serving.close()])
})

it('reads a model that cannot serve once, and the next one when it comes', async () => {
  const models = inMemoryModels()
  const { serving, learned } = node(models)
  await serving.settled()
  models.reads = 0
  await models.put(model('broken', Uint8Array.of(1, 2, 3)))
  await expect.poll(() => models.reads).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(models.reads).toBe(1)
  expect(learned.isServing).toBe(false)
  await models.put(model('m2'))
  await expect.poll(() => serving.id()).toBe('m2')
  await serving.close()
})
