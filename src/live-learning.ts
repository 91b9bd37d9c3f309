/** The learning part of an engine: the model that serves, the job that trains another, the way back. */
import { builtFile } from './built.ts'
import type { Models } from './domain/serving.ts'
import type { Engine } from './engine.ts'
import { createServing } from './jobs/serving.ts'
import { createTrainingJob, type TrainingParts } from './jobs/train.ts'
import { createLearned, type Learned } from './recommend/learned/learned.ts'
import type { ModelStore } from './store/store.ts'
import { createInvertedFile } from './vectors/inverted-file.ts'

export interface LiveLearning {
  readonly learned: Learned
  readonly calls: Pick<Engine, 'train' | 'models' | 'rollback'>
  /** Id of the model that serves. */
  servingId(): string | undefined
  close(): Promise<void>
}

type Parts = Omit<TrainingParts, 'serving' | 'learned' | 'entry'> & { readonly models: ModelStore }

export function openLiveLearning({ models, ...parts }: Parts): LiveLearning {
  const learned = createLearned(parts.memory, { createVectors: createInvertedFile })
  const serving = createServing({ models, learned, log: parts.log })
  const entry = builtFile('./train-process.js', import.meta.url)
  const training = createTrainingJob({ ...parts, serving, learned, entry })

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
