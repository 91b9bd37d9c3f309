/**
 * What was known of a page, in bytes: the length of the words, the words, then two bytes a number. A page
 * of twenty items and twenty parts takes about a kilobyte, and goes with the key of its person.
 */
import type { Draw, ShownPage } from '../domain/shown-page.ts'
import type { Vault } from '../vault/vault.ts'
import { openBytes } from './envelopes.ts'

/** Numbers stand in rows: chance, then parts. Those of items come first, then those of each draw. */
interface Words extends Pick<ShownPage, 'parts' | 'context'> {
  /** Absent from pages that an earlier version kept. */
  readonly draws?: readonly (Pick<Draw, 'place' | 'taken'> & { readonly pool: number })[]
}

const scale = 32_767
/** Longer pages are logged as far as this. */
const mostItems = 100

/** @param kept for each item of the page whether it is still there */
export function sealShown(
  vault: Vault,
  key: number,
  { parts, context, said, chances, draws = [] }: ShownPage,
  kept: readonly boolean[],
): Uint8Array {
  const rows = [...kept.keys()].filter((row) => kept[row]).slice(0, mostItems)
  const width = parts.length
  const left = draws.filter(({ place }) => rows.includes(place))
  const words: Words = {
    ...{ parts, context },
    draws: left.map(({ place, taken, said: pool }) => ({
      ...{ place: rows.indexOf(place), taken },
      pool: pool.length / width,
    })),
  }
  const numbers = [
    ...rows.flatMap((row) => rowOf(chances[row] ?? 1, said, row, width)),
    ...left.flatMap(({ said: pool }) => {
      const size = pool.length / width
      return Array.from({ length: size }, (_, row) => rowOf(1 / size, pool, row, width)).flat()
    }),
  ]
  const told = Buffer.from(JSON.stringify(words))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(told.length)
  const bytes = Int16Array.from(numbers, (value) =>
    Math.round(Math.min(1, Math.max(-1, value)) * scale),
  )
  return vault.seal(key, Buffer.concat([length, told, Buffer.from(bytes.buffer)]))
}

function rowOf(chance: number, said: Float32Array, row: number, width: number): number[] {
  return [chance, ...said.subarray(row * width, (row + 1) * width)]
}

/** Undefined when the key is gone. */
export function openShown(vault: Vault, key: number, sealed: Uint8Array): ShownPage | undefined {
  const plain = openBytes(vault, key, sealed)
  if (!plain) return undefined
  const start = 4 + plain.readUInt32LE(0)
  const { parts, context, draws = [] } = JSON.parse(plain.toString('utf8', 4, start)) as Words
  const rows = Math.floor((plain.length - start) / 2 / (parts.length + 1))
  const items = rows - draws.reduce((sum, { pool }) => sum + pool, 0)
  const read = (first: number, count: number) => readRows(plain, start, parts.length, first, count)
  let next = items
  return {
    ...{ parts, context, ...read(0, items) },
    draws: draws.map(({ place, taken, pool }) => {
      next += pool
      return { place, taken, said: read(next - pool, pool).said }
    }),
  }
}

function readRows(plain: Buffer, start: number, width: number, first: number, count: number) {
  const said = new Float32Array(count * width)
  const chances = new Float32Array(count)
  for (let row = 0; row < count; row++) {
    const at = start + 2 * (first + row) * (width + 1)
    chances[row] = plain.readInt16LE(at) / scale
    for (let part = 0; part < width; part++) {
      said[row * width + part] = plain.readInt16LE(at + 2 * (part + 1)) / scale
    }
  }
  return { said, chances }
}
