/** Ties between people. A removed one stays as a mark, so that whoever follows the clock sees it. */
import type { Change } from '../domain/change.ts'
import type { Edge, EdgeKind } from '../domain/edge.ts'
import { chunksOf, column, lastOfEach } from './arrays.ts'
import { edgeCodes } from './codes.ts'
import { type Lookup, unknown } from './lookup.ts'
import type { EdgeStore } from './store.ts'
import type { Turn, Writer } from './writer.ts'

interface Parts {
  readonly lookup: Lookup
  readonly writer: Writer
}

interface KeyedEdge {
  readonly edge: Edge
  readonly from: number
  readonly to: number
}

const chunkSize = 5_000
const liveSql = `select count(*) as live from edges
  join unnest($1::int[], $2::int[], $3::smallint[]) as given (from_key, to_key, kind)
  using (from_key, to_key, kind) where not is_removed`
const putSql = `insert into edges (from_key, to_key, kind, weight, at, is_removed, clock)
  select from_key, to_key, kind, weight, at, false, clock from unnest(
    $1::int[], $2::int[], $3::smallint[], $4::float8[], $5::bigint[], $6::bigint[])
    as given (from_key, to_key, kind, weight, at, clock)
  on conflict (from_key, to_key, kind) do update set
    weight = excluded.weight, at = excluded.at, is_removed = false, clock = excluded.clock`
const removeSql = `update edges set is_removed = true, clock = $4
  where from_key = $1 and to_key = $2 and kind = $3 and not is_removed returning 1`

export function createEdgeStore({ lookup, writer }: Parts): EdgeStore {
  return {
    async put(edges) {
      if (edges.length === 0) return []
      return writer.write(async (turn) => {
        const ids = edges.flatMap(({ from, to }) => [from, to])
        const keys = await lookup.keysInTurn(turn.query, 'user', ids)
        const keyed = edges.map((edge, index) => keyedEdge(edge, keys, index))
        const unique = lastOfEach(keyed, ({ edge, from, to }) => `${from} ${to} ${edge.kind}`)
        for (const chunk of chunksOf(unique, chunkSize)) await putChunk(turn, chunk)
        return turn.changes
      })
    },

    remove: (edge) =>
      writer.write(async (turn) => {
        const keys = await lookup.keysInTurn(turn.query, 'user', [edge.from, edge.to])
        if (keys.size < 2) return turn.changes
        const { from, to } = oneWayRound(edge, keys)
        const code = edgeCodes[edge.kind]
        const clock = turn.tick()
        const values = [keys.get(from), keys.get(to), code, clock]
        if ((await turn.query(removeSql, values)).length === 0) return turn.changes
        turn.count('edges', -1)
        turn.changes.push({ kind: 'edge-removed', clock, from, to, edgeKind: edge.kind })
        return turn.changes
      }),
  }
}

function keyedEdge(edge: Edge, keys: ReadonlyMap<string, number>, index: number): KeyedEdge {
  for (const id of [edge.from, edge.to]) if (!keys.has(id)) throw unknown('user', id, { index })
  const { from, to } = oneWayRound(edge, keys)
  return { edge: { ...edge, from, to }, from: keys.get(from) ?? 0, to: keys.get(to) ?? 0 }
}

/** Of two friends, the one who was put first comes first. */
function oneWayRound(
  { from, to, kind }: { from: string; to: string; kind: EdgeKind },
  keys: ReadonlyMap<string, number>,
): { from: string; to: string } {
  const isOrdered = kind !== 'friend' || (keys.get(from) ?? 0) <= (keys.get(to) ?? 0)
  return isOrdered ? { from, to } : { from: to, to: from }
}

async function putChunk(turn: Turn, chunk: readonly KeyedEdge[]): Promise<void> {
  const ends = [
    column(chunk.map(({ from }) => from)),
    column(chunk.map(({ to }) => to)),
    column(chunk.map(({ edge }) => edgeCodes[edge.kind])),
  ]
  const [before] = await turn.query<{ live: number }>(liveSql, ends)
  const changes = chunk.map(({ edge }): Change => ({ kind: 'edge', clock: turn.tick(), edge }))
  await turn.query(putSql, [
    ...ends,
    column(chunk.map(({ edge }) => edge.weight)),
    column(chunk.map(({ edge }) => edge.at?.getTime())),
    column(changes.map(({ clock }) => clock)),
  ])
  turn.count('edges', chunk.length - (before?.live ?? 0))
  turn.changes.push(...changes)
}
