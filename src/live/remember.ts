/** Brings memory up to date with the store: from a snapshot plus what came after, or from the start. */
import { isKithError } from '../errors.ts'
import type { Snapshots } from '../jobs/snapshot.ts'
import type { Log } from '../log.ts'
import { createMemory, loadSnapshot } from '../memory/create-memory.ts'
import type { Memory } from '../memory/memory.ts'
import type { Store } from '../store/store.ts'
import { createInvertedFile } from '../vectors/inverted-file.ts'

/** Neighbours of this many items are kept: about 1 KiB each, and finding them is the dear part of a page. */
export const neighboursKept = 100_000
const options = { createVectors: createInvertedFile, cacheLimit: neighboursKept }

export function emptyMemory(): Memory {
  return createMemory(options)
}

export async function rememberAll(store: Store, snapshots: Snapshots, log: Log): Promise<Memory> {
  const started = performance.now()
  const saved = await fromSnapshot(store, snapshots, log)
  const memory = saved ?? (await caughtUp(emptyMemory(), store))
  log.info('memory is ready', {
    from: saved ? 'snapshot' : 'store',
    items: memory.items.liveCount,
    people: memory.people.liveCount,
    clock: memory.clock,
    milliseconds: Math.round(performance.now() - started),
  })
  return memory
}

async function fromSnapshot(
  store: Store,
  snapshots: Snapshots,
  log: Log,
): Promise<Memory | undefined> {
  const bytes = await snapshots.load()
  if (!bytes) return undefined
  try {
    const memory = loadSnapshot(bytes, options)
    // A database put back from an older backup knows less than the snapshot.
    if (memory.clock > (await store.clock())) return undefined
    return await caughtUp(memory, store)
  } catch (cause) {
    if (!isKithError(cause)) throw cause
    log.warn('the snapshot is of no use; memory is rebuilt from the store', { reason: cause.code })
    return undefined
  }
}

export async function caughtUp(memory: Memory, store: Store): Promise<Memory> {
  for await (const changes of store.changesSince(memory.clock)) memory.apply(changes)
  return memory
}
