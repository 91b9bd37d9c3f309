/** Items by lot that a person does not have, to rank or compare the test items among. */
import { integer, type Random, someOf } from '../../math/random.ts'
import { type Csr, rowColumns } from '../data/csr.ts'

export interface LotOptions {
  readonly random: Random
  readonly count: number
  /** Never drawn: what the person has in any part. */
  readonly known: Csr
  readonly test: Csr
  /** [items] 1 for those that may be drawn; all when left out. */
  readonly allowed?: Uint8Array | undefined
}

/** @returns `count` different items, or all there are when they are fewer */
export function othersByLot(user: number, options: LotOptions): Int32Array {
  const { random, count, known, test, allowed } = options
  const taken = new Set([...rowColumns(known, user), ...rowColumns(test, user)])
  const isFree = (item: number): boolean => !taken.has(item) && (!allowed || allowed[item] === 1)
  const free = allowed ? allowed.reduce((sum, one) => sum + one, 0) : known.columns
  // Dense: drawing again and again would be slow, or never end.
  if (free - taken.size < 4 * count || free < known.columns / 4) {
    return Int32Array.from(someOf(random, allFree(known.columns, isFree), count))
  }
  const found: number[] = []
  while (found.length < count) {
    const item = integer(random, 0, known.columns)
    if (!isFree(item)) continue
    taken.add(item)
    found.push(item)
  }
  return Int32Array.from(found)
}

function allFree(items: number, isFree: (item: number) => boolean): Int32Array {
  return Int32Array.from({ length: items }, (_, item) => item).filter(isFree)
}
