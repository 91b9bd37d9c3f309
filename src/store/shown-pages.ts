/**
 * What was known of a page, in bytes: the length of the words, the words, then two bytes a number. A page
 * of twenty items and twenty parts takes less than a kilobyte, and goes with the key of its person.
 */
import type { ShownPage } from '../domain/shown-page.ts'
import type { Vault } from '../vault/vault.ts'
import { openBytes } from './envelopes.ts'

type Words = Pick<ShownPage, 'parts' | 'context'>

const scale = 32_767
/** Longer pages are logged as far as this. */
const mostItems = 100

/** @param kept for each item of the page whether it is still there */
export function sealShown(
  vault: Vault,
  key: number,
  { parts, context, said, chances }: ShownPage,
  kept: readonly boolean[],
): Uint8Array {
  const rows = [...kept.keys()].filter((row) => kept[row]).slice(0, mostItems)
  const words = Buffer.from(JSON.stringify({ parts, context } satisfies Words))
  const numbers = Int16Array.from(
    rows.flatMap((row) => [
      chances[row] ?? 1,
      ...said.subarray(row * parts.length, (row + 1) * parts.length),
    ]),
    (value) => Math.round(Math.min(1, Math.max(-1, value)) * scale),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32LE(words.length)
  return vault.seal(key, Buffer.concat([length, words, Buffer.from(numbers.buffer)]))
}

/** Undefined when the key is gone. */
export function openShown(vault: Vault, key: number, sealed: Uint8Array): ShownPage | undefined {
  const plain = openBytes(vault, key, sealed)
  if (!plain) return undefined
  const start = 4 + plain.readUInt32LE(0)
  const { parts, context } = JSON.parse(plain.toString('utf8', 4, start)) as Words
  const width = parts.length + 1
  const rows = Math.floor((plain.length - start) / 2 / width)
  const said = new Float32Array(rows * parts.length)
  const chances = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    const at = start + 2 * row * width
    chances[row] = plain.readInt16LE(at) / scale
    for (let part = 0; part < parts.length; part++) {
      said[row * parts.length + part] = plain.readInt16LE(at + 2 * (part + 1)) / scale
    }
  }
  return { parts, context, said, chances }
}
