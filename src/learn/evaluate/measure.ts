/** One row, one seed: build the ranker on the training part, rank everybody with a test, measure. */
import type { Random } from '../../math/random.ts'
import { type Csr, rowColumns, rowLength, union } from '../data/csr.ts'
import { activeUsers } from '../data/dataset.ts'
import type { Split } from '../data/split.ts'
import type { FitContext } from '../trainer.ts'
import { othersByLot } from './by-lot.ts'
import { type Calibration, calibrationOf } from './calibration.ts'
import { bestOf } from './list-best.ts'
import { catalogueValues, type Lists, listValues, meanKnown } from './lists.ts'
import { type MemoryFigures, memoryPeak } from './memory-peak.ts'
import { type PairScores, pairScores } from './pair-scores.ts'
import type { BuiltRanker, Probe, Ranker } from './ranker.ts'
import { type Segment, type SegmentValue, segmentValues } from './segments.ts'

export interface MeasureOptions {
  /** List lengths. */
  readonly at: readonly number[]
  /** Milliseconds that only go forward. */
  readonly clock: () => number
  readonly context: FitContext
  /** For items by lot: the same for every row, so that rows are compared on the same ones. */
  readonly lots: Random
  /** Orders each person's test items among so many others by lot; all items when left out. */
  readonly candidates?: number | undefined
  readonly segments?: readonly Segment[] | undefined
  readonly progress?: ((phase: 'fit' | 'rank', done: number, total: number) => void) | undefined
}

export interface Measurement extends MemoryFigures {
  /** By name, for example `recall@10`. */
  readonly metrics: ReadonlyMap<string, number>
  /** The same by person, NaN for those without a test; metrics of lists only. */
  readonly byPerson: ReadonlyMap<string, Float64Array>
  readonly segments?: ReadonlyMap<string, SegmentValue> | undefined
  /** For rankers that give scores. */
  readonly calibration?: Calibration | undefined
  /** People of the test whom the model knew nothing of. */
  readonly servedByPopularity?: number | undefined
  readonly fitSeconds: number
  readonly rankSeconds: number
}

const usersPerStep = 512
/** Items by lot for each person's AUC, where everything is ranked. */
const othersForAuc = 100

export async function measure(
  ranker: Ranker,
  split: Split,
  options: MeasureOptions,
): Promise<Measurement> {
  const { at, clock, context, progress, segments } = options
  const memory = memoryPeak()
  const began = clock()
  const built = await ranker.build(split.train, {
    ...context,
    valid: split.valid,
    progress: (done, total) => progress?.('fit', done, total),
  })
  memory.sample()
  const fitted = clock()
  const { lists, pairs } = await rankAll(ranker, built, split, options, (done, total) => {
    memory.sample()
    context.signal?.throwIfAborted()
    progress?.('rank', done, total)
  }).finally(() => built.close?.())
  const ranked = clock()
  const byPerson = listValues(lists, split.test.interactions, { at })
  const calibration = pairs && calibrationOf(...pairs.forCalibration(built.givesProbabilities))
  return {
    metrics: new Map([
      ...[...byPerson].map(([name, values]): [string, number] => [name, meanKnown(values)]),
      ...catalogueValues(lists, split, at),
      ...(pairs?.areas() ?? []),
      ...(calibration ? [['ece', calibration.error] as const] : []),
    ]),
    byPerson,
    segments: segments && segmentValues(lists, split, segments, at[0]!),
    calibration,
    servedByPopularity: built.servedByPopularity,
    fitSeconds: (fitted - began) / 1000,
    rankSeconds: (ranked - fitted) / 1000,
    ...memory.figures(),
  }
}

interface Ranked {
  readonly lists: Lists
  /** For rankers that give scores. */
  readonly pairs?: PairScores | undefined
}

/** Whoever has something in the test part gets a list; what they have elsewhere is masked. */
async function rankAll(
  ranker: Ranker,
  built: BuiltRanker,
  split: Split,
  { at, lots, candidates }: MeasureOptions,
  progress: (done: number, total: number) => void,
): Promise<Ranked> {
  const { train, valid, test, allowed } = split
  const length = Math.max(...at)
  const known = union(train.interactions, valid.interactions)
  const users = activeUsers(test)
  const items = new Int32Array(users.length * length)
  const pairs = ranker.givesScores ? pairScores(users.length) : undefined
  const others = {
    ...{ random: lots, count: candidates ?? othersForAuc },
    ...{ known, test: test.interactions, allowed },
  }
  for (let from = 0; from < users.length; from += usersPerStep) {
    const some = users.subarray(from, from + usersPerStep)
    const probe = pairs && probeOf(some, test.interactions, (user) => othersByLot(user, others))
    const k = candidates === undefined ? length : 0
    const lists = await built.rank({ users: some, k, known, allowed, probe })
    items.set(k > 0 || !probe ? lists : sampledLists(probe, length, lots), from * length)
    if (pairs && probe) keepPairs(pairs, probe, some, test.interactions)
    progress(from + some.length, users.length)
  }
  return { lists: { users, length, items }, pairs }
}

/** Each person's test items, then others. */
function probeOf(users: Int32Array, test: Csr, others: (user: number) => Int32Array): Probe {
  const items = Array.from(users, (user) => {
    return Int32Array.from([...rowColumns(test, user), ...others(user)])
  })
  return { items, scores: items.map(({ length }) => new Float32Array(length).fill(Number.NaN)) }
}

/** The probed items as lists; equals by lot, or the test items, which come first, would win. */
function sampledLists({ items, scores }: Probe, length: number, lots: Random): Int32Array {
  const lists = new Int32Array(items.length * length).fill(-1)
  for (const [row, probed] of items.entries()) {
    const order = Float32Array.from(probed, lots)
    const rank = Int32Array.from(probed.keys()).sort((a, b) => order[a]! - order[b]!)
    const best = bestOf(scores[row]!, rank, length)
    lists.set(
      best.map((place) => probed[place] ?? -1),
      row * length,
    )
  }
  return lists
}

function keepPairs(pairs: PairScores, { scores }: Probe, users: Int32Array, test: Csr): void {
  for (const [row, user] of users.entries()) {
    const relevant = rowLength(test, user)
    pairs.add(scores[row]!.subarray(0, relevant), scores[row]!.subarray(relevant))
  }
}
