/**
 * Memory on disk: a sealed file that makes the next start quick. It is a cache of the store, never
 * the truth: when it is missing, broken or from before an erasure, memory is rebuilt.
 */
import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Vault } from '../vault/vault.ts'

export interface Snapshots {
  /** Replaces the snapshot; a crash on the way leaves the one before. */
  save(chunks: Iterable<Uint8Array>): Promise<void>
  /** What was saved, in one piece; undefined when there is none, or it cannot be read. */
  load(): Promise<Uint8Array | undefined>
  discard(): Promise<void>
}

/** The network's own key seals snapshots. */
const networkSlot = 0
const lengthBytes = 4

export function sealedSnapshots(folder: string, vault: Vault): Snapshots {
  const path = join(folder, 'memory.snapshot')

  return {
    async save(chunks) {
      const file = await open(`${path}.new`, 'w', 0o600)
      try {
        for (const chunk of chunks) await file.write(framed(vault.seal(networkSlot, chunk)))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(`${path}.new`, path)
    },
    async load() {
      try {
        const chunks: Uint8Array[] = []
        for await (const sealed of frames(path)) chunks.push(vault.open(networkSlot, sealed))
        return Buffer.concat(chunks)
      } catch {
        return undefined
      }
    },
    async discard() {
      await rm(path, { force: true })
      await rm(`${path}.new`, { force: true })
    },
  }
}

function framed(sealed: Uint8Array): Buffer {
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32LE(sealed.length)
  return Buffer.concat([length, sealed])
}

async function* frames(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const part of createReadStream(path, { highWaterMark: 4 << 20 })) {
    rest = rest.length > 0 ? Buffer.concat([rest, part as Buffer]) : (part as Buffer)
    while (rest.length >= lengthBytes && rest.length >= lengthBytes + rest.readUInt32LE(0)) {
      const end = lengthBytes + rest.readUInt32LE(0)
      yield rest.subarray(lengthBytes, end)
      rest = rest.subarray(end)
    }
  }
  if (rest.length > 0) throw new RangeError('The snapshot ends in the middle of a chunk.')
}
