/**
 * A hash of the whole state that does not depend on numbers given or on the order in which people
 * and items came: each fact is hashed with ids in place of numbers, and the hashes are added.
 */
import { itemActions } from '../domain/event.ts'
import type { Numbers } from './memory.ts'
import type { Parts } from './parts.ts'

export function digestOf(parts: Parts): string {
  const sum = new Sum()
  const itemHashes = hashItems(parts, sum)
  const personHashes = hashPeople(parts, sum)
  for (let person = 0; person < parts.people.count; person++) {
    if (!parts.people.isLive(person)) continue
    sum.add(hashHistory(parts, person, personHashes, itemHashes))
    hashTies(parts, person, personHashes, sum)
  }
  for (let item = 0; item < parts.items.count; item++) {
    if (parts.items.isLive(item)) {
      sum.add(hashEngagement(parts, item, itemHashes[item]!, personHashes))
    }
  }
  return sum.toString()
}

/** Two 32-bit lanes; records are added, so their order does not matter. */
class Sum {
  #high = 0
  #low = 0

  add(record: Mixer): void {
    this.#high = (this.#high + record.high) >>> 0
    this.#low = (this.#low + record.low) >>> 0
  }

  toString(): string {
    return `${this.#high.toString(16).padStart(8, '0')}${this.#low.toString(16).padStart(8, '0')}`
  }
}

/** Hashes numbers and texts one after another. */
class Mixer {
  #high: number
  #low: number

  constructor(kind: number) {
    this.#high = Math.imul(kind + 1, 0x9e3779b1)
    this.#low = Math.imul(kind + 1, 0x85ebca6b)
  }

  get high(): number {
    return finish(this.#high)
  }

  get low(): number {
    return finish(this.#low ^ (this.#high << 7))
  }

  number(value: number): this {
    const low = value | 0
    const high = Math.floor(value / 2 ** 32) | 0
    const rest = Math.round((value - Math.floor(value)) * 2 ** 24)
    return this.word(low).word(high ^ Math.imul(rest, 0xc2b2ae35))
  }

  word(word: number): this {
    this.#high = Math.imul(this.#high ^ word, 0x9e3779b1)
    this.#high = (this.#high << 13) | (this.#high >>> 19)
    this.#low = Math.imul(this.#low ^ word, 0x5f356495)
    this.#low = (this.#low << 15) | (this.#low >>> 17)
    return this
  }

  text(text: string): this {
    for (let at = 0; at < text.length; at++) this.word(text.charCodeAt(at))
    return this.word(text.length)
  }

  /** A 53-bit number that stands for what was hashed. */
  valueOf(): number {
    return (this.high & 0xfffff) * 2 ** 32 + this.low
  }
}

function finish(lane: number): number {
  const mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

function hashItems({ items, vectors }: Parts, sum: Sum): Float64Array {
  const hashes = new Float64Array(items.count)
  for (let number = 0; number < items.count; number++) {
    const item = items.get(number)
    if (!item) continue
    hashes[number] = new Mixer(1).text(item.id).valueOf()
    const record = new Mixer(2).text(canonical(item))
    const embedding = vectors.get(number)
    if (embedding) {
      record.text(embedding.space)
      for (const value of embedding.values) record.word(value)
    }
    for (const label of items.labelsOf(number)) record.word(label)
    sum.add(record)
  }
  return hashes
}

function hashPeople({ people }: Parts, sum: Sum): Float64Array {
  const hashes = new Float64Array(people.count)
  for (let number = 0; number < people.count; number++) {
    const user = people.get(number)
    if (!user) continue
    hashes[number] = new Mixer(3).text(user.id).valueOf()
    const record = new Mixer(4).text(canonical(user))
    for (const { at, emotions } of people.moodsOf(number)) {
      record.number(at.getTime())
      for (const probability of emotions) record.number(probability)
    }
    sum.add(record)
  }
  return hashes
}

function hashHistory(
  { histories }: Parts,
  person: number,
  personHashes: Float64Array,
  itemHashes: Float64Array,
): Mixer {
  const record = new Mixer(5).number(personHashes[person]!)
  for (let entry = 0; entry < histories.length(person); entry++) {
    record
      .number(itemHashes[histories.itemAt(person, entry)] ?? 0)
      .number(personHashes[histories.targetAt(person, entry)] ?? 0)
      .text(histories.actionAt(person, entry))
      .number(histories.atMs(person, entry))
      .number(histories.valueAt(person, entry))
  }
  return record.word(7).number(sumOf(histories.seen(person), itemHashes))
}

function hashTies({ ties }: Parts, person: number, personHashes: Float64Array, sum: Sum): void {
  const own = personHashes[person]!
  for (const other of listed(ties.out(person))) {
    const record = new Mixer(6).number(own).number(personHashes[other]!)
    for (const kind of ['follow', 'friend', 'repost-through'] as const) {
      record.number(ties.strength(person, other, kind))
    }
    sum.add(record)
  }
  sum.add(new Mixer(7).number(own).number(sumOf(ties.in(person), personHashes)))
  sum.add(new Mixer(8).number(own).number(sumOf(ties.muted(person), personHashes)))
  for (const other of listed(ties.blockedEitherWay(person))) {
    if (ties.has(person, other, 'block')) {
      sum.add(new Mixer(9).number(own).number(personHashes[other]!))
    }
  }
}

function hashEngagement(
  { engagement }: Parts,
  item: number,
  itemHash: number,
  personHashes: Float64Array,
): Mixer {
  const record = new Mixer(10).number(itemHash)
  for (const action of itemActions) record.number(engagement.count(item, action))
  for (const [place, person] of listed(engagement.engagers(item)).entries()) {
    record.number(personHashes[person]!).number(engagement.engagedAtMs(item, place))
  }
  return record
}

function listed({ values, length }: Numbers): Int32Array {
  return values.subarray(0, length)
}

/** Of a set: the order does not matter. */
function sumOf(numbers: Numbers, hashes: Float64Array): number {
  let sum = 0
  for (const number of listed(numbers)) sum = (sum + hashes[number]!) % 2 ** 53
  return sum
}

/** The same text for the same facts, in whatever order they were written. */
function canonical(facts: object): string {
  const entries = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(entries)
}
