/** Vectors of items: one index per encoder space, and the neighbours of items kept fresh. */
import type { Embedding } from '../domain/embedding.ts'
import { KithError } from '../errors.ts'
import type { CreateVectors, Vectors, VectorsState } from '../vectors/vectors.ts'
import { BoundedCache } from './bounded-cache.ts'
import { grown } from './columns.ts'
import type { Scored, VectorMemory } from './memory.ts'
import { type NearList, nearList, refreshed } from './near.ts'

interface Space {
  readonly name: string
  readonly index: Vectors
}

interface Known {
  readonly list: NearList
  /** How many vectors had been put when it was found. */
  readonly puts: number
}

const noneFound: Scored = { items: new Int32Array(0), scores: new Float32Array(0) }
/** Puts that are looked through one by one; beyond, neighbours are found anew. */
const recentPuts = 1024
/** A list that lost more than a tenth of its members is found anew. */
const mostlyFull = 0.9

export class ItemVectors implements VectorMemory {
  readonly #createIndex: CreateVectors
  readonly #spaces: Space[] = []
  readonly #near: BoundedCache<Known>
  /** The space of each item + 1. */
  #spaceOf = new Uint8Array(0)
  /** Items in the order their vectors were put, the last `recentPuts` of them. */
  readonly #recent = new Int32Array(recentPuts)
  #puts = 0

  constructor(createIndex: CreateVectors, cacheLimit: number) {
    this.#createIndex = createIndex
    this.#near = new BoundedCache(cacheLimit)
  }

  spaceOf(item: number): number {
    return (this.#spaceOf[item] ?? 0) - 1
  }

  get(item: number): Embedding | undefined {
    const space = this.#spaces[this.spaceOf(item)]
    const values = space?.index.get(item)
    return space && values && { space: space.name, values: values.slice() }
  }

  near(item: number, k: number): Scored {
    const index = this.#spaces[this.spaceOf(item)]?.index
    if (!index) return noneFound
    const known = this.#near.get(item)
    const isOfUse = known && known.list.k >= k && this.#puts - known.puts <= recentPuts
    const list = isOfUse ? this.#refresh(item, known, index) : undefined
    const { found } = list ?? this.#find(item, Math.max(k, known?.list.k ?? 0), index)
    return found.items.length <= k ? found : first(found, k)
  }

  nearest({ space, values }: Embedding, k: number): Scored {
    const index = this.#spaces.find(({ name }) => name === space)?.index
    if (!index || index.width !== values.length) return noneFound
    const { rows, cosines } = index.nearest(values, k)
    return { items: rows, scores: cosines }
  }

  cosines(item: number, others: Int32Array, count: number, out: Float32Array): void {
    const index = this.#spaces[this.spaceOf(item)]?.index
    if (index) index.cosinesOfRow(item, others, count, out)
    else out.fill(0, 0, count)
  }

  put(item: number, { space, values }: Embedding): void {
    const code = this.#admit(space, values.length)
    if (this.spaceOf(item) !== code) this.remove(item)
    this.#spaces[code]!.index.put(item, values)
    this.#spaceOf = grown(this.#spaceOf, item + 1)
    this.#spaceOf[item] = code + 1
    this.#near.remove(item)
    this.#recent[this.#puts++ % recentPuts] = item
  }

  remove(item: number): void {
    this.#spaces[this.spaceOf(item)]?.index.remove(item)
    this.#near.remove(item)
    if (item < this.#spaceOf.length) this.#spaceOf[item] = 0
  }

  pack(): PackedVectors {
    return {
      spaces: this.#spaces.map(({ name, index }) => ({
        name,
        width: index.width,
        ...index.state(),
      })),
    }
  }

  /** Into an empty table. */
  unpack({ spaces }: PackedVectors): void {
    for (const [code, { name, width, ...state }] of spaces.entries()) {
      this.#spaces.push({ name, index: this.#createIndex(width, state) })
      for (const row of state.rows) {
        this.#spaceOf = grown(this.#spaceOf, row + 1)
        this.#spaceOf[row] = code + 1
      }
    }
  }

  #admit(name: string, width: number): number {
    const known = this.#spaces.findIndex((space) => space.name === name)
    if (known < 0) return this.#spaces.push({ name, index: this.#createIndex(width) }) - 1
    const expected = this.#spaces[known]!.index.width
    if (expected === width) return known
    const message = `A vector of space "${name}" has ${width} components; the space has ${expected}. Give the encoder a new version.`
    throw new KithError('invalid-input', message)
  }

  #find(item: number, k: number, index: Vectors): NearList {
    const { rows, cosines } = index.nearest(index.get(item)!.slice(), k + 1)
    const self = rows.indexOf(item)
    const others = {
      items: rows.filter((_, place) => place !== self),
      scores: cosines.filter((_, place) => place !== self),
    }
    const list = nearList(first(others, k), k)
    this.#near.put(item, { list, puts: this.#puts })
    return list
  }

  /** Takes in what was put since and leaves out what has gone; undefined when too much has. */
  #refresh(item: number, { list, puts }: Known, index: Vectors): NearList | undefined {
    const fresh = new Set<number>()
    for (let put = puts; put < this.#puts; put++) fresh.add(this.#recent[put % recentPuts]!)
    fresh.delete(item)
    if (fresh.size === 0 && list.found.items.every((other) => index.has(other))) return list
    const next = refreshed(item, list, Int32Array.from(fresh), index)
    if (next.floor > -Infinity && next.found.items.length < list.k * mostlyFull) return undefined
    this.#near.put(item, { list: next, puts: this.#puts })
    return next
  }
}

export interface PackedVectors {
  readonly spaces: readonly (VectorsState & { readonly name: string; readonly width: number })[]
}

function first({ items, scores }: Scored, k: number): Scored {
  return { items: items.subarray(0, k), scores: scores.subarray(0, k) }
}
