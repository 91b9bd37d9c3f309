/** The network of a benchmark as changes, to fill a memory without a store. */
import type { Change } from '../src/domain/change.ts'
import { loadNetwork, type NetworkSize } from './network.ts'

export function* changesOf(
  size: Pick<NetworkSize, 'items' | 'people' | 'events'>,
): Generator<Change[]> {
  const network = loadNetwork({ ...size, width: 384 }, 'minilm-l6-v2@1')
  let clock = 0
  const tick = (): number => ++clock
  for (const some of network.users())
    yield some.map((user) => ({ kind: 'user', clock: tick(), user }))
  for (const some of network.items())
    yield some.map((encoded) => ({ kind: 'item', clock: tick(), ...encoded }))
  for (const some of network.edges())
    yield some.map((edge) => ({ kind: 'edge', clock: tick(), edge }))
  for (const some of network.events())
    yield some.map((event) => ({ kind: 'event', clock: tick(), event }))
}
