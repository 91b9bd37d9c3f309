/** The rows of `kith evaluate recommend` that are the live feed: untrained, trained, and the ablation. */
import type { Change } from './domain/change.ts'
import { type TrainedServing, trainServing } from './jobs/training/train-serving.ts'
import type { Log } from './log.ts'
import { seededRandom } from './math/random.ts'
import { createFeeds } from './recommend/feeds.ts'
import { emptyMemory } from './remember.ts'
import { createExactVectors } from './vectors/exact.ts'

/** One row: the feed as it is, or trained, or trained and without one of its parts. */
export interface HomeRow {
  readonly name: string
  readonly isTrained: boolean
  readonly without: readonly string[]
  /** The model's vectors, but the weights that the feed has without it. */
  readonly keepsWeights?: boolean
  /** People are asked what they care about, where the data has answers. */
  readonly asks?: boolean
}

export const homeRows: readonly HomeRow[] = [
  { name: 'home', isTrained: false, without: [] },
  { name: 'home-trained', isTrained: true, without: [] },
  { name: 'home-asked', isTrained: false, without: [], asks: true },
  { name: 'home-trained-asked', isTrained: true, without: [], asks: true },
  { name: 'home-trained-without-weights', isTrained: true, without: [], keepsWeights: true },
  ...createFeeds().home.scorers.map(({ scorer }) => ({
    name: `home-trained-without-${scorer.name}`,
    isTrained: true,
    without: [scorer.name],
  })),
]

export type Train = (changes: readonly Change[], seed: number) => Promise<TrainedServing>

/** Rows of one seed differ in what they use of a model, not in the model: it is trained once for all. */
export function sharedTraining(log: Log): Train {
  const trained = new Map<string, Promise<TrainedServing>>()
  return (changes, seed) => {
    const key = `${changes.length} ${seed}`
    const known = trained.get(key) ?? trainOn(changes, seed, log)
    trained.set(key, known)
    return known
  }
}

async function trainOn(
  changes: readonly Change[],
  seed: number,
  log: Log,
): Promise<TrainedServing> {
  const trained = await trainServing(changes, {
    createMemory: emptyMemory,
    createVectors: createExactVectors,
    random: seededRandom(seed),
    report: (name, step, value) => log.debug('training', { name, step, value }),
  })
  const { model, means, verdict } = trained
  log.info('trained for home', { weights: model.weights, means, reasons: verdict.reasons })
  return trained
}
