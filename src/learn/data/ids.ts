/** The caller's ids and their dense numbers, both ways. */

export interface Ids {
  readonly size: number
  /** @throws RangeError outside 0 … size - 1 */
  id(number: number): string
  number(id: string): number | undefined
}

/** Numbers in order of first appearance. */
export function idsOf(...lists: readonly Iterable<string>[]): Ids {
  const numbers = new Map<string, number>()
  for (const list of lists) {
    for (const id of list) if (!numbers.has(id)) numbers.set(id, numbers.size)
  }
  const ids = [...numbers.keys()]
  return {
    size: ids.length,
    id(number) {
      const id = ids[number]
      if (id === undefined) throw new RangeError(`There is no id number ${number}.`)
      return id
    },
    number: (id) => numbers.get(id),
  }
}
