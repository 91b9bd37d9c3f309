/** Fills a data folder with a synthetic network through the store, without a server. */
import { openAdapters } from '../src/adapters.ts'
import { readConfig } from '../src/config.ts'
import { silentLog } from '../src/log.ts'
import { loadNetwork, type NetworkSize } from './network.ts'

export interface Filled {
  readonly seconds: number
  readonly eventsPerSecond: number
}

/** Vectors are put in the English encoder's space, so that nothing has to be encoded again. */
const space = 'minilm-l6-v2@1'

export async function fill(data: string, size: NetworkSize): Promise<Filled> {
  const started = performance.now()
  const { store, close } = await openAdapters(
    readConfig({ DATA: data, ENCODER: 'hashing' }),
    silentLog,
  )
  const network = loadNetwork(size, space)
  for (const users of network.users()) await store.users.put(users)
  for (const items of network.items()) await store.items.put(items)
  for (const edges of network.edges()) await store.edges.put(edges)
  const eventsStarted = performance.now()
  let events = 0
  for (const batch of network.events()) {
    const { duplicates } = await store.events.add(batch)
    events += batch.length - duplicates
  }
  const eventSeconds = (performance.now() - eventsStarted) / 1000
  await close()
  return { seconds: (performance.now() - started) / 1000, eventsPerSecond: events / eventSeconds }
}
