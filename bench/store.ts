/**
 * `npm run bench -- store [--json] [--events N] [--items N] [--users N]`: durable events a second
 * straight on the store, in bulk and by single callers, and the time to read everything back.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedDatabase } from '../src/database/embedded.ts'
import { embeddingOf } from '../src/domain/embedding.ts'
import type { DatedEvent } from '../src/domain/event.ts'
import { itemSchema } from '../src/domain/item.ts'
import { userSchema } from '../src/domain/user.ts'
import { openStore } from '../src/store/open-store.ts'
import type { Store } from '../src/store/store.ts'
import { openLocalKeyVault } from '../src/vault/local-key.ts'
import { readOptions } from './options.ts'

interface Sizes {
  readonly users: number
  readonly items: number
  readonly events: number
}

type Figures = Record<string, number>

const bulkSize = 1_000
const width = 384
const start = Date.parse('2026-01-01T00:00:00Z')

export async function bench(options: string[]): Promise<void> {
  const { json, ...sizes } = readOptions(options, {
    users: 2_000,
    items: 10_000,
    events: 100_000,
    json: false,
  })
  const folder = mkdtempSync(join(tmpdir(), 'kith-bench-'))
  try {
    const figures = await measure(folder, sizes)
    if (json) process.stdout.write(`${JSON.stringify({ bench: 'store', ...sizes, ...figures })}\n`)
    else console.table(figures)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(folder: string, sizes: Sizes): Promise<Figures> {
  const opening = performance.now()
  const database = await openEmbeddedDatabase({ folder: join(folder, 'postgres') })
  const vault = await openLocalKeyVault({ folder: join(folder, 'vault') })
  const store = await openStore({ database, vault })
  const coldStartMs = Math.round(performance.now() - opening)
  const figures: Figures = { coldStartMs }
  try {
    const usersPerSecond = await perSecond(sizes.users, () => putUsers(store, sizes))
    const itemsPerSecond = await perSecond(sizes.items, () => putItems(store, sizes))
    const bulkEventsPerSecond = await perSecond(sizes.events, () => addBulk(store, sizes))
    Object.assign(figures, { usersPerSecond, itemsPerSecond, bulkEventsPerSecond })
    for (const callers of [1, 8, 32, 128]) {
      const count = Math.min(500 * callers, 10_000)
      const name = `singleEventsPerSecond${callers}`
      figures[name] = await perSecond(count, () => addSingly(store, sizes, callers, count))
    }
    Object.assign(figures, await readBack(store))
  } finally {
    await store.close()
    await vault.close()
    await database.close()
  }
  return figures
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const before = performance.now()
  await work()
  return Math.round((count * 1_000) / (performance.now() - before))
}

async function putUsers(store: Store, { users }: Sizes): Promise<void> {
  for (let i = 0; i < users; i += bulkSize) {
    await store.users.put(
      range(i, Math.min(users, i + bulkSize)).map((n) =>
        userSchema.parse({ id: `user-${n}`, name: `Person ${n}`, languages: ['en'] }),
      ),
    )
  }
}

async function putItems(store: Store, { users, items }: Sizes): Promise<void> {
  for (let i = 0; i < items; i += bulkSize) {
    await store.items.put(
      range(i, Math.min(items, i + bulkSize)).map((n) => {
        const vector = range(0, width).map((d) => Math.sin(n + d * d))
        const item = itemSchema.parse({
          id: `item-${n}`,
          authorId: `user-${n % users}`,
          text: `A post of the ordinary length, number ${n}, about this and that, and a little more.`,
          createdAt: new Date(start + n * 1_000).toISOString(),
          tags: ['ordinary'],
        })
        return { item, embedding: embeddingOf('bench@1', vector) }
      }),
    )
  }
}

/** Four callers at a time, each with a thousand events a call. */
async function addBulk(store: Store, sizes: Sizes): Promise<void> {
  let next = 0
  const caller = async () => {
    while (next < sizes.events) {
      const from = next
      next = Math.min(sizes.events, from + bulkSize)
      await store.events.add(range(from, next).map((n) => eventAt(n, sizes)))
    }
  }
  await Promise.all([caller(), caller(), caller(), caller()])
}

async function addSingly(
  store: Store,
  sizes: Sizes,
  callers: number,
  count: number,
): Promise<void> {
  let next = 0
  const offset = 10_000_000 * callers
  const caller = async () => {
    while (next < count) await store.events.add([eventAt(offset + next++, sizes)])
  }
  await Promise.all(range(0, callers).map(caller))
}

/** Spread as on a real network: some people and items have far more than others. */
function eventAt(n: number, { users, items }: Sizes): DatedEvent {
  const spread = (salt: number) => {
    const fraction = Math.abs(Math.sin(n * 12.9898 + salt) * 43_758.5453) % 1
    return fraction * fraction
  }
  return {
    type: n % 5 === 0 ? 'like' : 'view',
    userId: `user-${Math.floor(spread(1) * users)}`,
    itemId: `item-${Math.floor(spread(2) * items)}`,
    at: new Date(start + n * 100),
  }
}

async function readBack(store: Store): Promise<Figures> {
  const before = performance.now()
  let changes = 0
  for await (const batch of store.changesSince(0)) changes += batch.length
  return { changesRead: changes, readBackMs: Math.round(performance.now() - before) }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}
