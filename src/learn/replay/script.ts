/** The course of a replay, the same for every row: what is told, then what is asked, in time order. */
import { KithError } from '../../errors.ts'
import type { Interaction, ItemFacts } from '../data/dataset.ts'
import type { DatedInteraction } from './live-ranker.ts'

export interface Step {
  /** Told first: published before `at` and not told yet. */
  readonly items: readonly ItemFacts[]
  /** Told next: happened before `at` and not told yet. */
  readonly events: readonly DatedInteraction[]
  /** The instant of the questions. */
  readonly at: number
  readonly questions: readonly Question[]
}

export interface Question {
  readonly userId: string
  /** What they really turned to at this instant. */
  readonly itemId: string
  readonly exclude: ReadonlySet<string>
  readonly isPublished: boolean
}

export interface Script {
  /** How many events lie before the tested part. */
  readonly before: number
  readonly steps: readonly Step[]
  /** Events of the tested part that repeat a pair or are about the person's own item. */
  readonly untested: number
}

/** Before the tested part events are told in batches of about this many. */
const eventsPerStep = 1_000

/** @param window where the tested part starts and ends, as shares of the events */
export function scriptOf(
  interactions: readonly Interaction[],
  items: readonly ItemFacts[],
  [from, to]: readonly [number, number],
): Script {
  const events = datedInOrder(interactions).slice(0, Math.round(interactions.length * to))
  const testFrom = events[Math.round(interactions.length * from)]?.at ?? Infinity
  const past = openPast(items)
  const steps: Step[] = []
  let pending: DatedInteraction[] = []
  let untested = 0
  for (const group of instantsOf(events)) {
    const at = group[0]!.at
    const isTested = at >= testFrom
    if (isTested || pending.length >= eventsPerStep) {
      const told = past.tell(pending, at)
      const questions = isTested ? past.questions(group) : []
      if (isTested) untested += group.length - questions.length
      steps.push({ items: told, events: pending, at, questions })
      pending = []
    }
    pending.push(...group)
  }
  const before = events.filter(({ at }) => at < testFrom).length
  return { before, steps, untested }
}

function datedInOrder(interactions: readonly Interaction[]): DatedInteraction[] {
  return interactions
    .map((interaction) => {
      if (interaction.at !== undefined) return { ...interaction, at: interaction.at }
      throw new KithError(
        'invalid-input',
        'A replay needs a time for every interaction and the data has some without: choose the split "random" or "leave-one-out".',
      )
    })
    .sort((a, b) => a.at - b.at)
}

/** Events of one instant stand together: none of them may inform another. */
function instantsOf(events: readonly DatedInteraction[]): DatedInteraction[][] {
  const groups: DatedInteraction[][] = []
  for (const event of events) {
    const last = groups.at(-1)
    if (last?.[0]?.at === event.at) last.push(event)
    else groups.push([event])
  }
  return groups
}

interface Past {
  /** @returns the items that were not published before and are now */
  tell(events: readonly DatedInteraction[], at: number): ItemFacts[]
  questions(events: readonly DatedInteraction[]): Question[]
}

function openPast(items: readonly ItemFacts[]): Past {
  const waiting = items.toSorted((a, b) => (b.at ?? -Infinity) - (a.at ?? -Infinity))
  const factsOf = new Map(items.map((item) => [item.id, item]))
  const published = new Set<string>()
  const had = new Map<string, Set<string>>()

  function isNew(item: ItemFacts): boolean {
    const isFirst = !published.has(item.id)
    published.add(item.id)
    if (isFirst && item.authorId !== undefined) setOf(had, item.authorId).add(item.id)
    return isFirst
  }

  return {
    tell(events, at) {
      const due: ItemFacts[] = []
      while ((waiting.at(-1)?.at ?? (waiting.length > 0 ? -Infinity : Infinity)) < at) {
        due.push(waiting.pop()!)
      }
      const touched = events.map(({ itemId }) => factsOf.get(itemId) ?? { id: itemId, text: '' })
      for (const { userId, itemId } of events) setOf(had, userId).add(itemId)
      return [...due, ...touched].filter(isNew)
    },
    questions(events) {
      const asked = new Set<string>()
      return events.flatMap(({ userId, itemId }) => {
        const exclude = new Set(had.get(userId))
        const pair = `${userId}\n${itemId}`
        const isOwn = factsOf.get(itemId)?.authorId === userId
        if (exclude.has(itemId) || isOwn || asked.has(pair)) return []
        asked.add(pair)
        return [{ userId, itemId, exclude, isPublished: published.has(itemId) }]
      })
    },
  }
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const known = sets.get(key)
  if (known) return known
  const fresh = new Set<string>()
  sets.set(key, fresh)
  return fresh
}
