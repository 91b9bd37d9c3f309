/**
 * Finds entries that share a band with a new one (locality-sensitive hashing) in memory of fixed
 * size: a ring of entries, and for each band a table of chains, the newest first.
 */
export interface Bands {
  /** Entries that share at least one band, newest first within a band; each once. */
  candidates(keys: Uint32Array): Set<number>
  /** @param entry place in the ring; what was there before is forgotten */
  put(entry: number, keys: Uint32Array): void
  readonly bytes: number
}

const tableBits = 16
/** A band that half the network shares (a slogan) must not cost a walk through all of it. */
const longestWalk = 24

/** @param count bands, that is keys of an entry */
export function createBands(count: number, capacity: number): Bands {
  const heads = new Int32Array(count << tableBits).fill(-1)
  const next = new Int32Array(count * capacity).fill(-1)
  const kept = new Uint32Array(count * capacity)
  const slotOf = (band: number, key: number) => (band << tableBits) | (key & ((1 << tableBits) - 1))

  function walk(band: number, key: number, found: Set<number>): void {
    let entry = heads[slotOf(band, key)]!
    for (let step = 0; entry >= 0 && step < longestWalk; step++) {
      const place = entry * count + band
      // A chain may lead into an entry that the ring gave to another: its slot tells.
      if (slotOf(band, kept[place]!) !== slotOf(band, key)) return
      if (kept[place] === key) found.add(entry)
      entry = next[place]!
    }
  }

  return {
    bytes: heads.byteLength + next.byteLength + kept.byteLength,
    candidates(keys) {
      const found = new Set<number>()
      for (let band = 0; band < count; band++) walk(band, keys[band]!, found)
      return found
    },
    put(entry, keys) {
      for (let band = 0; band < count; band++) {
        const place = entry * count + band
        const slot = slotOf(band, keys[band]!)
        kept[place] = keys[band]!
        next[place] = heads[slot]! === entry ? -1 : heads[slot]!
        heads[slot] = entry
      }
    },
  }
}
