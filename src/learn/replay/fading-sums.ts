/** Sums by id whose parts halve every so many hours. */

export interface FadingSums {
  add(id: string, amount: number, at: number): void
  /** Ids in the order of their first part, with what is left of their sum at this instant. */
  entries(at: number): Iterable<readonly [id: string, sum: number]>
}

const hour = 3_600_000

/** @param halfLifeHours Infinity = never fades */
export function fadingSums(halfLifeHours: number): FadingSums {
  const sums = new Map<string, { sum: number; at: number }>()
  const left = (milliseconds: number): number => 0.5 ** (milliseconds / (halfLifeHours * hour))
  return {
    add(id, amount, at) {
      const known = sums.get(id)
      if (known) {
        const latest = Math.max(known.at, at)
        known.sum = known.sum * left(latest - known.at) + amount * left(latest - at)
        known.at = latest
      } else sums.set(id, { sum: amount, at })
    },
    *entries(at) {
      for (const [id, known] of sums) yield [id, known.sum * left(at - known.at)]
    },
  }
}
