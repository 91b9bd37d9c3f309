/** The learning part of an engine: the model that serves, the job that trains another, the way back. */
import { builtFile } from '../built.ts'
import type { Models } from '../domain/serving.ts'
import type { Engine } from '../engine.ts'
import type { Declared } from '../interest/declared.ts'
import { createServing } from '../jobs/serving.ts'
import { createTrainingJob, type TrainingParts } from '../jobs/train.ts'
import type { EngineParts } from '../open-engine.ts'
import { createLearned, type Learned } from '../recommend/learned/learned.ts'
import { createExactVectors } from '../vectors/exact.ts'

export interface LiveLearning {
  readonly learned: Learned
  readonly calls: Pick<Engine, 'listRuns' | 'getRun' | 'train' | 'models' | 'rollback'>
  /** Id of the model that serves. */
  servingId(): string | undefined
  close(): Promise<void>
}

/** A model is put into service in slices of 3 ms. */
const restMs = 20

type Moment = Pick<TrainingParts, 'memory' | 'now'> & { readonly declared: Declared }

export function openLiveLearning(
  { store, runs, log, trainEveryHours: everyHours }: EngineParts,
  moment: Moment,
): LiveLearning {
  const { declared } = moment
  const learned = createLearned(moment.memory, {
    createVectors: createExactVectors,
    restMs,
    declared,
  })
  const serving = createServing({ models: store.models, learned, log })
  const entry = builtFile('../train-process.js', import.meta.url)
  const training = createTrainingJob({
    ...moment,
    pages: store.pages,
    runs,
    log,
    everyHours,
    serving,
    learned,
    entry,
  })

  async function facts(): Promise<Models> {
    await serving.settled()
    const id = serving.id()
    const listed = (await serving.list()).map(({ at, runId, ...rest }) => ({
      ...{ ...rest, at: at.toISOString() },
      ...(runId === undefined ? {} : { runId }),
    }))
    const now = { training: training.state(), models: listed }
    return id === undefined ? now : { ...now, serving: id }
  }

  return {
    learned,
    servingId: () => serving.id(),
    calls: {
      listRuns: (filter) => runs.list(filter),
      getRun: async (id) => ({ run: await runs.get(id), curves: await runs.curves(id) }),
      train: async () => training.start(),
      models: facts,
      async rollback() {
        await serving.rollback()
        return facts()
      },
    },
    close: () => training.close(),
  }
}
