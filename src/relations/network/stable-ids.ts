/** Communities keep their id as long as they keep most of their people. */

/**
 * @param found [people] numbers of communities as they came out now
 * @param before [people then] ids from last time; -1 for nobody's
 * @returns [people] ids: of the community of before that shares most people, each given once, the
 * largest overlap first; new ones for the rest
 */
export function stableIds(found: Int32Array, before: Int32Array): Int32Array {
  const overlaps = new Map<string, { community: number; id: number; shared: number }>()
  let next = 0
  for (let person = 0; person < before.length; person++) {
    const id = before[person]!
    next = Math.max(next, id + 1)
    if (id < 0 || person >= found.length) continue
    const key = `${found[person]} ${id}`
    const overlap = overlaps.get(key) ?? { community: found[person]!, id, shared: 0 }
    overlap.shared += 1
    overlaps.set(key, overlap)
  }
  const idOf = new Map<number, number>()
  const given = new Set<number>()
  const order = [...overlaps.values()].sort((a, b) => b.shared - a.shared || a.id - b.id)
  for (const { community, id } of order) {
    if (idOf.has(community) || given.has(id)) continue
    idOf.set(community, id)
    given.add(id)
  }
  return found.map((community) => {
    const known = idOf.get(community)
    if (known !== undefined) return known
    idOf.set(community, next)
    return next++
  })
}
