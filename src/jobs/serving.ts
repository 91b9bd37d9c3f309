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
  /** Follows no other node any more. */
  close(): Promise<void>
}

interface ServingParts {
  readonly models: ModelStore
  readonly learned: Learned
  readonly log: Log
  /** How often to ask what other nodes on the same store put into service. */
  readonly followMs?: number
}

export function createServing({ models, learned, log, followMs = 5_000 }: ServingParts): Serving {
  let servingId: string | undefined
  /** Read last, whether it could serve or not: it is not read again and again. */
  let readId: string | undefined
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
      readId = stored?.id
      const model = stored && loadServingModel(savedModelOf(stored.file))
      await learned.serve(model, stored?.itemIds ?? [])
      servingId = stored?.id
    } catch (cause) {
      await learned.serve(undefined, [])
      log.warn('the serving model cannot be read; pages are made without one', { cause })
    }
  }

  /** A model that another node trained, or took back. */
  async function follow(): Promise<void> {
    const id = await models.servingId()
    if (id === readId) return
    await restore()
    log.info('serves what another node put into service', { model: servingId })
  }

  let following: Promise<unknown> | undefined
  const asking = setInterval(() => {
    following ??= inTurn(follow)
      .catch((cause: unknown) => log.warn('cannot ask which model serves', { cause }))
      .finally(() => {
        following = undefined
      })
  }, followMs).unref()

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
        readId = stored.id
      }),
    rollback: () =>
      inTurn(async () => {
        await models.rollback()
        await restore()
      }),
    async settled() {
      await work
    },
    async close() {
      clearInterval(asking)
      await work
    },
  }
}
