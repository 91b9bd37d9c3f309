/**
 * What a training is told of a network: numbers only, no name, no id and no word of anybody. Read from
 * memory in short slices between requests, and turned into changes on the other side.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Change } from '../../domain/change.ts'
import { type EdgeKind, edgeKinds } from '../../domain/edge.ts'
import type { Embedding } from '../../domain/embedding.ts'
import { type Action, actions } from '../../domain/event.ts'
import type { Item } from '../../domain/item.ts'
import type { User } from '../../domain/user.ts'
import type { Memory, Numbers } from '../../memory/memory.ts'

/** A slice of people with what they did and whom they are tied to, or a slice of items. */
export type PastPart = PeoplePart | ItemsPart

interface PeoplePart {
  readonly kind: 'people'
  readonly first: number
  readonly settings: readonly Pick<User, 'languages' | 'isPrivate' | 'allowsUnsafe'>[]
  readonly events: Columns<'person' | 'item' | 'target' | 'action' | 'at' | 'value'>
  readonly ties: Columns<'from' | 'to' | 'kind' | 'weight'>
}

interface ItemsPart {
  readonly kind: 'items'
  readonly first: number
  /** Undefined for one that was taken away. */
  readonly items: readonly (KnownItem | undefined)[]
}

interface KnownItem extends Pick<Item, 'language' | 'isUnsafe' | 'visibility'> {
  readonly author: number
  readonly at: number
  readonly embedding: Embedding | undefined
}

type Columns<Name extends string> = Readonly<Record<Name, Float64Array>>

export interface SliceOptions {
  /** Of so many milliseconds, and a rest of so many after each. */
  readonly sliceMs?: number
  readonly restMs?: number
  readonly signal?: AbortSignal | undefined
}

const actionCodes = new Map<Action, number>(actions.map((action, code) => [action, code]))

export async function* readPast(
  memory: Memory,
  { sliceMs = 4, restMs = 20, signal }: SliceOptions = {},
): AsyncGenerator<PastPart> {
  for (const read of [readItems, readPeople]) {
    for (let first = 0; ; ) {
      const { part, next, isEnd } = read(memory, first, performance.now() + sliceMs)
      yield part
      if (isEnd) break
      first = next
      await pause(restMs)
      signal?.throwIfAborted()
    }
  }
}

interface Slice<Part> {
  readonly part: Part
  readonly next: number
  readonly isEnd: boolean
}

function readItems(memory: Memory, first: number, until: number): Slice<ItemsPart> {
  const items: (KnownItem | undefined)[] = []
  let item = first
  for (; item < memory.items.count && (item === first || performance.now() < until); item++) {
    items.push(memory.items.isLive(item) ? knownItem(memory, item) : undefined)
  }
  return { part: { kind: 'items', first, items }, next: item, isEnd: item >= memory.items.count }
}

function knownItem({ items, vectors }: Memory, item: number): KnownItem {
  return {
    author: items.authorOf(item),
    at: items.createdAtMs(item),
    language: items.get(item)?.language,
    isUnsafe: items.isUnsafe(item),
    visibility: items.visibilityOf(item),
    embedding: vectors.get(item),
  }
}

function readPeople(memory: Memory, first: number, until: number): Slice<PeoplePart> {
  const { people } = memory
  const events = { person: [], item: [], target: [], action: [], at: [], value: [] } as Lists<
    PeoplePart['events']
  >
  const ties = { from: [], to: [], kind: [], weight: [] } as Lists<PeoplePart['ties']>
  const settings: PeoplePart['settings'][number][] = []
  let person = first
  for (; person < people.count && (person === first || performance.now() < until); person++) {
    settings.push(settingsOf(people.get(person)))
    readTies(memory, person, ties, readEvents(memory, person, events))
  }
  const part: PeoplePart = {
    ...{ kind: 'people', first, settings },
    ...{ events: columnsOf(events), ties: columnsOf(ties) },
  }
  return { part, next: person, isEnd: person >= people.count }
}

function settingsOf(user: User | undefined): PeoplePart['settings'][number] {
  const { languages = [], isPrivate = false, allowsUnsafe = false } = user ?? {}
  return { languages, isPrivate, allowsUnsafe }
}

