/** Items by lot that a person does not have. */
import { integer, type Random } from '../../math/random.ts'
import { type Csr, rowColumns } from '../data/csr.ts'

const mostTries = 16

/** Uniform; after 16 items that the person has, whatever comes. */
export function lackingItem(interactions: Csr, user: number, random: Random): number {
  const had = rowColumns(interactions, user)
  let item = integer(random, 0, interactions.columns)
  for (let tries = 1; tries < mostTries && holds(had, item); tries++) {
    item = integer(random, 0, interactions.columns)
  }
  return item
}

/** @param ascending as the columns of a row are */
function holds(ascending: Int32Array, wanted: number): boolean {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return ascending[low] === wanted
}
