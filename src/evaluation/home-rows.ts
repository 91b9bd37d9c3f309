/** The rows of `kith evaluate recommend` that are the live feed: untrained, trained, and the ablation. */
import type { Change } from '../domain/change.ts'
import {
  type ServingTraining,
  type TrainedServing,
  trainServing,
} from '../jobs/training/train-serving.ts'
import type { Checkpoint, SavedModel } from '../learn/trainer.ts'
import { emptyMemory } from '../live/remember.ts'
import type { Log } from '../log.ts'
import { seededRandom } from '../math/random.ts'
import { createFeeds } from '../recommend/feeds.ts'
import { createExactVectors } from '../vectors/exact.ts'

/** One row: the feed as it is, or trained, or trained and without one of its parts. */
export interface HomeRow {
  readonly name: string
  readonly isTrained: boolean
  readonly without: readonly string[]
  /** The model learns without what is left out too, and all fresh choices teach it: nothing is gated. */
  readonly learnsSo?: boolean
  /** The model's vectors, but the weights of parts that the feed has without it. */
  readonly keepsWeights?: boolean
  /** Items and what people write are read for labels and moods. */
  readonly reads?: boolean
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
  ...ablation(),
]

/** What the fused ranker is worth beside each kind of signal alone, all learned in the same way. */
function ablation(): HomeRow[] {
  const { sources, scorers } = createFeeds().home
  const all = [
    ...sources.map(({ source }) => source.name),
    ...scorers.map(({ scorer }) => scorer.name),
  ]
  const row = (name: string, without: readonly string[]): HomeRow => {
    return { name, without, isTrained: true, learnsSo: true }
  }
  const alone = (name: string, kept: readonly string[]): HomeRow =>
    row(
      name,
      all.filter((part) => !kept.includes(part)),
    )
  return [
    row('fused', ['mood', 'outrage']),
    { ...row('fused-mood', []), reads: true },
    alone('text-only', ['similar', 'taste', 'dislike', 'quality']),
    alone('graph-only', [
      ...['circle', 'following', 'author', 'closeness', 'trust', 'endorsed', 'graph'],
    ]),
    alone('behaviour-only', [
      ...['alike', 'kindred', 'learned', 'trending', 'popularity', 'trend', 'dislike'],
    ]),
    alone('context-only', [
      ...['fresh', 'trending', 'freshness', 'just-now', 'newcomer', 'popularity', 'trend'],
    ]),
  ]
}

export type Train = (
  changes: readonly Change[],
  seed: number,
  row: HomeRow,
) => Promise<TrainedServing>

/**
 * Nothing is gated, so all fresh choices may teach. With 700 of them the many curves of `fused` were no
 * better than the few of one kind of signal alone (lastfm, validation part).
 */
const ablationSize = { trials: 0, choices: 4_000 }

/** Rows of one seed differ in what they use of a model, not in the model: it is trained once for all. */
export function sharedTraining(log: Log): Train {
  const trained = new Map<string, Promise<TrainedServing>>()
  const fits = new Map<string, Checkpoint>()
  return (changes, seed, { learnsSo, without }) => {
    const own = learnsSo ? { without, ...ablationSize } : {}
    const of = `${changes.length} ${seed}`
    const checkpoint = fits.get(of) ?? keepsFits()
    fits.set(of, checkpoint)
    const key = `${of} ${JSON.stringify(own)}`
    const known = trained.get(key) ?? trainOn(changes, seed, { ...own, checkpoint }, log)
    trained.set(key, known)
    return known
  }
}

/** Item vectors are the same for all rows of a seed; what people do is learned by each. */
function keepsFits(): Checkpoint {
  let kept: SavedModel | undefined
  const ofFits = <Value>(all: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => /^(first|last) fit/.test(name)))
  return {
    load: async () => kept,
    async save({ tensors, meta }) {
      kept = { tensors: ofFits(tensors), meta: ofFits(meta) }
    },
  }
}

async function trainOn(
  changes: readonly Change[],
  seed: number,
  own: Pick<ServingTraining, 'without' | 'trials' | 'checkpoint'>,
  log: Log,
): Promise<TrainedServing> {
  const trained = await trainServing(changes, {
    ...own,
    createMemory: emptyMemory,
    createVectors: createExactVectors,
    random: seededRandom(seed),
    report: (name, step, value) => log.debug('training', { name, step, value }),
  })
  const { means, verdict, measured } = trained
  log.info('trained for home', { measured, means, reasons: verdict.reasons })
  return trained
}
