/**
 * Parts to learn from, to choose on and to test on. The test part is never seen by a trainer; what
 * is in the training or validation part is masked when the test part is ranked.
 */
import { KithError } from '../../errors.ts'
import { type Random, shuffle } from '../../math/random.ts'
import { type Dataset, size, subset } from './dataset.ts'

export interface Split {
  readonly train: Dataset
  /** May be empty. */
  readonly valid: Dataset
  readonly test: Dataset
  /** [items] 1 for those that a test list may hold; all when left out. */
  readonly allowed?: Uint8Array | undefined
  /** The same, when the validation part is measured. */
  readonly allowedValid?: Uint8Array | undefined
}

/** Shares of training, validation and test. */
export type Ratios = readonly [train: number, valid: number, test: number]

const parts = { train: 0, valid: 1, test: 2 }

/**
 * Each person's interactions are shuffled and cut by the ratios, counted as RecBole does: validation
 * and test get ⌊ratio · n⌋, or 1 where that would be 0 and training keeps at least one (the test part is
 * served first); training gets the rest.
 */
export function randomSplit(dataset: Dataset, ratios: Ratios, random: Random): Split {
  return splitRows(dataset, (entries) => {
    const counts = countsOf(entries.length, ratios)
    return { order: shuffle(random, entries), counts }
  })
}

/**
 * All interactions shuffled together and cut by the ratios, as the Microsoft recommenders tables do:
 * a person may fall wholly into one part.
 */
export function randomSplitOfAll(dataset: Dataset, ratios: Ratios, random: Random): Split {
  const order = shuffle(
    random,
    Int32Array.from({ length: size(dataset) }, (_, entry) => entry),
  )
  const trained = Math.round(ratios[0] * order.length)
  const chosenOn = Math.round((ratios[0] + ratios[1]) * order.length)
  const part = new Uint8Array(order.length).fill(parts.test)
  for (const entry of order.subarray(0, chosenOn)) part[entry] = parts.valid
  for (const entry of order.subarray(0, trained)) part[entry] = parts.train
  return splitByPart(dataset, part)
}

export function countsOf(total: number, ratios: Ratios): Ratios {
  let valid = Math.floor(ratios[1] * total)
  let test = Math.floor(ratios[2] * total)
  let train = total - valid - test
  if (test === 0 && ratios[2] > 0 && train > 1) {
    test = 1
    train -= 1
  }
  if (valid === 0 && ratios[1] > 0 && train > 1) {
    valid = 1
    train -= 1
  }
  return [train, valid, test]
}

/**
 * Of each person with at least three interactions the last is for test, the one before for
 * validation: last by time where times are known, otherwise by lot.
 */
export function leaveOneOut(dataset: Dataset, random: Random): Split {
  return splitRows(dataset, (entries) => {
    const order = shuffle(random, entries)
    const { times } = dataset
    if (times) order.sort((a, b) => times[a]! - times[b]!)
    const isLong = order.length >= 3
    return { order, counts: isLong ? [order.length - 2, 1, 1] : [order.length, 0, 0] }
  })
}

export interface TimeSplit extends Split {
  /** Milliseconds: the training part lies strictly before. */
  readonly trainUntil: number
  /** Training and validation lie strictly before, the test part at or after. */
  readonly testFrom: number
}

/** One cut through all people: the last `ratios[2]` of the interactions in time are for test. */
export function timeSplit(dataset: Dataset, ratios: Ratios): TimeSplit {
  const { times } = dataset
  if (!times) {
    throw new KithError(
      'invalid-input',
      'A split by time needs a time for every interaction and the data has none: choose the split "random" or "leave-one-out".',
    )
  }
  const sorted = times.toSorted()
  const afterTraining = sorted[Math.round(sorted.length * ratios[0])] ?? Infinity
  const testFrom = sorted[Math.round(sorted.length * (1 - ratios[2]))] ?? Infinity
  const trainUntil = Math.min(afterTraining, testFrom)
  return {
    train: subset(dataset, (entry) => times[entry]! < trainUntil),
    valid: subset(dataset, (entry) => times[entry]! >= trainUntil && times[entry]! < testFrom),
    test: subset(dataset, (entry) => times[entry]! >= testFrom),
    trainUntil,
    testFrom,
  }
}

interface RowCut {
  /** Entries, training first, test last. */
  readonly order: Int32Array
  readonly counts: Ratios
}

function splitRows(dataset: Dataset, cut: (entries: Int32Array) => RowCut): Split {
  const { starts, rows } = dataset.interactions
  const part = new Uint8Array(size(dataset))
  for (let row = 0; row < rows; row++) {
    const entries = Int32Array.from(
      { length: starts[row + 1]! - starts[row]! },
      (_, place) => starts[row]! + place,
    )
    const { order, counts } = cut(entries)
    for (const [place, entry] of order.entries()) {
      if (place >= counts[0]) part[entry] = parts.valid
      if (place >= counts[0] + counts[1]) part[entry] = parts.test
    }
  }
  return splitByPart(dataset, part)
}

function splitByPart(dataset: Dataset, part: Uint8Array): Split {
  return {
    train: subset(dataset, (entry) => part[entry] === parts.train),
    valid: subset(dataset, (entry) => part[entry] === parts.valid),
    test: subset(dataset, (entry) => part[entry] === parts.test),
  }
}