/** @returns whom the person turned to by an event, which makes the tie when its turn comes */
function readEvents(
  { histories }: Memory,
  person: number,
  events: Lists<PeoplePart['events']>,
): Set<number> {
  const turnedTo = new Set<number>()
  for (let entry = 0; entry < histories.length(person); entry++) {
    const action = histories.actionAt(person, entry)
    const target = histories.targetAt(person, entry)
    const item = histories.itemAt(person, entry)
    if (item < 0 && target < 0) continue
    if (action === 'follow' || action === 'friend') turnedTo.add(target)
    events.person.push(person)
    events.item.push(item)
    events.target.push(target)
    events.action.push(actionCodes.get(action)!)
    events.at.push(histories.atMs(person, entry))
    events.value.push(histories.valueAt(person, entry))
  }
  return turnedTo
}

function readTies(
  { ties }: Memory,
  person: number,
  lists: Lists<PeoplePart['ties']>,
  except: ReadonlySet<number>,
): void {
  for (const [kind, name] of edgeKinds.entries()) {
    const { values, length } = othersOf(ties, person, name)
    for (let place = 0; place < length; place++) {
      const other = values[place]!
      if (!ties.has(person, other, name) || (except.has(other) && kind < 2)) continue
      lists.from.push(person)
      lists.to.push(other)
      lists.kind.push(kind)
      lists.weight.push(ties.weight(person, other))
    }
  }
}

function othersOf(ties: Memory['ties'], person: number, kind: EdgeKind): Numbers {
  if (kind === 'mute') return ties.muted(person)
  return kind === 'block' ? ties.blockedEitherWay(person) : ties.out(person)
}

type Lists<Shape> = { readonly [Name in keyof Shape]: number[] }

function columnsOf<Name extends string>(lists: Readonly<Record<Name, number[]>>): Columns<Name> {
  const entries = Object.entries<number[]>(lists)
  return Object.fromEntries(
    entries.map(([name, values]) => [name, Float64Array.from(values)]),
  ) as Columns<Name>
}

/** The past as changes in the order of time; numbers stand as ids. */
export function changesOfPast(parts: readonly PastPart[]): Change[] {
  const people = parts.filter((part) => part.kind === 'people')
  const items = parts.filter((part) => part.kind === 'items')
  const bodies = [
    ...people.flatMap(usersOf),
    ...items.flatMap(itemsOf),
    ...people.flatMap(edgesOf),
    ...people.flatMap(eventsOf).sort((a, b) => a.event.at.getTime() - b.event.at.getTime()),
  ]
  return bodies.map((body, place) => ({ ...body, clock: place + 1 }))
}

type Body<Kind extends Change['kind']> = Omit<Extract<Change, { kind: Kind }>, 'clock'>

function usersOf({ first, settings }: PeoplePart): Body<'user'>[] {
  return settings.map((own, place) => ({
    kind: 'user',
    user: { ...own, id: String(first + place), isSample: false },
  }))
}

function itemsOf({ first, items }: ItemsPart): (Body<'item'> | Body<'item-removed'>)[] {
  return items.flatMap((known, place) => {
    const id = String(first + place)
    const gone: Body<'item-removed'> = { kind: 'item-removed', itemId: id }
    // Put and taken away again, so that numbers stay the same.
    return known ? [itemOf(id, known)] : [itemOf(id, removed), gone]
  })
}

const removed: KnownItem = {
  ...{ author: -1, at: 0, isUnsafe: false, visibility: 'private', embedding: undefined },
}

function itemOf(id: string, { author, at, embedding, language, ...rest }: KnownItem): Body<'item'> {
  const by = author >= 0 ? { authorId: String(author) } : {}
  const item = {
    ...{ id, kind: 'post', text: '', tags: [], createdAt: new Date(at) },
    ...rest,
    ...by,
  }
  return { kind: 'item', item: language === undefined ? item : { ...item, language }, embedding }
}

function edgesOf({ ties }: PeoplePart): Body<'edge'>[] {
  return Array.from(ties.from, (from, place) => ({
    kind: 'edge',
    edge: {
      ...{ from: String(from), to: String(ties.to[place]) },
      ...{ kind: edgeKinds[ties.kind[place]!] ?? 'follow', weight: ties.weight[place]! },
    },
  }))
}

function eventsOf({ events }: PeoplePart): Body<'event'>[] {
  return Array.from(events.person, (person, place) => {
    const item = events.item[place]!
    const about =
      item >= 0 ? { itemId: String(item) } : { targetUserId: String(events.target[place]) }
    return {
      kind: 'event',
      event: {
        ...{ type: actions[events.action[place]!] ?? 'view', userId: String(person), ...about },
        ...{ at: new Date(events.at[place]!), value: events.value[place]! },
      },
    }
  })
}
