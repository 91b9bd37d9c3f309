/** Sequences as the network wants them: packed by length, with the items to choose among. */
import { integer, type Random, shuffle } from '../../../math/random.ts'
import type { Feeds } from '../../../tensor/feeds.ts'
import type { Csr } from '../../data/csr.ts'
import type { Sequences } from '../sequences.ts'

/** Batches sorted together: lengths within a batch are alike, yet its people change every epoch. */
const batchesSorted = 16

/** Numbers of lines, each once, lines of like length together. @param lines with two items at least */
export function batchesOf(
  lines: readonly Int32Array[],
  size: number,
  random: Random,
): Int32Array[] {
  const order = shuffle(
    random,
    Int32Array.from(lines.keys()).filter((line) => lines[line]!.length >= 2),
  )
  const batches: Int32Array[] = []
  for (let from = 0; from < order.length; from += size * batchesSorted) {
    const some = order.slice(from, from + size * batchesSorted)
    some.sort((a, b) => lines[a]!.length - lines[b]!.length)
    for (let at = 0; at < some.length; at += size) batches.push(some.slice(at, at + size))
  }
  return shuffle(random, batches)
}

export interface Placed {
  readonly feeds: Feeds
  /** How many answers are asked for. */
  readonly answers: number
}

export interface ChoiceOptions {
  /** Items drawn evenly from the catalogue beside those of the batch; the whole of it when not fewer. */
  readonly drawn: number
  readonly length: number
  readonly words: WordTable | undefined
}

/** Every item of a line answers for the items before it. */
export function trainingFeeds(
  lines: readonly Int32Array[],
  items: number,
  { drawn, length, words }: ChoiceOptions,
  random: Random,
): Placed {
  const cut = lines.map((line) => line.subarray(Math.max(0, line.length - length - 1)))
  const long = Math.max(...cut.map((line) => line.length)) - 1
  const places = cut.flatMap((line, row) =>
    Array.from({ length: line.length - 1 }, (_, place) => row * long + place),
  )
  const answers = cut.flatMap((line) => [...line.subarray(1)])
  const choice = choiceOf(cut, items, drawn, random)
  const history = new Int32Array(cut.length * long)
  for (const [row, line] of cut.entries()) {
    for (let place = 0; place < line.length - 1; place++) {
      history[row * long + place] = choice.placeOf(line[place]!)
    }
  }
  return {
    feeds: {
      history: { shape: [cut.length, long], data: history },
      places: Int32Array.from(places),
      answers: Int32Array.from(answers, choice.placeOf),
      local: choice.local,
      lift: choice.lift,
      ...causalFeeds(long),
      ...words?.feeds(choice.local),
    },
    answers: answers.length,
  }
}

/** Only the last place of each history is asked. Item numbers are places: `local` is the catalogue. */
export function questionFeeds(histories: readonly Int32Array[], length: number): Feeds {
  const cut = histories.map((line) => line.subarray(Math.max(0, line.length - length)))
  const long = Math.max(1, ...cut.map((line) => line.length))
  const history = new Int32Array(cut.length * long)
  for (const [row, line] of cut.entries()) history.set(line, row * long)
  return {
    history: { shape: [cut.length, long], data: history },
    places: Int32Array.from(cut, (line, row) => row * long + Math.max(0, line.length - 1)),
    ...causalFeeds(long),
  }
}

function causalFeeds(length: number): Feeds {
  const back = new Int32Array(length * length)
  const ahead = new Float32Array(length * length)
  for (let from = 0; from < length; from++) {
    for (let to = 0; to < length; to++) {
      back[from * length + to] = Math.max(0, from - to)
      if (to > from) ahead[from * length + to] = -1e9
    }
  }
  return {
    back: { shape: [length, length], data: back },
    ahead: { shape: [length, length], data: ahead },
  }
}

interface Choice {
  readonly local: Int32Array
  /** -ln of the chance with which each local item is among them (Bengio & Senécal 2008). */
  readonly lift: Float32Array
  placeOf(item: number): number
}

function choiceOf(
  lines: readonly Int32Array[],
  items: number,
  drawn: number,
  random: Random,
): Choice {
  if (drawn >= items) {
    const local = Int32Array.from({ length: items }, (_, item) => item)
    return { local, lift: new Float32Array(items), placeOf: (item) => item }
  }
  const places = new Map<number, number>()
  const take = (item: number): void => {
    if (!places.has(item)) places.set(item, places.size)
  }
  for (const line of lines) for (const item of line) take(item)
  const own = places.size
  for (let draw = 0; draw < drawn; draw++) take(integer(random, 0, items))
  const local = Int32Array.from(places.keys())
  const chance = 1 - (1 - 1 / items) ** drawn
  // What the batch itself brings is there for sure; the others stand for all that were not drawn.
  const lift = Float32Array.from(local, (_, place) => (place < own ? 0 : -Math.log(chance)))
  return { local, lift, placeOf: (item) => places.get(item)! }
}

export interface WordTable {
  readonly size: number
  feeds(local: Int32Array): Feeds
}

/** @param perItem words read of an item at most: the first, which are the common ones */
export function wordTable(words: Csr, perItem: number): WordTable {
  return {
    size: words.columns,
    feeds(local) {
      const ids = new Int32Array(local.length * perItem)
      const shares = new Float32Array(local.length * perItem)
      for (const [place, item] of local.entries()) {
        const own = words.columnOf.subarray(words.starts[item]!, words.starts[item + 1]!)
        const read = own.subarray(0, perItem)
        ids.set(read, place * perItem)
        shares.fill(1 / Math.max(1, read.length), place * perItem, place * perItem + read.length)
      }
      return { wordsOf: ids, wordShares: shares }
    },
  }
}

/** What stays the same while a model answers: the whole catalogue to choose among. */
export function catalogueFeeds({ items }: Sequences, words: WordTable | undefined): Feeds {
  const local = Int32Array.from({ length: items.size }, (_, item) => item)
  return { local, ...words?.feeds(local) }
}
