/** What is written about people, into sealed bytes and out again. */
import type { DatedEvent } from '../domain/event.ts'
import type { Item } from '../domain/item.ts'
import type { LabelValues } from '../domain/labels.ts'
import type { User } from '../domain/user.ts'
import { isKithError } from '../errors.ts'
import type { Vault } from '../vault/vault.ts'
import type { EncodedItem } from './store.ts'

export function sealJson(vault: Vault, slot: number, value: unknown): Uint8Array {
  return vault.seal(slot, Buffer.from(JSON.stringify(value)))
}

/** Undefined when the key is gone: to us such a row is not there any more. */
export function openJson<Value>(vault: Vault, slot: number, sealed: Uint8Array): Value | undefined {
  const plain = openBytes(vault, slot, sealed)
  return plain && (JSON.parse(plain.toString()) as Value)
}

/** Undefined when the key is gone. */
export function openBytes(vault: Vault, slot: number, sealed: Uint8Array): Buffer | undefined {
  try {
    const plain = vault.open(slot, sealed)
    return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength)
  } catch (error) {
    if (isKithError(error) && error.code === 'not-found') return undefined
    throw error
  }
}

export function openUser(vault: Vault, key: number, sealed: Uint8Array): User | undefined {
  const user = openJson<User & { createdAt?: string }>(vault, key, sealed)
  if (!user) return undefined
  return user.createdAt === undefined ? user : { ...user, createdAt: new Date(user.createdAt) }
}

export interface OpenedItem {
  readonly item: Item
  /** The components of its embedding; none when it has no embedding. */
  readonly values: Int8Array
  /** None when it has no labels. */
  readonly labels: LabelValues
}

/** In the length of the words: labels stand between them and the embedding. */
const labelsFlag = 2 ** 31

/**
 * Length of the words, the words, then where there are labels their count and the labels, then the
 * embedding: all of it tells of the text, so it is sealed with it.
 */
export function sealItem(
  vault: Vault,
  slot: number,
  item: Item,
  { embedding, labels }: Omit<EncodedItem, 'item'>,
): Uint8Array {
  const words = Buffer.from(JSON.stringify(item))
  const values = embedding?.values ?? new Int8Array()
  const labelled = labels ? Uint8Array.of(labels.values.length, ...labels.values) : new Uint8Array()
  const head = Buffer.allocUnsafe(4)
  head.writeUInt32LE(words.length + (labels ? labelsFlag : 0))
  const vector = new Uint8Array(values.buffer, values.byteOffset, values.length)
  return vault.seal(slot, Buffer.concat([head, words, labelled, vector]))
}

export function openItem(vault: Vault, slot: number, sealed: Uint8Array): OpenedItem | undefined {
  const plain = openBytes(vault, slot, sealed)
  if (!plain) return undefined
  const length = plain.readUInt32LE()
  const isLabelled = length >= labelsFlag
  const end = 4 + (isLabelled ? length - labelsFlag : length)
  const start = isLabelled ? end + 1 + plain.readUInt8(end) : end
  const words = JSON.parse(plain.toString('utf8', 4, end)) as Item
  const item = { ...words, createdAt: new Date(words.createdAt) }
  return {
    item,
    values: Int8Array.from(plain.subarray(start), (byte) => (byte << 24) >> 24),
    labels: Uint8Array.from(plain.subarray(Math.min(start, end + 1), start)),
  }
}

/** The part of an event that may say who or what; nothing when there is none. */
export type EventWords = Pick<DatedEvent, 'id' | 'pageId' | 'text' | 'network'>

export function wordsOf({ id, pageId, text, network }: DatedEvent): EventWords | undefined {
  return (id ?? pageId ?? text ?? network) === undefined ? undefined : { id, pageId, text, network }
}
