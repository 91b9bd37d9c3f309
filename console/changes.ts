/** What a deed did to the page: which items are new, which moved, which left. */
export interface Changes {
  readonly added: ReadonlySet<string>
  readonly removed: ReadonlySet<string>
  /** Places up (positive) or down, for items that really changed order, not those pushed along. */
  readonly moved: ReadonlyMap<string, number>
}

export function changesBetween(before: readonly string[], after: readonly string[]): Changes {
  const placeBefore = new Map(before.map((id, place) => [id, place]))
  const placeAfter = new Map(after.map((id, place) => [id, place]))
  const stayed = after.filter((id) => placeBefore.has(id))
  const still = longestRising(stayed.map((id) => placeBefore.get(id) ?? 0))
  const moved = new Map<string, number>()
  stayed.forEach((id, index) => {
    if (!still.has(index)) moved.set(id, (placeBefore.get(id) ?? 0) - (placeAfter.get(id) ?? 0))
  })
  return {
    added: new Set(after.filter((id) => !placeBefore.has(id))),
    removed: new Set(before.filter((id) => !placeAfter.has(id))),
    moved,
  }
}

/** Indexes of one longest rising run: the items that kept their order. */
function longestRising(places: readonly number[]): Set<number> {
  /** The longest run that ends at each index. */
  const runs: (readonly number[])[] = []
  for (const [index, place] of places.entries()) {
    const before = runs.filter((_, earlier) => (places[earlier] ?? 0) < place)
    runs.push([...longest(before), index])
  }
  return new Set(longest(runs))
}

function longest(runs: readonly (readonly number[])[]): readonly number[] {
  return runs.reduce((best, run) => (run.length > best.length ? run : best), [])
}
