/** A file of ties as a graph: `a b` lines, csv, tsv or spaces, header or not. */
import { KithError } from '../../errors.ts'
import { type Graph, graphOf } from '../../math/graph.ts'
import type { Note, Tie } from '../data/dataset.ts'
import { type Ids, idsOf } from '../data/ids.ts'
import { readTies } from '../data/read/read.ts'

export interface Links {
  readonly ids: Ids
  readonly graph: Graph
}

const leastTies = 10

/** @throws KithError `invalid-input` for a file with hardly any ties */
export async function readLinks(path: string, note: Note): Promise<Links> {
  const ties = withoutHeader(await readTies(path))
  const ids = idsOf(ties.flatMap(({ userId, friendId }) => [userId, friendId]))
  const from = ties.map(({ userId }) => ids.number(userId) ?? -1)
  const to = ties.map(({ friendId }) => ids.number(friendId) ?? -1)
  const graph = graphOf({ size: ids.size, from, to })
  const kept = graph.neighbours.length / 2
  const loops = from.filter((node, tie) => node === to[tie]).length
  const repeated = ties.length - loops - kept
  if (loops > 0) note(`${loops} ties of somebody with themselves were left out`)
  if (repeated > 0) note(`${repeated} ties were there already, one way or the other`)
  // What a tie weighs in the file is not read, so that one named twice is no stronger.
  graph.weights.fill(1)
  if (kept >= leastTies) return { ids, graph }
  throw new KithError(
    'invalid-input',
    `"${path}" has ${kept} ties, too few to hide some. Give at least ${leastTies} lines of two ids.`,
  )
}

/** A first line of two words above nothing but numbers names the columns. */
function withoutHeader(ties: readonly Tie[]): readonly Tie[] {
  const isNumber = (id: string): boolean => id !== '' && Number.isFinite(Number(id))
  const [first, ...rest] = ties
  const isHeader =
    first !== undefined &&
    !isNumber(first.userId) &&
    !isNumber(first.friendId) &&
    rest.every(({ userId, friendId }) => isNumber(userId) && isNumber(friendId))
  return isHeader ? rest : ties
}
