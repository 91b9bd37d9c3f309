/** What was learned from, as one number: the same data in the same order gives the same hash. */
import { createHash, type Hash } from 'node:crypto'
import type { RunData } from '../../domain/run.ts'
import type { Csr } from './csr.ts'
import { type Dataset, type Interaction, type ItemFacts, size } from './dataset.ts'
import type { Ids } from './ids.ts'
import type { RawData } from './load.ts'

/**
 * SHA-256 over people, items, pairs, values, times, ties and texts, in their numbers: what a model
 * fitted on one dataset means holds for another exactly when the hashes are equal.
 * @param parts of one catalogue, for example training, validation and test
 * @returns 64 hex digits
 */
export function dataHash(...parts: readonly Dataset[]): string {
  const hash = createHash('sha256')
  const [first] = parts
  if (first) addCatalogue(hash, first)
  for (const { interactions, times } of parts) {
    addCsr(hash, interactions)
    addCells(hash, times ?? new Float64Array(0))
  }
  return hash.digest('hex')
}

/** The facts of a run about its data. @param parts as for `dataHash` */
export function runData(name: string, ...parts: readonly Dataset[]): RunData {
  return {
    name,
    hash: dataHash(...parts),
    users: parts[0]?.users.size ?? 0,
    items: parts[0]?.items.size ?? 0,
    interactions: parts.reduce((sum, part) => sum + size(part), 0),
  }
}

/** The facts of a run about data as it was read, before it is cut into parts. */
export function rawRunData({ name, ties, items, ...parts }: RawData): RunData {
  const { train, valid = [], test = [] } = parts
  const hash = createHash('sha256')
  const users = new Set<string>()
  const itemIds = new Set(items?.map(({ id }) => id))
  for (const part of [train, valid, test]) {
    addLines(hash, part, lineOf)
    for (const { userId, itemId } of part) {
      users.add(userId)
      itemIds.add(itemId)
    }
  }
  addLines(hash, ties ?? [], ({ userId, friendId }) => `${userId}${gap}${friendId}`)
  addLines(hash, items ?? [], ({ id, ...facts }) => `${id}${gap}${factsLine(facts)}`)
  return {
    ...{ name, hash: hash.digest('hex'), users: users.size, items: itemIds.size },
    interactions: train.length + valid.length + test.length,
  }
}

/** No id holds it. */
const gap = '\u0000'
const linesAtOnce = 10_000

function lineOf({ userId, itemId, value, at, viaUserId }: Interaction): string {
  return [userId, itemId, value, at, viaUserId].join(gap)
}

function addLines<Entry>(
  hash: Hash,
  entries: readonly Entry[],
  line: (entry: Entry) => string,
): void {
  hash.update(`${entries.length}\n`)
  for (let from = 0; from < entries.length; from += linesAtOnce) {
    const some = entries.slice(from, from + linesAtOnce)
    hash.update(`${some.map(line).join('\n')}\n`)
  }
}

function factsLine({ text, authorId, at }: Omit<ItemFacts, 'id'>): string {
  return JSON.stringify([text, authorId, at])
}

function addCatalogue(hash: Hash, { users, items, ties, facts }: Dataset): void {
  addIds(hash, users)
  addIds(hash, items)
  if (ties) addCsr(hash, ties)
  addLines(hash, facts ?? [], factsLine)
}

function addIds(hash: Hash, ids: Ids): void {
  hash.update(`${ids.size}\n`)
  for (let number = 0; number < ids.size; number++)
    hash.update(`${JSON.stringify(ids.id(number))}\n`)
}

function addCsr(hash: Hash, { rows, columns, starts, columnOf, values }: Csr): void {
  hash.update(`${rows}×${columns}\n`)
  for (const cells of [starts, columnOf, values]) addCells(hash, cells)
}

/** With their number first, so that no two lists of arrays look alike. */
function addCells(hash: Hash, cells: Int32Array | Float32Array | Float64Array): void {
  hash.update(`${cells.length}\n`)
  hash.update(new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength))
}
