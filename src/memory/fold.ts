/**
 * Folds changes into the parts. The outcome depends on people, items, and on edges and events in
 * clock order; not on whether an item's change came before or after an event about it, so nothing
 * folded from an event may look at an item's text, vector or author (decisions/0004).
 */
import type { Change } from '../domain/change.ts'
import type { Edge, EdgeKind } from '../domain/edge.ts'
import type { DatedEvent } from '../domain/event.ts'
import { actionWeight, engagementWeight } from './action-weights.ts'
import type { Parts } from './parts.ts'

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

/** Events that put and remove ties; everything else goes into histories. */
const tieEvents: Partial<
  Record<DatedEvent['type'], { readonly kind: EdgeKind; readonly puts: boolean }>
> = {
  follow: { kind: 'follow', puts: true },
  unfollow: { kind: 'follow', puts: false },
  friend: { kind: 'friend', puts: true },
  unfriend: { kind: 'friend', puts: false },
  block: { kind: 'block', puts: true },
  unblock: { kind: 'block', puts: false },
  mute: { kind: 'mute', puts: true },
  unmute: { kind: 'mute', puts: false },
}

export class Fold {
  readonly #parts: Parts
  /** Removed in a row: swept out of everybody's lists together, before anything else is folded. */
  readonly #goneItems = new Set<number>()
  readonly #gonePeople = new Set<number>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'item-removed') this.#itemRemoved(change)
      else if (change.kind === 'user-removed') this.#userRemoved(change)
      else {
        this.#sweep()
        this.#put(change)
      }
    }
    this.#sweep()
  }

  #put(change: Exclude<Change, { kind: 'item-removed' | 'user-removed' }>): void {
    const { people, ties } = this.#parts
    if (change.kind === 'event') this.#event(change.event)
    else if (change.kind === 'item') this.#item(change)
    else if (change.kind === 'user') people.put(change.user, change.clock)
    else if (change.kind === 'mood') people.feel(people.numberOf(change.userId), change.readings)
    else if (change.kind === 'edge') this.#edge(change.edge)
    else {
      const from = people.numberOf(change.from)
      const to = people.numberOf(change.to)
      if (from >= 0 && to >= 0) ties.remove(from, to, change.edgeKind)
    }
  }

  #item({ item, embedding, labels, clock }: ChangeOf<'item'>): void {
    const { items, people, vectors } = this.#parts
    const known = items.get(items.numberOf(item.id))
    const author = item.authorId === undefined ? -1 : people.numberOf(item.authorId)
    const number = items.put(item, author, clock)
    if (labels) items.label(number, labels.values)
    else if (known && known.text !== item.text) items.label(number, undefined)
    if (embedding) vectors.put(number, embedding)
    else if (known && known.text !== item.text) vectors.remove(number)
  }

  #edge({ from, to, kind, weight }: Edge): void {
    const { people, ties } = this.#parts
    const person = people.numberOf(from)
    const other = people.numberOf(to)
    if (person >= 0 && other >= 0) ties.put(person, other, kind, weight)
  }

  #event(event: DatedEvent): void {
    const { people, items } = this.#parts
    const person = people.numberOf(event.userId)
    if (person < 0) return
    if (event.itemId !== undefined) {
      const item = items.numberOf(event.itemId)
      if (item >= 0) this.#itemEvent(person, item, event)
    } else if (event.targetUserId !== undefined) {
      const target = people.numberOf(event.targetUserId)
      if (target >= 0) this.#personEvent(person, target, event)
    }
  }

  #itemEvent(person: number, item: number, { type, at, value = 0 }: DatedEvent): void {
    const { histories, engagement, alike } = this.#parts
    histories.meet(person, item)
    if (type === 'unlike') {
      this.#unlike(person, item)
      return
    }
    const atMs = at.getTime()
    histories.add(person, { item, target: -1, action: type, atMs, value })
    engagement.add(item, person, type, atMs)
    if (actionWeight(type) >= engagementWeight) alike.changed()
  }

  #personEvent(person: number, target: number, { type, at, value = 0 }: DatedEvent): void {
    const { histories, ties } = this.#parts
    const tie = tieEvents[type]
    if (tie?.puts) ties.put(person, target, tie.kind, 1)
    else if (tie) ties.remove(person, target, tie.kind)
    // Whom somebody turned to is evidence for what they are shown; the other ties say all there is.
    const isEvidence = !tie || type === 'follow' || type === 'friend'
    if (isEvidence) {
      histories.add(person, { item: -1, target, action: type, atMs: at.getTime(), value })
    }
  }

  #unlike(person: number, item: number): void {
    const { histories, engagement } = this.#parts
    const times = histories.undo(person, item, 'like')
    for (const atMs of times) engagement.subtract(item, 'like', atMs)
    if (times.length > 0) engagement.settleEngager(item, person, this.#lastEngaged(person, item))
  }

  /** When a person last did something good to an item, as their history knows it. */
  #lastEngaged(person: number, item: number): number {
    const { histories } = this.#parts
    for (let entry = histories.length(person) - 1; entry >= 0; entry--) {
      if (histories.itemAt(person, entry) !== item) continue
      if (actionWeight(histories.actionAt(person, entry)) < engagementWeight) continue
      return histories.atMs(person, entry)
    }
    return -Infinity
  }

  /** What happened to the item goes; the item itself stays if it was put again later. */
  #itemRemoved({ itemId, clock }: ChangeOf<'item-removed'>): void {
    const item = this.#parts.items.numberOf(itemId)
    if (item >= 0) this.#removeItem(item, clock)
  }

  #removeItem(item: number, clock: number): void {
    const { items, engagement, vectors } = this.#parts
    engagement.removeItem(item)
    this.#goneItems.add(item)
    if (items.clockOf(item) > clock) return
    vectors.remove(item)
    items.remove(item)
  }

  #userRemoved({ userId, clock }: ChangeOf<'user-removed'>): void {
    const { people, items, histories, engagement, ties } = this.#parts
    const person = people.numberOf(userId)
    if (person < 0) return
    const { values, length } = items.byAuthor(person)
    for (const item of values.slice(0, length)) {
      if (items.clockOf(item) <= clock) this.#removeItem(item, clock)
    }
    for (let entry = 0; entry < histories.length(person); entry++) {
      const item = histories.itemAt(person, entry)
      if (item < 0) continue
      engagement.subtract(item, histories.actionAt(person, entry), histories.atMs(person, entry))
    }
    histories.removePerson(person)
    ties.removePerson(person)
    this.#gonePeople.add(person)
    if (people.clockOf(person) <= clock) people.remove(person)
  }

  #sweep(): void {
    if (this.#goneItems.size === 0 && this.#gonePeople.size === 0) return
    const { histories, engagement } = this.#parts
    if (this.#goneItems.size > 0) histories.sweepItems(this.#goneItems)
    this.#goneItems.clear()
    if (this.#gonePeople.size === 0) return
    histories.sweepPeople(this.#gonePeople)
    engagement.sweepPeople(this.#gonePeople)
    this.#gonePeople.clear()
  }
}
