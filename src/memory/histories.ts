/** What each person did, by time, bounded; from it interests are worked out when they are needed. */
import { type Action, actions } from '../domain/event.ts'
import { CellLists, type PackedLists } from './cell-lists.ts'
import { grown } from './columns.ts'
import type { HistoryMemory, Numbers } from './memory.ts'

export interface HistoryLimits {
  /** Newest entries kept of a person. */
  readonly historyLimit: number
  /** Newest items kept of those a person met. */
  readonly seenLimit: number
}

export interface Entry {
  /** -1 when it is about a person. */
  readonly item: number
  /** -1 when it is about an item. */
  readonly target: number
  readonly action: Action
  readonly atMs: number
  readonly value: number
}

const codes = new Map<Action, number>(actions.map((action, code) => [action, code]))
const viewCode = codes.get('view')!
const hourMs = 3_600_000

function entryCells(cells: number) {
  return {
    of: new Int32Array(cells),
    target: new Int32Array(cells),
    action: new Uint8Array(cells),
    at: new Float64Array(cells),
    value: new Float32Array(cells),
  }
}

export type EntryColumns = ReturnType<typeof entryCells>

export class Histories implements HistoryMemory {
  readonly #entries = new CellLists(entryCells)
  readonly #seen = new CellLists((cells) => ({ of: new Int32Array(cells) }))
  readonly #limits: HistoryLimits
  #versions = new Uint32Array(0)

  constructor(limits: HistoryLimits) {
    this.#limits = limits
  }

  version(person: number): number {
    return this.#versions[person] ?? 0
  }

  length(person: number): number {
    return this.#entries.length(person)
  }

  itemAt(person: number, entry: number): number {
    return this.#entries.columns(person).of[this.#entries.start(person) + entry]!
  }

  targetAt(person: number, entry: number): number {
    return this.#entries.columns(person).target[this.#entries.start(person) + entry]!
  }

  actionAt(person: number, entry: number): Action {
    return actions[this.#entries.columns(person).action[this.#entries.start(person) + entry]!]!
  }

  atMs(person: number, entry: number): number {
    return this.#entries.columns(person).at[this.#entries.start(person) + entry]!
  }

  valueAt(person: number, entry: number): number {
    return this.#entries.columns(person).value[this.#entries.start(person) + entry]!
  }

  /** The entries themselves, for loops that read many: cells `start` to `start + length - 1`. */
  cells(person: number): { columns: EntryColumns; start: number; length: number } {
    return {
      columns: this.#entries.columns(person),
      start: this.#entries.start(person),
      length: this.#entries.length(person),
    }
  }

  seen(person: number): Numbers {
    return this.#seen.numbers(person)
  }

  rhythm(person: number): Float32Array {
    const hours = new Float32Array(24)
    const length = this.length(person)
    for (let entry = 0; entry < length; entry++) {
      hours[Math.floor(this.atMs(person, entry) / hourMs) % 24]! += 1 / length
    }
    return hours
  }

  add(person: number, { item, target, action, atMs, value }: Entry): void {
    const place = this.#placeOf(person, atMs)
    const cell = this.#entries.insert(person, place)
    const columns = this.#entries.columns(person)
    columns.of[cell] = item
    columns.target[cell] = target
    columns.action[cell] = codes.get(action)!
    columns.at[cell] = atMs
    columns.value[cell] = value
    this.#bound(person, columns.action[cell] === viewCode)
    this.#touch(person)
  }

  meet(person: number, item: number): void {
    const { values, length } = this.#seen.numbers(person)
    for (let place = length - 1; place >= 0; place--) if (values[place] === item) return
    const cell = this.#seen.insert(person, length)
    this.#seen.columns(person).of[cell] = item
    if (length >= this.#limits.seenLimit) this.#seen.removeAt(person, 0)
  }

  /** Removes what a person did to an item in one way. Returns when they had done it. */
  undo(person: number, item: number, action: Action): number[] {
    const times: number[] = []
    for (let entry = this.length(person) - 1; entry >= 0; entry--) {
      if (this.itemAt(person, entry) !== item || this.actionAt(person, entry) !== action) continue
      times.push(this.atMs(person, entry))
      this.#entries.removeAt(person, entry)
    }
    if (times.length > 0) this.#touch(person)
    return times
  }

  removePerson(person: number): void {
    if (this.#entries.length(person) > 0) this.#touch(person)
    this.#entries.clear(person)
    this.#seen.clear(person)
  }

  /** Removes every entry about items that are gone. */
  sweepItems(gone: ReadonlySet<number>): void {
    this.#entries.sweep('of', gone, (person) => this.#touch(person))
    this.#seen.sweep('of', gone)
  }

  /** Removes every entry about people who are gone. */
  sweepPeople(gone: ReadonlySet<number>): void {
    this.#entries.sweep('target', gone, (person) => this.#touch(person))
  }

  pack(): { lists: PackedLists[]; versions: Uint32Array } {
    return {
      lists: [this.#entries.pack(), this.#seen.pack()],
      versions: this.#versions.slice(),
    }
  }

  unpack({ lists, versions }: { lists: readonly PackedLists[]; versions: Uint32Array }): void {
    this.#entries.unpack(lists[0]!)
    this.#seen.unpack(lists[1]!)
    this.#versions = grown(this.#versions, versions.length)
    this.#versions.set(versions)
  }

  #touch(person: number): void {
    this.#versions = grown(this.#versions, person + 1)
    this.#versions[person]! += 1
  }

  /** After all entries of the same time or earlier. */
  #placeOf(person: number, atMs: number): number {
    const { at } = this.#entries.columns(person)
    const start = this.#entries.start(person)
    let place = this.#entries.length(person)
    while (place > 0 && at[start + place - 1]! > atMs) place--
    return place
  }

  /** Views are many and say little, so they may fill only a fifth and never push out a like. */
  #bound(person: number, isView: boolean): void {
    const length = this.length(person)
    if (isView && this.#viewCount(person) > this.#limits.historyLimit / 5) {
      this.#entries.removeAt(person, this.#oldestView(person))
    } else if (length > this.#limits.historyLimit) {
      this.#entries.removeAt(person, 0)
    }
  }

  #viewCount(person: number): number {
    const { action } = this.#entries.columns(person)
    const start = this.#entries.start(person)
    const end = start + this.length(person)
    let views = 0
    for (let cell = start; cell < end; cell++) if (action[cell] === viewCode) views++
    return views
  }

  #oldestView(person: number): number {
    const { action } = this.#entries.columns(person)
    const start = this.#entries.start(person)
    let place = 0
    while (action[start + place] !== viewCode) place++
    return place
  }
}
