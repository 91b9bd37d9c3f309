/** The two files of a local vault. A slot of zeros was never used, one of ones was destroyed. */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { KithError } from '../errors.ts'

export interface SlotFile {
  /** [32] */
  readonly master: Buffer
  readonly size: number
  isEmpty(slot: number): boolean
  /** @throws KithError `not-found` for a slot that is empty or destroyed. [32] */
  read(slot: number): Buffer
  /** Kept in memory until `flush`. @param bytes [32] */
  write(slot: number, bytes: Buffer): void
  /** Overwrites in place; durable when it resolves. */
  destroy(slot: number): Promise<void>
  flush(): Promise<void>
  close(): Promise<void>
}

const width = 32
const never = Buffer.alloc(width, 0)
const destroyed = Buffer.alloc(width, 0xff)

export async function openSlotFile(folder: string): Promise<SlotFile> {
  const master = makeFiles(folder)
  const handle = await open(join(folder, 'slots'), 'r+')
  let records = await handle.readFile()
  let size = Math.ceil(records.length / width)
  const dirty = new Set<number>()
  let writing: Promise<void> = Promise.resolve()

  const at = (slot: number) => records.subarray(slot * width, (slot + 1) * width)

  function put(slot: number, bytes: Buffer): void {
    if (!Number.isSafeInteger(slot) || slot < 0) throw new RangeError(`No slot has number ${slot}.`)
    if (records.length < (slot + 1) * width) {
      const larger = Buffer.alloc(Math.max(2 * records.length, (slot + 1) * width, 4_096))
      records.copy(larger)
      records = larger
    }
    size = Math.max(size, slot + 1)
    at(slot).set(bytes)
  }

  /** A slot unknown here may have been filled by another process. */
  function isEmpty(slot: number): boolean {
    if (slot < size && !never.equals(at(slot))) return false
    const bytes = Buffer.alloc(width)
    if (readSync(handle.fd, bytes, 0, width, slot * width) < width) return true
    if (never.equals(bytes)) return true
    put(slot, bytes)
    return false
  }

  function write(slot: number, bytes: Buffer): void {
    put(slot, bytes)
    dirty.add(slot)
  }

  /** One after the other, so that a later flush waits for an earlier one that holds its slots. */
  function flush(): Promise<void> {
    const previous = writing.catch(() => undefined)
    writing = previous.then(() => writeSlots(handle, dirty, () => records))
    return writing
  }

  return {
    master,
    get size() {
      return size
    },
    isEmpty,
    read(slot) {
      if (isEmpty(slot) || destroyed.equals(at(slot))) throw noKey(slot)
      return at(slot)
    },
    write,
    destroy(slot) {
      write(slot, destroyed)
      return flush()
    },
    flush,
    async close() {
      await flush()
      await handle.close()
    },
  }
}

/** What cannot be written stays dirty for the next try. */
async function writeSlots(
  handle: FileHandle,
  dirty: Set<number>,
  records: () => Buffer,
): Promise<void> {
  if (dirty.size === 0) return
  const slots = [...dirty].sort((a, b) => a - b)
  dirty.clear()
  try {
    for (const [first, last] of runsOf(slots)) {
      const bytes = records().subarray(first * width, (last + 1) * width)
      const { bytesWritten } = await handle.write(bytes, 0, bytes.length, first * width)
      if (bytesWritten < bytes.length) throw noSpace()
    }
    await handle.datasync()
  } catch (error) {
    for (const slot of slots) dirty.add(slot)
    throw error
  }
}

/** Neighbours are written together. */
function* runsOf(slots: readonly number[]): Generator<[first: number, last: number]> {
  let [first = 0] = slots
  let last = first
  for (const slot of slots) {
    if (slot > last + 1) {
      yield [first, last]
      first = slot
    }
    last = slot
  }
  yield [first, last]
}

/** @returns the master key; a missing one is made only where nothing was sealed yet */
function makeFiles(folder: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'master.key')
  const slots = join(folder, 'slots')
  if (!existsSync(path) && existsSync(slots)) throw wrongMaster(path, 'is missing')
  makeOnce(path)
  // Slot 0 is made with the file, so that two processes share it.
  makeOnce(slots)
  const own = openSync(folder, 'r')
  fsyncSync(own)
  closeSync(own)
  const master = readFileSync(path)
  if (master.length !== width) throw wrongMaster(path, `has ${master.length} bytes, not ${width}`)
  return master
}

/** A file of 32 random bytes that appears complete or not at all; of two makers one wins. */
function makeOnce(path: string): void {
  if (existsSync(path)) return
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, randomBytes(width), { mode: 0o600, flush: true })
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!existsSync(path)) throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function wrongMaster(path: string, problem: string): KithError {
  return new KithError(
    'misconfigured',
    `The key file "${path}" ${problem}. Without the right one nothing can be read: put it back from your backup.`,
  )
}

function noSpace(): KithError {
  return new KithError(
    'unavailable',
    'The keys of new people could not be written whole. Make space on the disk and try again.',
  )
}

function noKey(slot: number): KithError {
  return new KithError(
    'not-found',
    `The key in slot ${slot} was destroyed or never made. What was sealed under it cannot be read.`,
    { details: { slot } },
  )
}
