/**
 * Many short lists of numbers with columns beside them, kept in a few large typed arrays so that the
 * garbage collector has nothing to walk. A list lies in one piece of a slab and moves to a piece of
 * twice the size when it is full. Slabs never move, so a view stays true until its list changes.
 */
import { type Column, grown } from './columns.ts'
import type { Numbers } from './memory.ts'

/** `of` is what `numbers` shows; the other columns say more about each cell. */
export type Cells = { readonly of: Int32Array } & Readonly<Record<string, Column>>

export interface PackedLists {
  readonly lengths: Int32Array
  readonly columns: readonly Column[]
}

interface View {
  values: Int32Array
  length: number
}

interface Slab<Shape> {
  readonly columns: Shape
  readonly all: readonly Column[]
}

const slabCells = 65_536
const smallest = 4
const nothing: Numbers = { values: new Int32Array(0), length: 0 }

export class CellLists<Shape extends Cells> {
  readonly #create: (cells: number) => Shape
  readonly #none: Shape
  readonly #slabs: Slab<Shape>[] = []
  /** By the power of two of the size: starts of free pieces, as slab · slabCells + start. */
  readonly #free: number[][] = []
  readonly #views: (View | undefined)[] = []
  #count = 0
  #slabOf = new Int32Array(0)
  #startOf = new Int32Array(0)
  #lengthOf = new Int32Array(0)
  #capacityOf = new Int32Array(0)
  #current = -1
  #used = slabCells

  /** @param create columns of so many cells */
  constructor(create: (cells: number) => Shape) {
    this.#create = create
    this.#none = create(0)
  }

  /** Owners run from 0 to `count` - 1. */
  get count(): number {
    return this.#count
  }

  length(owner: number): number {
    return owner < this.#count ? this.#lengthOf[owner]! : 0
  }

