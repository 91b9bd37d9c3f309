/**
 * A vault in two files of a folder: `master.key`, and `slots` with 32 random bytes for each slot.
 * The key of a slot is HMAC(master, slot's bytes), so a copy of `slots` alone opens nothing, the
 * master may rest elsewhere, and overwriting 32 bytes in place ends all that was sealed under them.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  randomFillSync,
} from 'node:crypto'
import { KithError } from '../errors.ts'
import { openSlotFile } from './slot-file.ts'
import type { Vault } from './vault.ts'

export interface LocalKeyOptions {
  /** Made when missing, readable by its owner only. */
  readonly folder: string
}

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16
const headLength = nonceLength + tagLength
/** Keys kept at hand; a key that is not is worked out again from its slot. */
const keyLimit = 100_000

export async function openLocalKeyVault({ folder }: LocalKeyOptions): Promise<Vault> {
  const file = await openSlotFile(folder)
  const master = file.master
  const pseudonymKey = createHmac('sha256', master).update('pseudonym').digest()
  const keys = new Map<number, Buffer>()
  const nextNonce = createNonces()

  function keyOf(slot: number): Buffer {
    const known = keys.get(slot)
    if (known) return known
    const key = createHmac('sha256', master).update(file.read(slot)).digest()
    if (keys.size >= keyLimit) keys.clear()
    keys.set(slot, key)
    return key
  }

  return {
    get size() {
      return file.size
    },
    seal(slot, plain) {
      if (file.isEmpty(slot)) file.write(slot, randomBytes(32))
      return seal(keyOf(slot), slot, nextNonce(), plain)
    },
    open: (slot, sealed) => open(keyOf(slot), slot, sealed),
    pseudonym: (id) => createHmac('sha256', pseudonymKey).update(id).digest().subarray(0, 16),
    async destroy(slot) {
      if (slot === 0)
        throw new RangeError("Slot 0 is the network's own key and is never destroyed.")
      keys.get(slot)?.fill(0)
      keys.delete(slot)
      await file.destroy(slot)
    },
    flush: file.flush,
    close: file.close,
  }
}

/** nonce, tag, text; bound to the slot, so that bytes moved to another person do not open */
function seal(key: Buffer, slot: number, nonce: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv(algorithm, key, nonce)
  cipher.setAAD(boundTo(slot))
  const text = cipher.update(plain)
  cipher.final()
  const sealed = Buffer.allocUnsafe(headLength + text.length)
  sealed.set(nonce)
  sealed.set(cipher.getAuthTag(), nonceLength)
  sealed.set(text, headLength)
  return sealed
}

function open(key: Buffer, slot: number, sealed: Uint8Array): Buffer {
  if (sealed.length < headLength) throw cannotOpen(slot)
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceLength))
  decipher.setAAD(boundTo(slot))
  decipher.setAuthTag(sealed.subarray(nonceLength, headLength))
  const plain = decipher.update(sealed.subarray(headLength))
  try {
    decipher.final()
  } catch (error) {
    throw cannotOpen(slot, error)
  }
  return plain
}

function cannotOpen(slot: number, cause?: unknown): KithError {
  return new KithError(
    'not-found',
    `What was sealed in slot ${slot} does not open: it was changed, or sealed by another vault. Put back the vault folder that belongs to this database.`,
    { details: { slot }, cause },
  )
}

const bound = Buffer.alloc(4)
function boundTo(slot: number): Buffer {
  bound.writeUInt32LE(slot)
  return bound
}

/** Random nonces, drawn a thousand at a time: one system call each would cost more than sealing. */
function createNonces(): () => Uint8Array {
  const pool = Buffer.alloc(nonceLength * 1_024)
  let at = pool.length
  return () => {
    if (at === pool.length) {
      randomFillSync(pool)
      at = 0
    }
    at += nonceLength
    return pool.subarray(at - nonceLength, at)
  }
}
