/** People's rows with those of their friends mixed in. */
import { type Csr, csrOf, rowColumns, rowLength, rowOfEntries } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Factors } from '../trainers/factor-model.ts'

/**
 * u + weight · the mean over friends of f, over unit rows: who is alike by what they have is near in the
 * embeddings already, and friends say more. A person without interactions is the mean of their friends who
 * have some, whatever the weight; without such friends, zeros.
 */
export function withFriends(
  { users, items, width }: Factors,
  { interactions, ties }: Pick<Dataset, 'interactions' | 'ties'>,
  weight: number,
): Factors {
  if (!ties) return { users, items, width }
  const mutual = mutualTies(ties)
  const isKnown = (person: number): boolean => rowLength(interactions, person) > 0
  const mixed = users.map((value, at) => (isKnown(Math.floor(at / width)) ? value : 0))
  for (let person = 0; person < mutual.rows; person++) {
    const friends = rowColumns(mutual, person).filter(isKnown)
    const share = (isKnown(person) ? weight : 1) / friends.length
    for (const friend of friends) {
      for (let d = 0; d < width; d++) {
        mixed[person * width + d]! += share * users[friend * width + d]!
      }
    }
  }
  return { users: mixed, items, width }
}

/** Each tie both ways, once. */
function mutualTies(ties: Csr): Csr {
  const rowOf = rowOfEntries(ties)
  return csrOf({
    rows: ties.rows,
    columns: ties.columns,
    rowOf: [...rowOf, ...ties.columnOf],
    columnOf: [...ties.columnOf, ...rowOf],
  }).csr
}
