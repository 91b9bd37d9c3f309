/**
 * Whole items or whole people held out: what is left to know of them is their text, their ties, their
 * context. Items are then ranked among the held-out ones alone: to whom does each new item go?
 */
import { type Random, shuffle } from '../../math/random.ts'
import { rowOfEntries } from './csr.ts'
import { type Dataset, subset } from './dataset.ts'
import type { Ratios, Split } from './split.ts'

/** @param ratios shares of the items */
export function coldItemsSplit(dataset: Dataset, ratios: Ratios, random: Random): Split {
  const part = partsByLot(dataset.items.size, ratios, random)
  const { columnOf } = dataset.interactions
  return {
    ...splitBy(dataset, (entry) => part[columnOf[entry]!]!),
    allowed: part.map((one) => (one === parts.test ? 1 : 0)),
    allowedValid: part.map((one) => (one === parts.valid ? 1 : 0)),
  }
}

/** @param ratios shares of the people; ties to and among the held-out stay known */
export function coldPeopleSplit(dataset: Dataset, ratios: Ratios, random: Random): Split {
  const part = partsByLot(dataset.users.size, ratios, random)
  const rowOf = rowOfEntries(dataset.interactions)
  return splitBy(dataset, (entry) => part[rowOf[entry]!]!)
}

const parts = { train: 0, valid: 1, test: 2 } as const

function splitBy(dataset: Dataset, partOf: (entry: number) => number): Split {
  return {
    train: subset(dataset, (entry) => partOf(entry) === parts.train),
    valid: subset(dataset, (entry) => partOf(entry) === parts.valid),
    test: subset(dataset, (entry) => partOf(entry) === parts.test),
  }
}

function partsByLot(count: number, ratios: Ratios, random: Random): Uint8Array {
  const order = shuffle(
    random,
    Int32Array.from({ length: count }, (_, number) => number),
  )
  const test = Math.round(ratios[2] * count)
  const valid = Math.round(ratios[1] * count)
  const part = new Uint8Array(count)
  for (const [place, number] of order.entries()) {
    if (place < test) part[number] = parts.test
    else if (place < test + valid) part[number] = parts.valid
  }
  return part
}
