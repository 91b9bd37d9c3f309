/**
 * Files rows under the nearest of some centroids and reads only the lists nearest to a query (IVF;
 * Jégou et al., PAMI 2011). A small index is one list and exact. Beyond, centroids are trained while
 * the index is in use, a little with every call, and again whenever it has doubled.
 */
import { seededRandom } from '../math/random.ts'
import { Centroids } from './centroids.ts'
import { rowReading, rowsAndValues } from './exact.ts'
import { RowLists } from './row-lists.ts'
import { RowMemory } from './row-memory.ts'
import { type Trained, train } from './training.ts'
import type { Vectors, VectorsState } from './vectors.ts'

export interface InvertedFile extends Vectors {
  /** Ends work on the lists now, instead of a little with every call. May take seconds. */
  settle(): void
}

/** From this many rows on, an index is worth its centroids. */
const exactLimit = 20_000

export function createInvertedFile(
  width: number,
  state?: VectorsState,
  smallest = exactLimit,
): InvertedFile {
  const memory = new RowMemory(width)
  const lists = new RowLists(memory)
  const filing = new Filing(memory, lists, smallest)
  if (state) filing.restore(state)
  return {
    ...rowReading(memory, lists),
    width,
    get size() {
      return lists.size
    },
    put(row, values) {
      filing.work()
      lists.remove(row)
      lists.add(filing.listFor(values), row, values)
    },
    remove: (row) => lists.remove(row),
    nearest(query, k) {
      filing.work()
      const read = filing.listsFor(query, k)
      const inverseNorm = memory.ask(query)
      memory.begin(k)
      for (const list of read) lists.scan(list)
      return memory.best(inverseNorm)
    },
    state: () => filing.state(),
    settle() {
      while (filing.work());
    },
  }
}

/** Lists from number `first` on, one for each centroid; without centroids one for all rows. */
interface Generation {
  readonly first: number
  readonly trained?: Trained
}

const movedInStep = 64
/** How many neighbours `probes` was measured for. */
const measuredFor = 100

/** Which list a row belongs to, which lists a query must read, and how lists are renewed. */
class Filing {
  readonly #memory: RowMemory
  readonly #lists: RowLists
  #current: Generation = { first: 0 }
  /** The lists before, while rows are moved out of them. */
  #before: Generation | undefined
  #training: Generator<void, Trained> | undefined
  #trainedSize: number

  constructor(memory: RowMemory, lists: RowLists, smallest: number) {
    this.#memory = memory
    this.#lists = lists
    this.#trainedSize = Math.ceil(smallest / 2)
  }

  listFor(values: Int8Array): number {
    const { first, trained } = this.#current
    return trained ? first + trained.centroids.nearest(values, 1)[0]! : first
  }

  listsFor(query: ArrayLike<number>, k: number): number[] {
    const lists = listsOf(this.#current, query, k)
    return this.#before ? [...lists, ...listsOf(this.#before, query, k)] : lists
  }

  /** One short step of what is to be done. Returns whether there was anything. */
  work(): boolean {
    if (this.#before) this.#moveSome(this.#before)
    else if (this.#training) this.#train(this.#training)
    else if (this.#lists.size >= 2 * this.#trainedSize) this.#training = this.#begin()
    else return false
    return true
  }

  state(): VectorsState {
    const { first, trained } = this.#current
    const { rows, values, lists } = rowsAndValues(this.#memory, this.#lists)
    if (!trained)
      return { rows, values, lists: lists.subarray(0, 0), centroids: new Int8Array(0), probes: 0 }
    /** Rows not moved yet are below 0. */
    const filed = lists.map((list) => Math.max(-1, list - first))
    return {
      rows,
      values,
      lists: filed,
      centroids: trained.centroids.values,
      probes: trained.probes,
    }
  }

  restore({ rows, values, lists, centroids, probes }: VectorsState): void {
    const { width } = this.#memory
    if (centroids.length > 0) {
      this.#current = { first: 0, trained: { centroids: new Centroids(width, centroids), probes } }
      this.#trainedSize = rows.length
    }
    for (const [place, row] of rows.entries()) {
      const vector = values.subarray(place * width, (place + 1) * width)
      const list = lists[place] ?? 0
      this.#lists.add(list >= 0 ? list : this.listFor(vector), row, vector)
    }
  }

  #begin(): Generator<void, Trained> {
    this.#trainedSize = this.#lists.size
    return train(
      {
        width: this.#memory.width,
        rows: () => this.#rows(),
        get: (row) => this.#valuesOf(row),
        nearestExactly: (query, k) => this.#nearestExactly(query, k),
      },
      seededRandom(this.#lists.size),
    )
  }

  #train(training: Generator<void, Trained>): void {
    const { done, value } = training.next()
    if (!done) return
    this.#training = undefined
    this.#before = this.#current
    this.#current = { first: endOf(this.#before), trained: value }
  }

  #moveSome(before: Generation): void {
    let left = movedInStep
    for (let list = before.first; list < endOf(before) && left > 0; list++) {
      for (let size = this.#lists.sizeOf(list); size > 0 && left > 0; size--, left--) {
        const slot = this.#lists.slotAt(list, size - 1)
        this.#lists.move(this.#memory.rowAt(slot), this.listFor(this.#memory.valuesAt(slot)))
      }
    }
    if (left > 0) this.#before = undefined
  }

  #rows(): Int32Array {
    const rows = new Int32Array(this.#lists.size)
    let count = 0
    this.#lists.forEach((row) => {
      rows[count++] = row
    })
    return rows
  }

  #valuesOf(row: number): Int8Array | undefined {
    const slot = this.#lists.slotOf(row)
    return slot < 0 ? undefined : this.#memory.valuesAt(slot)
  }

  #nearestExactly(query: Int8Array, k: number): Int32Array {
    this.#memory.ask(query)
    this.#memory.begin(k)
    const { first } = this.#current
    for (let list = first; list < endOf(this.#current); list++) this.#lists.scan(list)
    return this.#memory.best(1).rows
  }
}

function endOf({ first, trained }: Generation): number {
  return first + (trained?.centroids.count ?? 1)
}

function listsOf({ first, trained }: Generation, query: ArrayLike<number>, k: number): number[] {
  if (!trained) return [first]
  const probes = Math.ceil(trained.probes * Math.max(1, k / measuredFor))
  return Array.from(trained.centroids.nearest(query, probes), (centroid) => first + centroid)
}
