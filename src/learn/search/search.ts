/**
 * Hyper-parameters by random search (Bergstra & Bengio, JMLR 2012) that closes in on the best so far. Trials
 * see the training and the validation part alone; the test part does not come here.
 */
import { type Random, seededRandom } from '../../math/random.ts'
import { type Dataset, size, subset } from '../data/dataset.ts'
import { randomSplit } from '../data/split.ts'
import { metricName } from '../evaluate/lists.ts'
import { measure } from '../evaluate/measure.ts'
import { trainedRanker } from '../evaluate/trained-ranker.ts'
import type { EncodeTexts } from '../trainer.ts'
import { draw, drawNear, type Options, specOf, type Tunable } from './space.ts'

export interface SearchOptions {
  readonly tunable: Tunable
  readonly train: Dataset
  /** Where it is empty, a share of the training part is held out. */
  readonly valid: Dataset
  readonly trials: number
  /** List length of the NDCG that decides. */
  readonly at: number
  readonly random: Random
  /** Milliseconds that only go forward. */
  readonly clock: () => number
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((phase: string, done: number, total: number) => void) | undefined
  /** The metric of each trial and the best so far, as curves. */
  readonly report?: ((name: string, step: number, value: number) => void) | undefined
  readonly encode?: EncodeTexts | undefined
}

export interface Trial {
  readonly options: Options
  /** What `--models` takes to fit the same again. */
  readonly spec: string
  readonly ndcg: number
  readonly recall: number
  readonly seconds: number
}

const heldOutShare = 0.2
/** Of the trials; the first one is the defaults. */
const widelyDrawn = 0.5
const bestKept = 3
const widest = 0.25
const narrowest = 0.05
/** Every trial fits with this seed, so that trials differ by their options alone. */
const fitSeed = 1

/** @returns every trial, best first */
export async function search(options: SearchOptions): Promise<Trial[]> {
  const { tunable, trials, random, signal, progress, report } = options
  const parts = partsOf(options)
  const done: Trial[] = []
  const tried = new Set<string>()
  for (let step = 0; step < trials; step++) {
    signal?.throwIfAborted()
    const chosen = nextOptions(tunable, done, { step, trials }, random)
    const spec = specOf(tunable.name, changed(tunable, chosen))
    if (tried.has(spec)) continue
    tried.add(spec)
    done.push(await tryOut(options, parts, chosen, spec))
    done.sort((a, b) => b.ndcg - a.ndcg)
    progress?.(`search ${tunable.name}`, step + 1, trials)
    report?.('best ndcg', step, done[0]!.ndcg)
  }
  return done
}

function partsOf({ train, valid, random }: SearchOptions): { learned: Dataset; heldOut: Dataset } {
  if (size(valid) > 0) return { learned: train, heldOut: valid }
  const split = randomSplit(train, [1 - heldOutShare, heldOutShare, 0], random)
  return { learned: split.train, heldOut: split.valid }
}

function nextOptions(
  { space, defaults }: Tunable,
  done: readonly Trial[],
  { step, trials }: { step: number; trials: number },
  random: Random,
): Options {
  if (step === 0) return defaults
  const share = step / trials
  if (share < widelyDrawn) return draw(space, random)
  const centre = done[Math.floor(random() * Math.min(bestKept, done.length))]!
  const left = (1 - share) / (1 - widelyDrawn)
  const width = narrowest + left * (widest - narrowest)
  return drawNear(space, { ...defaults, ...centre.options }, width, random)
}

/** Only what is not the default: short to write. */
function changed({ defaults }: Tunable, options: Options): Options {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => defaults[name] !== value),
  )
}

async function tryOut(
  { tunable, at, clock, signal, encode }: SearchOptions,
  { learned, heldOut }: { learned: Dataset; heldOut: Dataset },
  options: Options,
  spec: string,
): Promise<Trial> {
  const ranker = trainedRanker(tunable.make({ ...tunable.defaults, ...options }))
  const nothing = subset(heldOut, () => false)
  const { metrics, fitSeconds, rankSeconds } = await measure(
    ranker,
    { train: learned, valid: nothing, test: heldOut },
    {
      ...{ at: [at], clock, lots: seededRandom(fitSeed) },
      context: { random: seededRandom(fitSeed), signal, encode },
    },
  )
  return {
    options,
    spec,
    ndcg: metrics.get(metricName('ndcg', at))!,
    recall: metrics.get(metricName('recall', at))!,
    seconds: fitSeconds + rankSeconds,
  }
}
