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
/** More cells than any slab has. */
const pieceBase = 2 ** 30
const smallest = 4
const nothing: Numbers = { values: new Int32Array(0), length: 0 }

export class CellLists<Shape extends Cells> {
  readonly #create: (cells: number) => Shape
  readonly #none: Shape
  readonly #slabs: Slab<Shape>[] = []
  /** By the power of two of the size: starts of free pieces, as slab · pieceBase + start. */
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
    if (length === this.#capacityOf[owner]) this.#relocate(owner, capacityFor(length + 1))
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

  /** Removes every cell whose value in a column is gone, calling back for each changed list. */
  sweep(column: keyof Shape, gone: ReadonlySet<number>, changed?: (owner: number) => void): void {
    const isGone = marks(gone)
    const [only = -1] = gone.size === 1 ? gone : []
    for (let owner = 0; owner < this.#count; owner++) {
      const length = this.#lengthOf[owner]!
      if (length === 0) continue
      const values = this.#slabs[this.#slabOf[owner]!]!.columns[column] as Int32Array
      const start = this.#startOf[owner]!
      const end = start + length
      const first =
        only >= 0 ? firstEqual(values, start, end, only) : firstMarked(values, start, end, isGone)
      if (first < 0) continue
      this.#compact(owner, first, values, isGone)
      changed?.(owner)
    }
  }

  /** Lengths of all lists, and their cells one after another. */
  pack(): PackedLists {
    const lengths = this.#lengthOf.slice(0, this.#count)
    const columns = Object.values(this.#create(lengths.reduce((sum, length) => sum + length, 0)))
    let to = 0
    for (let owner = 0; owner < lengths.length; owner++) {
      const length = lengths[owner]!
      if (length === 0) continue
      const { all } = this.#slabs[this.#slabOf[owner]!]!
      const start = this.#startOf[owner]!
      for (let at = 0; at < all.length; at++) copyCells(all[at]!, start, columns[at]!, to, length)
      to += length
    }
    return { lengths, columns }
  }

  /** Into an empty table. The packed columns become its first slab: nothing is copied. */
  unpack({ lengths, columns: packed }: PackedLists): void {
    if (lengths.length === 0) return
    this.#admit(lengths.length - 1)
    const names = Object.keys(this.#none)
    const columns = Object.fromEntries(names.map((name, at) => [name, packed[at]!]))
    const slab = this.#slabs.push({ columns: columns as Shape, all: packed }) - 1
    this.#lengthOf.set(lengths)
    this.#capacityOf.set(lengths)
    this.#slabOf.fill(slab)
    for (let owner = 1; owner < lengths.length; owner++) {
      this.#startOf[owner] = this.#startOf[owner - 1]! + lengths[owner - 1]!
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
    const slab = Math.floor(piece / pieceBase)
    const start = piece % pieceBase
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
    if (capacity >= slabCells) return this.#newSlab(capacity) * pieceBase
    if (this.#used + capacity > slabCells) {
      this.#current = this.#newSlab(slabCells)
      this.#used = 0
    }
    this.#used += capacity
    return this.#current * pieceBase + this.#used - capacity
  }

  #newSlab(cells: number): number {
    const columns = this.#create(cells)
    return this.#slabs.push({ columns, all: Object.values(columns) }) - 1
  }

  #release(owner: number): void {
    const capacity = this.#capacityOf[owner]!
    if (capacity === 0) return
    const size = Math.floor(Math.log2(capacity))
    this.#free[size] ??= []
    this.#free[size].push(this.#slabOf[owner]! * pieceBase + this.#startOf[owner]!)
    this.#capacityOf[owner] = 0
  }

  /** Keeps the cells that are not marked, in their order. */
  #compact(owner: number, first: number, values: Int32Array, isMarked: Uint8Array): void {
    const { all } = this.#slabs[this.#slabOf[owner]!]!
    const start = this.#startOf[owner]!
    const end = start + this.#lengthOf[owner]!
    let to = first
    for (let cell = first; cell < end; cell++) {
      if (isMarkedAt(isMarked, values[cell]!)) continue
      for (const column of all) column[to] = column[cell]!
      to++
    }
    this.#setLength(owner, to - start)
  }
}

function capacityFor(length: number): number {
  return Math.max(smallest, 2 ** Math.ceil(Math.log2(length)))
}

/** Short lists are copied cell by cell: making views of them would take longer. */
function copyCells(from: Column, start: number, to: Column, at: number, length: number): void {
  if (length > 32) to.set(from.subarray(start, start + length), at)
  else for (let cell = 0; cell < length; cell++) to[at + cell] = from[start + cell]!
}

/** 1 at the place of each number. */
function marks(numbers: ReadonlySet<number>): Uint8Array {
  let greatest = -1
  for (const number of numbers) greatest = Math.max(greatest, number)
  const marked = new Uint8Array(greatest + 1)
  for (const number of numbers) marked[number] = 1
  return marked
}

/** Looking up -1, which stands for nobody, would be slow. */
function isMarkedAt(isMarked: Uint8Array, value: number): boolean {
  return value >= 0 && value < isMarked.length && isMarked[value] === 1
}

function firstMarked(values: Int32Array, start: number, end: number, marked: Uint8Array): number {
  for (let cell = start; cell < end; cell++) if (isMarkedAt(marked, values[cell]!)) return cell
  return -1
}

function firstEqual(values: Int32Array, start: number, end: number, number: number): number {
  for (let cell = start; cell < end; cell++) if (values[cell] === number) return cell
  return -1
}

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
