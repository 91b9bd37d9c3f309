/** The social graph in sorted lists: who is tied to whom and how strongly, mutes and blocks. */
import type { EdgeKind } from '../domain/edge.ts'
import { CellLists, type PackedLists } from './cell-lists.ts'
import type { Numbers, TieMemory } from './memory.ts'

type TieKind = Exclude<EdgeKind, 'block' | 'mute'>

/** Strength by kind; below 0 there is no tie of that kind. */
function outCells(cells: number) {
  return {
    of: new Int32Array(cells),
    follow: new Float32Array(cells),
    friend: new Float32Array(cells),
    'repost-through': new Float32Array(cells),
  }
}

/** `by`: 1 = the owner blocked them, 2 = they blocked the owner. */
function blockCells(cells: number) {
  return { of: new Int32Array(cells), by: new Uint8Array(cells) }
}

function plainCells(cells: number) {
  return { of: new Int32Array(cells) }
}

export class Ties implements TieMemory {
  readonly #out = new CellLists(outCells)
  readonly #in = new CellLists(plainCells)
  readonly #mutes = new CellLists(plainCells)
  readonly #mutedBy = new CellLists(plainCells)
  readonly #blocks = new CellLists(blockCells)

  out(person: number): Numbers {
    return this.#out.numbers(person)
  }

  in(person: number): Numbers {
    return this.#in.numbers(person)
  }

  muted(person: number): Numbers {
    return this.#mutes.numbers(person)
  }

  blockedEitherWay(person: number): Numbers {
    return this.#blocks.numbers(person)
  }

  weight(from: number, to: number): number {
    const place = this.#out.search(from, to)
    if (place < 0) return 0
    const columns = this.#out.columns(from)
    const cell = this.#out.start(from) + place
    return Math.max(
      0,
      columns.follow[cell]!,
      columns.friend[cell]!,
      columns['repost-through'][cell]!,
    )
  }

  has(from: number, to: number, kind: EdgeKind): boolean {
    if (kind === 'mute') return this.#mutes.search(from, to) >= 0
    if (kind === 'block') return (this.#blockFlags(from, to) & 1) === 1
    return this.strength(from, to, kind) >= 0
  }

  /** Strength of a tie of one kind, or -1. */
  strength(from: number, to: number, kind: TieKind): number {
    const place = this.#out.search(from, to)
    return place < 0 ? -1 : this.#out.columns(from)[kind][this.#out.start(from) + place]!
  }

  put(from: number, to: number, kind: EdgeKind, weight: number): void {
    if (kind === 'mute') {
      admit(this.#mutes, from, to)
      admit(this.#mutedBy, to, from)
    } else if (kind === 'block') {
      this.#setBlockFlags(from, to, this.#blockFlags(from, to) | 1)
      this.#setBlockFlags(to, from, this.#blockFlags(to, from) | 2)
    } else {
      this.#putTie(from, to, kind, weight)
      if (kind === 'friend') this.#putTie(to, from, kind, weight)
    }
  }

  remove(from: number, to: number, kind: EdgeKind): void {
    if (kind === 'mute') {
      dismiss(this.#mutes, from, to)
      dismiss(this.#mutedBy, to, from)
    } else if (kind === 'block') {
      this.#setBlockFlags(from, to, this.#blockFlags(from, to) & ~1)
      this.#setBlockFlags(to, from, this.#blockFlags(to, from) & ~2)
    } else {
      this.#removeTie(from, to, kind)
      if (kind === 'friend') this.#removeTie(to, from, kind)
    }
  }

  /** Forgets everything between a person and anybody else. */
  removePerson(person: number): void {
    for (const other of listed(this.#out.numbers(person))) dismiss(this.#in, other, person)
    for (const other of listed(this.#in.numbers(person))) dismiss(this.#out, other, person)
    for (const other of listed(this.#mutes.numbers(person))) dismiss(this.#mutedBy, other, person)
    for (const other of listed(this.#mutedBy.numbers(person))) dismiss(this.#mutes, other, person)
    for (const other of listed(this.#blocks.numbers(person))) dismiss(this.#blocks, other, person)
    for (const lists of this.#all()) lists.clear(person)
  }

  pack(): PackedLists[] {
    return this.#all().map((lists) => lists.pack())
  }

  unpack(packed: readonly PackedLists[]): void {
    for (const [at, lists] of this.#all().entries()) lists.unpack(packed[at]!)
  }

  #all() {
    return [this.#out, this.#in, this.#mutes, this.#mutedBy, this.#blocks]
  }

  #putTie(from: number, to: number, kind: TieKind, weight: number): void {
    const isNew = this.#out.search(from, to) < 0
    const cell = admit(this.#out, from, to)
    const columns = this.#out.columns(from)
    if (isNew) {
      columns.follow[cell] = -1
      columns.friend[cell] = -1
      columns['repost-through'][cell] = -1
      admit(this.#in, to, from)
    }
    columns[kind][cell] = weight
  }

  #removeTie(from: number, to: number, kind: TieKind): void {
    const place = this.#out.search(from, to)
    if (place < 0) return
    const columns = this.#out.columns(from)
    const cell = this.#out.start(from) + place
    columns[kind][cell] = -1
    const isTied =
      columns.follow[cell]! >= 0 ||
      columns.friend[cell]! >= 0 ||
      columns['repost-through'][cell]! >= 0
    if (isTied) return
    this.#out.removeAt(from, place)
    dismiss(this.#in, to, from)
  }

  #blockFlags(person: number, other: number): number {
    const place = this.#blocks.search(person, other)
    return place < 0 ? 0 : this.#blocks.columns(person).by[this.#blocks.start(person) + place]!
  }

  #setBlockFlags(person: number, other: number, flags: number): void {
    if (flags === 0) {
      dismiss(this.#blocks, person, other)
      return
    }
    const cell = admit(this.#blocks, person, other)
    this.#blocks.columns(person).by[cell] = flags
  }
}

/** A copy, for walking while lists change. */
function listed({ values, length }: Numbers): Int32Array {
  return values.slice(0, length)
}

type SortedLists = Pick<
  CellLists<{ readonly of: Int32Array }>,
  'search' | 'insert' | 'removeAt' | 'start'
> & { columns(owner: number): { readonly of: Int32Array } }

/** Puts a value in its place in a sorted list, once. Returns its cell. */
function admit(lists: SortedLists, owner: number, value: number): number {
  const place = lists.search(owner, value)
  if (place >= 0) return lists.start(owner) + place
  const cell = lists.insert(owner, -1 - place)
  lists.columns(owner).of[cell] = value
  return cell
}

function dismiss(lists: SortedLists, owner: number, value: number): void {
  const place = lists.search(owner, value)
  if (place >= 0) lists.removeAt(owner, place)
}
