/**
 * Reads a person's history once, newest entry first, into what each item and each person meant to
 * them. The first step of working out an interest.
 */
import { actionWeight } from '../memory/action-weights.ts'
import type { HistoryMemory, Memory } from '../memory/memory.ts'

const longHalfLifeMs = 30 * 86_400_000
const shortHalfLifeMs = 86_400_000
/** Many small actions on one item stop counting here: three strong ones. */
const mostWeightOfAnItem = 3
/** From this weight on a later action takes back an earlier hide: a like, a reply, `more`. */
const pardonWeight = 1
/** How much a dislike of an item says about its author, beside one of the author. */
const authorShareOfDislike = 0.5

export interface Signals {
  /** Items whose last strong word was positive, newest first. */
  readonly likes: readonly ItemSignal[]
  /** Items whose last strong word was hide, less or report, newest first. */
  readonly dislikes: readonly ItemSignal[]
  /** Weights that speak for and against a person. */
  readonly people: ReadonlyMap<number, { for: number; against: number }>
  /** Person number → the newest entry that follows or befriends them. */
  readonly follows: ReadonlyMap<number, number>
}

export interface ItemSignal {
  readonly item: number
  /** Weight of its actions, undecayed. */
  weight: number
  /** The same with a half-life of a month and of a day, before the person's last action. */
  long: number
  short: number
  /** The strongest entry, and its weight. */
  entry: number
  entryWeight: number
  /** A later `unlike` takes back the likes before it. */
  isUnliked: boolean
}

interface Reading {
  readonly likes: Map<number, ItemSignal>
  readonly dislikes: Map<number, ItemSignal>
  readonly people: Map<number, { for: number; against: number }>
  readonly follows: Map<number, number>
}

export function readSignals({ histories, items }: Memory, person: number): Signals {
  const length = histories.length(person)
  const reading: Reading = {
    likes: new Map(),
    dislikes: new Map(),
    people: new Map(),
    follows: new Map(),
  }
  const lastMs = length > 0 ? histories.atMs(person, length - 1) : 0
  for (let entry = length - 1; entry >= 0; entry--) {
    const ageMs = Math.max(0, lastMs - histories.atMs(person, entry))
    const item = histories.itemAt(person, entry)
    if (item >= 0) readItem(reading, histories, person, entry, item, items.authorOf(item), ageMs)
    else readPerson(reading, histories, person, entry, ageMs)
  }
  return {
    likes: [...reading.likes.values()].filter(({ weight }) => weight > 0),
    dislikes: [...reading.dislikes.values()],
    people: reading.people,
    follows: reading.follows,
  }
}

function readItem(
  reading: Reading,
  histories: HistoryMemory,
  person: number,
  entry: number,
  item: number,
  author: number,
  ageMs: number,
): void {
  const action = histories.actionAt(person, entry)
  const isNegative = actionWeight(action) < 0
  if (!isCurrent(reading, item, isNegative)) return
  const signals = isNegative ? reading.dislikes : reading.likes
  const signal = signals.get(item) ?? emptySignal(item)
  signals.set(item, signal)
  if (action === 'unlike') signal.isUnliked = true
  if (action === 'like' && signal.isUnliked) return
  const weight = entryWeight(histories, person, entry)
  addWeight(signal, weight, entry, ageMs)
  if (author < 0 || author === person) return
  if (isNegative) opinionOf(reading, author).against += weight * authorShareOfDislike
  else opinionOf(reading, author).for += weight * decay(ageMs, longHalfLifeMs)
}

/** The newer word wins, but a mere look at what was hidden is no pardon. */
function isCurrent({ likes, dislikes }: Reading, item: number, isNegative: boolean): boolean {
  if (!isNegative) return !dislikes.has(item)
  if ((likes.get(item)?.entryWeight ?? 0) >= pardonWeight) return false
  likes.delete(item)
  return true
}

function readPerson(
  reading: Reading,
  histories: HistoryMemory,
  person: number,
  entry: number,
  ageMs: number,
): void {
  const target = histories.targetAt(person, entry)
  if (target < 0) return
  const action = histories.actionAt(person, entry)
  if ((action === 'follow' || action === 'friend') && !reading.follows.has(target)) {
    reading.follows.set(target, entry)
  }
  const weight = action === 'profile' ? 0.2 : actionWeight(action)
  if (weight < 0) opinionOf(reading, target).against -= weight
  else if (weight > 0) opinionOf(reading, target).for += weight * decay(ageMs, longHalfLifeMs)
}

function addWeight(signal: ItemSignal, weight: number, entry: number, ageMs: number): void {
  const added = Math.min(weight, mostWeightOfAnItem - signal.weight)
  signal.weight += added
  signal.long += added * decay(ageMs, longHalfLifeMs)
  signal.short += added * decay(ageMs, shortHalfLifeMs)
  if (weight > signal.entryWeight) {
    signal.entry = entry
    signal.entryWeight = weight
  }
}

/** The action's weight without its sign; long dwelling and many plays say more. */
function entryWeight(histories: HistoryMemory, person: number, entry: number): number {
  const action = histories.actionAt(person, entry)
  const weight = Math.abs(actionWeight(action))
  const value = histories.valueAt(person, entry)
  if (action === 'dwell') return weight * Math.min(2, Math.max(0.2, value / 30))
  if (action === 'click' && value > 1) return weight * Math.min(4, 1 + Math.log10(value) / 2)
  return weight
}

function opinionOf({ people }: Reading, person: number): { for: number; against: number } {
  const opinion = people.get(person) ?? { for: 0, against: 0 }
  people.set(person, opinion)
  return opinion
}

function emptySignal(item: number): ItemSignal {
  return { item, weight: 0, long: 0, short: 0, entry: -1, entryWeight: 0, isUnliked: false }
}

function decay(ageMs: number, halfLifeMs: number): number {
  return 0.5 ** (ageMs / halfLifeMs)
}
