/**
 * A network lived through again, up to its newest part, in a memory of its own: before each fresh
 * choice a page is made as it would have been made then, and only afterwards the choice is folded in.
 */
import type { Change } from '../../domain/change.ts'
import { createInterests, type Interests } from '../../interest/interests.ts'
import { type Random, shuffle } from '../../math/random.ts'
import { actionWeight, engagementWeight } from '../../memory/action-weights.ts'
import type { Memory } from '../../memory/memory.ts'
import type { FeedRequest } from '../../recommend/stage.ts'
import { outcomesOf } from './outcomes.ts'
import type { Breathe } from './pace.ts'

export interface Rehearsal {
  readonly memory: Memory
  readonly interests: Interests
  /** Fresh choices that are left to ask about. */
  readonly left: number
  /**
   * Goes on through so many fresh choices, asking about at most `questions` of them, evenly.
   * @param ask the item is live, and the person never met it
   */
  goOn(choices: number, questions: number, ask: (choice: FreshChoice) => void): Promise<void>
}

export interface FreshChoice {
  readonly person: number
  readonly item: number
  readonly now: Date
  /** By item number: bits of what the person did about it from now on, within a day. */
  outcomes(): ReadonlyMap<number, number>
}

export interface RehearsalOptions {
  readonly createMemory: () => Memory
  readonly random: Random
  /** Share of the choices, the newest, that is lived through with questions. */
  readonly freshShare: number
  readonly signal?: AbortSignal | undefined
  readonly breathe: Breathe
}

const changesPerBreath = 500
const questionsPerBreath = 4
const listLength = 10

/** @param changes of a whole network, in any order that memory could be told them in */
export async function rehearse(
  changes: readonly Change[],
  { createMemory, random, freshShare, signal, breathe }: RehearsalOptions,
): Promise<Rehearsal> {
  const ordered = hasTimes(changes) ? inTime(changes) : mixed(changes, random)
  const places: number[] = []
  for (const [place, change] of ordered.entries()) if (isChoice(change)) places.push(place)
  const fresh = places.slice(Math.round(places.length * (1 - freshShare)))
  const outcomes = outcomesOf(ordered, fresh[0] ?? ordered.length)
  const memory = createMemory()
  const interests = createInterests(memory)
  let told = 0
  let next = 0

  function choiceAt(place: number): FreshChoice | undefined {
    const change = ordered[place]
    const choice = change && choiceOf(memory, change)
    if (!choice || change.kind !== 'event') return undefined
    return {
      ...choice,
      outcomes() {
        const done = outcomes.after(place, change.event.userId, choice.now)
        return new Map(Array.from(done, ([id, bits]) => [memory.items.numberOf(id), bits]))
      },
    }
  }

  async function tellUntil(place: number): Promise<void> {
    while (told < place) {
      const end = Math.min(place, told + changesPerBreath)
      memory.apply(clocked(ordered, told, end))
      told = end
      await breathe()
      signal?.throwIfAborted()
    }
  }

  await tellUntil(fresh[0] ?? ordered.length)
  return {
    memory,
    interests,
    get left() {
      return fresh.length - next
    },
    async goOn(choices, questions, ask) {
      const end = Math.min(fresh.length, next + choices)
      const share = Math.min(1, questions / Math.max(1, end - next))
      let owed = 0
      let asked = 0
      for (; next < end; next++) {
        owed += share
        if (owed < 1) continue
        await tellUntil(fresh[next]!)
        const choice = choiceAt(fresh[next]!)
        if (!choice) continue
        owed -= 1
        ask(choice)
        if (asked++ % questionsPerBreath === 0) await breathe()
        signal?.throwIfAborted()
      }
      await tellUntil(fresh[next] ?? ordered.length)
    },
  }
}

/** The page as it would have been asked for then. */
export function requestOf({ person, now }: Pick<FreshChoice, 'person' | 'now'>): FeedRequest {
  return {
    ...{ person, now, item: -1, limit: listLength, explain: false, locale: 'en' },
    // Exploring is left to the live feed: a rehearsal is the same each time.
    ...{ random: () => 0.5, exclude: new Set<number>(), languages: [] },
  }
}

function isChoice(change: Change): boolean {
  if (change.kind !== 'event' || change.event.itemId === undefined) return false
  return actionWeight(change.event.type) >= engagementWeight
}

function choiceOf(memory: Memory, change: Change): Omit<FreshChoice, 'outcomes'> | undefined {
  if (change.kind !== 'event') return undefined
  const person = memory.people.numberOf(change.event.userId)
  const item = memory.items.numberOf(change.event.itemId ?? '')
  if (person < 0 || !memory.items.isLive(item)) return undefined
  if (memory.items.authorOf(item) === person) return undefined
  const { values, length } = memory.histories.seen(person)
  for (let place = 0; place < length; place++) if (values[place] === item) return undefined
  return { person, item, now: change.event.at }
}

/** Clocks rise from 1 in the order in which this memory is told. */
function clocked(changes: readonly Change[], from: number, to: number): Change[] {
  return changes.slice(from, to).map((change, place) => ({ ...change, clock: from + place + 1 }))
}

function hasTimes(changes: readonly Change[]): boolean {
  let first: number | undefined
  for (const change of changes) {
    if (change.kind !== 'event') continue
    first ??= change.event.at.getTime()
    if (change.event.at.getTime() !== first) return true
  }
  return false
}

/**
 * By when it happened: an item appears when it was made, or with its first event where clocks
 * disagree, so that no page knows of what is to come. What has no time was always there.
 */
function inTime(changes: readonly Change[]): Change[] {
  const firstEvents = new Map<string, number>()
  for (const change of changes) {
    const id = change.kind === 'event' ? change.event.itemId : undefined
    if (change.kind !== 'event' || id === undefined) continue
    const at = change.event.at.getTime()
    firstEvents.set(id, Math.min(at, firstEvents.get(id) ?? at))
  }
  const times = new Float64Array(changes.length)
  for (const [place, change] of changes.entries()) {
    // Whatever takes something away follows what put it.
    const before = times[place - 1] ?? -Infinity
    times[place] = timeOf(change, firstEvents) ?? before
  }
  const order = Int32Array.from(changes, (_, place) => place)
  order.sort((a, b) => times[a]! - times[b]! || a - b)
  return Array.from(order, (place) => changes[place]!)
}

function timeOf(change: Change, firstEvents: ReadonlyMap<string, number>): number | undefined {
  if (change.kind === 'event') return change.event.at.getTime()
  if (change.kind === 'edge') return change.edge.at?.getTime() ?? -Infinity
  if (change.kind === 'user') return -Infinity
  if (change.kind !== 'item') return undefined
  const { id, createdAt } = change.item
  return Math.min(createdAt.getTime(), firstEvents.get(id) ?? Infinity)
}

/** Without times the choices come by lot, so that everybody has some in the newest part. */
function mixed(changes: readonly Change[], random: Random): Change[] {
  const events = changes.filter(({ kind }) => kind === 'event')
  return [...changes.filter(({ kind }) => kind !== 'event'), ...shuffle(random, events)]
}