  /** The columns in which the list lies, from cell `start(owner)` on. */
  columns(owner: number): Shape {
    if (owner >= this.#count || this.#capacityOf[owner] === 0) return this.#none
    return this.#slabs[this.#slabOf[owner]!]!.columns
  }

  start(owner: number): number {
    return owner < this.#count ? this.#startOf[owner]! : 0
  }

  numbers(owner: number): Numbers {
    if (!(owner >= 0 && owner < this.#count) || this.#lengthOf[owner] === 0) return nothing
    const known = this.#views[owner]
    if (known) return known
    const start = this.#startOf[owner]!
    const { of } = this.columns(owner)
    const values = of.subarray(start, start + this.#capacityOf[owner]!)
    const view = { values, length: this.#lengthOf[owner]! }
    this.#views[owner] = view
    return view
  }

  /** Opens a cell at `place` of the list. Returns its index in `columns(owner)`, fetched after. */
  insert(owner: number, place: number): number {
    this.#admit(owner)
    const length = this.#lengthOf[owner]!
    if (length === this.#capacityOf[owner]) this.#relocate(owner, Math.max(smallest, length * 2))
    const start = this.#startOf[owner]!
    if (place < length) {
      for (const column of this.#slabs[this.#slabOf[owner]!]!.all) {
        column.copyWithin(start + place + 1, start + place, start + length)
      }
    }
    this.#setLength(owner, length + 1)
    return start + place
  }

  removeAt(owner: number, place: number): void {
    const start = this.#startOf[owner]!
    const length = this.#lengthOf[owner]!
    for (const column of this.#slabs[this.#slabOf[owner]!]!.all) {
      column.copyWithin(start + place, start + place + 1, start + length)
    }
    this.#setLength(owner, length - 1)
  }

  clear(owner: number): void {
    if (owner >= this.#count) return
    this.#release(owner)
    this.#lengthOf[owner] = 0
    this.#views[owner] = undefined
  }

  /** Where `value` is in a list sorted by `of`, or -1 - the place where it belongs. */
  search(owner: number, value: number): number {
    if (!(owner >= 0 && owner < this.#count) || this.#lengthOf[owner] === 0) return -1
    const { of } = this.columns(owner)
    const start = this.#startOf[owner]!
    const length = this.#lengthOf[owner]!
    const place = lowerBound(of, start, length, value)
    return place < length && of[start + place] === value ? place : -1 - place
  }

  /** Removes every cell that `isGone` says, calling back once for each list that changed. */
  sweep(isGone: IsGone<Shape>, changed?: (owner: number) => void): void {
    for (let owner = 0; owner < this.#count; owner++) {
      if (this.#lengthOf[owner]! > 0 && this.#compact(owner, isGone)) changed?.(owner)
    }
  }

  /** Lengths of all lists, and their cells one after another. */
  pack(): PackedLists {
    const lengths = this.#lengthOf.slice(0, this.#count)
    const columns = Object.values(this.#create(lengths.reduce((sum, length) => sum + length, 0)))
    let to = 0
    for (let owner = 0; owner < lengths.length; owner++) {
      const start = this.#startOf[owner]!
      const end = start + lengths[owner]!
      if (start === end) continue
      const { all } = this.#slabs[this.#slabOf[owner]!]!
      for (const [at, column] of all.entries()) columns[at]!.set(column.subarray(start, end), to)
      to += end - start
    }
    return { lengths, columns }
  }

  /** Into an empty table. */
  unpack({ lengths, columns }: PackedLists): void {
    let from = 0
    for (let owner = 0; owner < lengths.length; owner++) {
      const length = lengths[owner]!
      this.#admit(owner)
      if (length === 0) continue
      this.#relocate(owner, Math.max(smallest, 2 ** Math.ceil(Math.log2(length))))
      this.#lengthOf[owner] = length
      const start = this.#startOf[owner]!
      for (const [at, column] of this.#slabs[this.#slabOf[owner]!]!.all.entries()) {
        column.set(columns[at]!.subarray(from, from + length), start)
      }
      from += length
    }
  }

  #admit(owner: number): void {
    if (owner < this.#count) return
    this.#count = owner + 1
    this.#slabOf = grown(this.#slabOf, this.#count)
    this.#startOf = grown(this.#startOf, this.#count)
    this.#lengthOf = grown(this.#lengthOf, this.#count)
    this.#capacityOf = grown(this.#capacityOf, this.#count)
  }

  #setLength(owner: number, length: number): void {
    this.#lengthOf[owner] = length
    const view = this.#views[owner]
    if (view) view.length = length
  }

  #relocate(owner: number, capacity: number): void {
    const piece = this.#newPiece(capacity)
    const slab = Math.floor(piece / slabCells)
    const start = piece % slabCells
    const from = this.#startOf[owner]!
    const end = from + this.#lengthOf[owner]!
    if (end > from) {
      for (const [at, column] of this.#slabs[this.#slabOf[owner]!]!.all.entries()) {
        this.#slabs[slab]!.all[at]!.set(column.subarray(from, end), start)
      }
    }
    this.#release(owner)
    this.#slabOf[owner] = slab
    this.#startOf[owner] = start
    this.#capacityOf[owner] = capacity
    this.#views[owner] = undefined
  }

  #newPiece(capacity: number): number {
    const reused = this.#free[Math.log2(capacity)]?.pop()
    if (reused !== undefined) return reused
    if (capacity >= slabCells) return this.#newSlab(capacity) * slabCells
    if (this.#used + capacity > slabCells) {
      this.#current = this.#newSlab(slabCells)
      this.#used = 0
    }
    this.#used += capacity
    return this.#current * slabCells + this.#used - capacity
  }

  #newSlab(cells: number): number {
    const columns = this.#create(cells)
    return this.#slabs.push({ columns, all: Object.values(columns) }) - 1
  }

  #release(owner: number): void {
    const capacity = this.#capacityOf[owner]!
    if (capacity === 0) return
    const size = Math.log2(capacity)
    this.#free[size] ??= []
    this.#free[size].push(this.#slabOf[owner]! * slabCells + this.#startOf[owner]!)
    this.#capacityOf[owner] = 0
  }

  /** Keeps the cells that are not gone, in their order. Returns whether any was. */
  #compact(owner: number, isGone: IsGone<Shape>): boolean {
    const { columns, all } = this.#slabs[this.#slabOf[owner]!]!
    const start = this.#startOf[owner]!
    const end = start + this.#lengthOf[owner]!
    let to = start
    for (let cell = start; cell < end; cell++) {
      if (isGone(columns, cell, owner)) continue
      if (to !== cell) for (const column of all) column[to] = column[cell]!
      to++
    }
    if (to < end) this.#setLength(owner, to - start)
    return to < end
  }
}

type IsGone<Shape> = (columns: Shape, cell: number, owner: number) => boolean

/** The first place whose value is not below `value`. */
function lowerBound(of: Int32Array, start: number, length: number, value: number): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (of[start + middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
