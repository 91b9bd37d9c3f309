/**
 * Where communities and their people stand on the map, the same each time: communities that have many
 * ties with each other are near, and each one's people lie around its middle, the most reached innermost.
 */
import type { NetworkReport } from '../../src/domain/network.ts'

export interface Place {
  readonly x: number
  readonly y: number
}

export interface Layout {
  /** By id of the community. */
  readonly centres: ReadonlyMap<number, Place>
  /** By place in `drawing.people`. */
  readonly people: readonly Place[]
}

const rounds = 200
/** Turn from one person to the next, so that a spiral fills a disc evenly (Vogel 1979). */
const goldenAngle = Math.PI * (3 - Math.sqrt(5))
/** Between the discs of two communities. */
const gap = 4

export function layoutOf({ drawing, between }: Pick<NetworkReport, 'drawing' | 'between'>): Layout {
  const sizes = new Map<number, number>()
  for (const { community } of drawing.people) {
    sizes.set(community, (sizes.get(community) ?? 0) + 1)
  }
  const centres = arrange(sizes, between)
  const seen = new Map<number, number>()
  const people = drawing.people.map(({ community }) => {
    const nth = seen.get(community) ?? 0
    seen.set(community, nth + 1)
    const centre = centres.get(community) ?? { x: 0, y: 0 }
    const radius = Math.sqrt(nth + 0.5)
    const angle = nth * goldenAngle
    return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) }
  })
  return { centres, people }
}

/** Ties pull, discs that touch push; a few hundred small steps of both from a circle. */
function arrange(
  sizes: ReadonlyMap<number, number>,
  between: NetworkReport['between'],
): ReadonlyMap<number, Place> {
  const ids = [...sizes.keys()]
  const radii = new Map(ids.map((id) => [id, Math.sqrt(sizes.get(id) ?? 1)]))
  const span = ids.reduce((sum, id) => sum + (radii.get(id) ?? 1) + gap, 0) / Math.PI
  const places = new Map(
    ids.map((id, n) => {
      const angle = (2 * Math.PI * n) / ids.length
      return [id, { x: span * Math.cos(angle), y: span * Math.sin(angle) }] as const
    }),
  )
  const strongest = Math.max(1, ...between.map(({ ties }) => ties))
  for (let round = 0; round < rounds; round++) {
    for (const { from, to, ties } of between) pull(places, from, to, (0.05 * ties) / strongest)
    for (const [n, one] of ids.entries()) {
      for (const other of ids.slice(n + 1)) {
        const apart = (radii.get(one) ?? 1) + (radii.get(other) ?? 1) + gap
        push(places, one, other, apart)
      }
    }
  }
  return places
}

type Moving = Map<number, { x: number; y: number }>

function pull(places: Moving, one: number, other: number, strength: number): void {
  const [a, b] = [places.get(one), places.get(other)]
  if (!a || !b) return
  const [x, y] = [strength * (b.x - a.x), strength * (b.y - a.y)]
  a.x += x
  a.y += y
  b.x -= x
  b.y -= y
}

function push(places: Moving, one: number, other: number, apart: number): void {
  const [a, b] = [places.get(one), places.get(other)]
  if (!a || !b) return
  const distance = Math.hypot(b.x - a.x, b.y - a.y)
  if (distance >= apart) return
  const missing = (apart - distance) / 2 / Math.max(1e-6, distance)
  const [x, y] = distance < 1e-6 ? [apart / 2, 0] : [missing * (b.x - a.x), missing * (b.y - a.y)]
  a.x -= x
  a.y -= y
  b.x += x
  b.y += y
}
