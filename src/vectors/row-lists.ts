/**
 * Rows filed under lists. A list fills its own blocks, so that reading it streams through memory;
 * the place of a row taken out is filled by the last row of the list.
 */
import { KithError } from '../errors.ts'
import { blockRows } from '../kernel/kernel.ts'
import type { RowMemory } from './row-memory.ts'

interface List {
  readonly blocks: number[]
  size: number
}

export class RowLists {
  readonly #memory: RowMemory
  readonly #lists: List[] = []
  #listOfBlock = new Int32Array(64)
  #slotOfRow = new Int32Array(1024).fill(-1)
  #size = 0

  constructor(memory: RowMemory) {
    this.#memory = memory
  }

  /** Rows in use. */
  get size(): number {
    return this.#size
  }

  /** Files a row that is not in use. @param values [width] */
  add(list: number, row: number, values: Int8Array): void {
    if (values.length !== this.#memory.width) throw wrongWidth(values.length, this.#memory.width)
    if (row >= this.#slotOfRow.length) this.#slotOfRow = longer(this.#slotOfRow, row + 1)
    const slot = this.#extend(list)
    this.#memory.write(slot, row, values)
    this.#slotOfRow[row] = slot
    this.#size++
  }

  remove(row: number): void {
    const slot = this.slotOf(row)
    if (slot < 0) return
    this.#shorten(slot)
    this.#slotOfRow[row] = -1
    this.#size--
  }

  /** Files a row under another list. */
  move(row: number, list: number): void {
    const from = this.slotOf(row)
    if (from < 0) return
    const to = this.#extend(list)
    this.#memory.move(from, to)
    this.#slotOfRow[row] = to
    this.#shorten(from)
  }

  /** The slot of a row, or -1. */
  slotOf(row: number): number {
    return this.#slotOfRow[row] ?? -1
  }

  sizeOf(list: number): number {
    return this.#lists[list]?.size ?? 0
  }

  /** The slot at a place of a list. */
  slotAt(list: number, place: number): number {
    return this.#lists[list]!.blocks[place >> 6]! * blockRows + (place & 63)
  }

  /** Offers every row of a list to the search that runs. */
  scan(number: number): void {
    const list = this.#lists[number]
    if (!list) return
    for (let at = 0, left = list.size; left > 0; at++, left -= blockRows) {
      this.#memory.scan(list.blocks[at]!, Math.min(left, blockRows))
    }
  }

  /** Calls back for each row in use, list after list. */
  forEach(callback: (row: number, slot: number, list: number) => void): void {
    for (let list = 0; list < this.#lists.length; list++) {
      for (let place = 0; place < this.sizeOf(list); place++) {
        const slot = this.slotAt(list, place)
        callback(this.#memory.rowAt(slot), slot, list)
      }
    }
  }

  /** Makes a list one slot longer. Returns the slot. */
  #extend(number: number): number {
    while (this.#lists.length <= number) this.#lists.push({ blocks: [], size: 0 })
    const list = this.#lists[number]!
    if (list.size % blockRows === 0) {
      const block = this.#memory.newBlock()
      if (block >= this.#listOfBlock.length)
        this.#listOfBlock = longer(this.#listOfBlock, block + 1)
      this.#listOfBlock[block] = number
      list.blocks.push(block)
    }
    list.size++
    return this.slotAt(number, list.size - 1)
  }

  /** Makes a list one slot shorter, so that `slot` is free. */
  #shorten(slot: number): void {
    const number = this.#listOfBlock[slot >> 6]!
    const list = this.#lists[number]!
    const last = this.slotAt(number, list.size - 1)
    if (last !== slot) {
      this.#memory.move(last, slot)
      this.#slotOfRow[this.#memory.rowAt(slot)] = slot
    }
    list.size--
    if (list.size % blockRows === 0) this.#memory.freeBlock(list.blocks.pop()!)
  }
}

function longer(values: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(Math.max(length, values.length * 2)).fill(-1, values.length)
  copy.set(values)
  return copy
}

function wrongWidth(found: number, expected: number): KithError {
  const message = `A vector has ${found} components, and the index ${expected}. Encode it anew.`
  return new KithError('invalid-input', message)
}
