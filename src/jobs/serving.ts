/** Which model serves: put into service from the store at the start, changed one at a time. */
import { savedModelOf } from '../learn/runs/saved-model.ts'
import { loadServingModel } from '../learn/serving/serving-model.ts'
import type { Log } from '../log.ts'
import type { Learned } from '../recommend/learned/learned.ts'
import type { ModelRecord, ModelStore, StoredModel } from '../store/store.ts'

export interface Serving {
  /** Of the model that serves; undefined when none does. */
  id(): string | undefined
  /** Whole, as stored. */
  current(): Promise<StoredModel | undefined>
  /** Newest first. */
  list(): Promise<ModelRecord[]>
  /** Keeps a model, and puts it into service when its state says so. */
  keep(model: StoredModel): Promise<void>
  /** The previous model serves again, or none. @throws KithError `conflict` when none serves */
  rollback(): Promise<void>
  /** Resolves when what was asked for so far is done, the start included. */
  settled(): Promise<void>
}

interface ServingParts {
  readonly models: ModelStore
  readonly learned: Learned
  readonly log: Log
}

export function createServing({ models, learned, log }: ServingParts): Serving {
  let servingId: string | undefined
  let work: Promise<unknown> = restore()

  function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const done = work.then(task, task)
    work = done.catch(() => undefined)
    return done
  }

  async function restore(): Promise<void> {
    servingId = undefined
    try {
      const stored = await models.serving()
      const model = stored && loadServingModel(savedModelOf(stored.file))
      await learned.serve(model, stored?.itemIds ?? [])
      servingId = stored?.id
    } catch (cause) {
      await learned.serve(undefined, [])
      log.warn('the serving model cannot be read; pages are made without one', { cause })
    }
  }

  return {
    id: () => servingId,
    current: () => models.serving(),
    list: () => models.list(),
    keep: (stored) =>
      inTurn(async () => {
        // Read before it is kept: what cannot serve must not be kept as serving.
        const model = loadServingModel(savedModelOf(stored.file))
        await models.put(stored)
        if (stored.state !== 'serving') return
        await learned.serve(model, stored.itemIds)
        servingId = stored.id
      }),
    rollback: () =>
      inTurn(async () => {
        await models.rollback()
        await restore()
      }),
    async settled() {
      await work
    },
  }
}
