/**
 * Whose taste is like mine: people who engaged with what I engaged with lately, as a cosine in which
 * a rarely chosen item says more than one that everybody knows.
 */
import type { Interest } from '../interest/interest.ts'
import type { Memory } from '../memory/memory.ts'
import { createOrdering } from './order.ts'

const recentRead = 50
const engagersRead = 100

export interface Likeness {
  /** Reads the person's recent items anew. */
  measure(memory: Memory, interest: Interest, person: number): void
  /** From 0, nothing in common, to 1: as alike as the most alike of all. */
  of(person: number): number
  /** People of the same taste, most alike first; a fresh list. */
  closest(limit: number): Int32Array
}

export function createLikeness(): Likeness {
  const ordering = createOrdering()
  let rowOf = new Int32Array(1024).fill(-1)
  let people = new Int32Array(1024)
  let sums = new Float64Array(1024)
  let count = 0
  let highest = 0

  function clear(size: number): void {
    for (let row = 0; row < count; row++) rowOf[people[row]!] = -1
    if (rowOf.length < size) rowOf = new Int32Array(size * 2).fill(-1)
    if (people.length < size) {
      people = new Int32Array(size * 2)
      sums = new Float64Array(size * 2)
    }
    count = 0
    highest = 0
  }

  function add(person: number, amount: number): void {
    let row = rowOf[person]!
    if (row < 0) {
      row = count++
      rowOf[person] = row
      people[row] = person
      sums[row] = 0
    }
    sums[row]! += amount
  }

  return {
    measure({ engagement, histories, people: { count: size } }, { recent }, person) {
      clear(size)
      for (let place = 0; place < Math.min(recent.length, recentRead); place++) {
        const { item, weight } = recent[place]!
        const { values, length } = engagement.engagers(item)
        const amount = weight / Math.log(2 + length)
        for (let index = Math.max(0, length - engagersRead); index < length; index++) {
          if (values[index] !== person) add(values[index]!, amount)
        }
      }
      for (let row = 0; row < count; row++) {
        sums[row]! /= Math.sqrt(1 + histories.length(people[row]!))
        if (sums[row]! > highest) highest = sums[row]!
      }
    },
    of(person) {
      const row = rowOf[person] ?? -1
      return row < 0 ? 0 : sums[row]! / highest
    },
    closest(limit) {
      const rows = new Int32Array(Math.min(limit, count))
      const found = ordering.bestFirst(sums, count, limit, rows)
      for (let place = 0; place < found; place++) rows[place] = people[rows[place]!]!
      return rows
    },
  }
}
