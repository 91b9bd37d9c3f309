/** A network's own posts and what its people did with them, as learning reads data. */
import { openAdapters } from './adapters.ts'
import type { Config } from './config.ts'
import type { Interaction, ItemFacts } from './learn/data/dataset.ts'
import type { RawData } from './learn/data/load.ts'
import type { Log } from './log.ts'
import type { Store } from './store/store.ts'

const rowsAtOnce = 500
/** Of each person, the newest. */
const eventsOfPerson = 1_000
/** What says that somebody wants an item. */
const wanting = new Set(['like', 'reply', 'repost', 'quote', 'share', 'purchase', 'more'])

/** @throws KithError `conflict` when a server has the data folder open and its database is embedded */
export async function ownData(config: Config, log: Log): Promise<RawData> {
  const adapters = await openAdapters({ ...config, encoder: 'hashing' }, log)
  try {
    const { store } = adapters
    const items = await itemsOf(store)
    const known = new Set(items.map(({ id }) => id))
    return { name: 'own network', train: await interactionsOf(store, known), items }
  } finally {
    await adapters.close()
  }
}

async function itemsOf({ items }: Store): Promise<ItemFacts[]> {
  const facts: ItemFacts[] = []
  for await (const item of everyRow((page) => items.list(page))) {
    const { id, text, authorId, visibility } = item
    // What was written for few is not for a model that everybody meets.
    if (visibility === 'public') facts.push({ id, text, authorId })
  }
  return facts
}

async function interactionsOf(
  { users, events }: Store,
  known: ReadonlySet<string>,
): Promise<Interaction[]> {
  const found: Interaction[] = []
  for await (const { id } of everyRow((page) => users.list(page))) {
    for (const { type, itemId, at } of await events.list(id, { limit: eventsOfPerson })) {
      if (itemId === undefined || !known.has(itemId) || !wanting.has(type)) continue
      found.push({ userId: id, itemId, value: 1, at: at.getTime() })
    }
  }
  return found
}

type List<Row> = (page: { limit: number; after?: string | undefined }) => Promise<Row[]>

async function* everyRow<Row extends { readonly id: string }>(
  list: List<Row>,
): AsyncGenerator<Row> {
  let after: string | undefined
  for (;;) {
    const rows = await list({ limit: rowsAtOnce, after })
    yield* rows
    if (rows.length < rowsAtOnce) return
    after = rows.at(-1)?.id
  }
}
