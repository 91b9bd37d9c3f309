/**
 * Memory on disk: a sealed file that makes the next start quick. It is a cache of the store, never
 * the truth: when it is missing, broken or from before an erasure, memory is rebuilt.
 */
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
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

/** @param name of the file in the folder */
export function sealedSnapshots(folder: string, vault: Vault, name = 'memory.snapshot'): Snapshots {
  const path = join(folder, name)

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
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    for (let at = 0; at < size; ) {
      const length = (await piece(file, at, lengthBytes)).readUInt32LE(0)
      at += lengthBytes
      if (length > size - at) throw cutShort()
      yield await piece(file, at, length)
      at += length
    }
  } finally {
    await file.close()
  }
}

async function piece(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, at)
  if (bytesRead < length) throw cutShort()
  return buffer
}

function cutShort(): RangeError {
  return new RangeError('The snapshot ends in the middle of a chunk.')
}
