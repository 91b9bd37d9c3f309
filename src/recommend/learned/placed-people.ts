/** Everybody's row of one learned graph by person number, placed anew when their ties or words change. */
import { type NodeModel, nodesOf, placeNode } from '../../learn/graph/nodes/node-model.ts'
import type { Memory } from '../../memory/memory.ts'
import { currentTies } from '../../relations/graph/current-ties.ts'
import type { PersonFeatures } from '../../relations/graph/person-features.ts'
import type { CreateVectors, Vectors } from '../../vectors/vectors.ts'

export class PlacedPeople {
  /** Rows of those of whom something is known, as they were placed last. */
  readonly index: Vectors
  readonly #memory: Memory
  readonly #model: NodeModel
  readonly #features: PersonFeatures
  /** People whose ties or words changed since they were placed. */
  readonly #stale = new Set<number>()
  /** People below this number were placed or wait. */
  #next = 0

  /** @param model its nodes are the person numbers of this memory */
  constructor(
    memory: Memory,
    model: NodeModel,
    features: PersonFeatures,
    createVectors: CreateVectors,
  ) {
    this.index = createVectors(model.width)
    this.#memory = memory
    this.#model = model
    this.#features = features
  }

  /** @returns whether anything is known of them */
  placeNow(person: number): boolean {
    if (person < 0) return false
    this.#place(person)
    return this.index.has(person)
  }

  /** To be placed anew as soon as there is time. */
  touch(person: number): void {
    this.#stale.add(person)
  }

  /** @returns whether everybody is placed */
  catchUp(milliseconds: number): boolean {
    const end = performance.now() + milliseconds
    while (this.#next < this.#memory.people.count) {
      if (performance.now() > end) return false
      this.#place(this.#next++)
    }
    for (const person of this.#stale) {
      if (performance.now() > end) return false
      this.#place(person)
    }
    return true
  }

  /** Neither their row stays nor what the fit kept of them; ask for it while their ties are known. */
  forget(person: number): void {
    for (const tie of currentTies(this.#memory, person)) this.touch(tie)
    this.#stale.delete(person)
    if (this.index.has(person)) this.index.remove(person)
    if (person >= nodesOf(this.#model)) return
    const { width, own, given } = this.#model
    own.fill(0, person * width, (person + 1) * width)
    given.fill(0, person * width, (person + 1) * width)
  }

  #place(person: number): void {
    this.#stale.delete(person)
    if (!this.#memory.people.isLive(person)) {
      this.forget(person)
      return
    }
    const row = new Float32Array(this.#model.width)
    const ties = currentTies(this.#memory, person)
    const now = { node: person, ties, features: this.#features(person) }
    if (placeNode(this.#model, now, row) > 0) this.index.put(person, bytesOf(row))
    else if (this.index.has(person)) this.index.remove(person)
  }
}

/** Only the direction counts. */
function bytesOf(row: Float32Array): Int8Array {
  const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9)
  return Int8Array.from(row, (value) => Math.round((127 * value) / largest))
}
