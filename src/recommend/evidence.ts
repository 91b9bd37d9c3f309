/**
 * Gathers, once a page, what stands behind each item that is shown: the strongest topic, the recent
 * item that gave most, and the ties who engaged. Read from the accounts of the scoring itself.
 */
import type { Run } from './run.ts'
import type { FeedContext, TallyName } from './stage.ts'

export interface Evidence {
  /** Place in `interest.topics` of the topic that taste was measured by; -1 if none is close. */
  topicOf(row: number): number
  /** Place in `interest.recent` of the item that gave most to `alike`, or -1. */
  recentOf(row: number): number
  /** Ties, or people of the same taste, who engaged; the one who gave most first. */
  peopleOf(name: 'circle' | 'kindred', row: number): readonly number[]
}

/** What is less close than this is not called close. */
const leastCloseness = 0.25

/** Row → person → how much they gave. */
type Givers = ReadonlyMap<number, ReadonlyMap<number, number>>

export function gatherEvidence(run: Run, context: FeedContext): Evidence {
  const topics = topicsOf(run, context)
  const recents = recentsOf(run, context)
  const givers = {
    circle: giversOf('circle', run, context),
    kindred: giversOf('kindred', run, context),
  }
  return {
    topicOf: (row) => topics.get(row) ?? -1,
    recentOf: (row) => recents.get(row)?.place ?? -1,
    peopleOf: (name, row) =>
      [...(givers[name].get(row) ?? [])]
        .sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .map(([person]) => person),
  }
}

/** The same measure as the scorer `taste`, for the shown items only. */
function topicsOf(
  { candidates: { items, parts }, rows }: Run,
  { memory: { vectors }, interest, contrast }: FeedContext,
): Map<number, number> {
  const found = new Map<number, number>()
  if (!parts.has('taste')) return found
  const shown = rows.map((row) => items[row]!)
  const cosines = new Float32Array(shown.length)
  const best = new Float32Array(shown.length).fill(leastCloseness)
  const strongest = interest.topics[0]?.weight ?? 0
  interest.topics.forEach(({ medoid, weight }, topic) => {
    const space = vectors.spaceOf(medoid)
    if (space < 0) return
    vectors.cosines(medoid, shown, shown.length, cosines)
    contrast.toCloseness(cosines, shown.length, space)
    for (let place = 0; place < shown.length; place++) {
      const value = Math.sqrt(weight / strongest) * cosines[place]!
      if (value <= best[place]!) continue
      best[place] = value
      found.set(rows[place]!, topic)
    }
  })
  return found
}

function recentsOf(run: Run, context: FeedContext): Map<number, { place: number; amount: number }> {
  const most = new Map<number, { place: number; amount: number }>()
  visitShown('alike', run, context, (row, place, amount) => {
    const known = most.get(row)
    if (!known || amount > known.amount) most.set(row, { place, amount })
  })
  return most
}

function giversOf(name: TallyName, run: Run, context: FeedContext): Givers {
  const givers = new Map<number, Map<number, number>>()
  visitShown(name, run, context, (row, person, amount) => {
    const known = givers.get(row) ?? new Map<number, number>()
    givers.set(row, known.set(person, (known.get(person) ?? 0) + amount))
  })
  return givers
}

/** The lines of a tally's account that are about shown items. */
function visitShown(
  name: TallyName,
  { candidates, rows }: Run,
  context: FeedContext,
  visit: (row: number, by: number, amount: number) => void,
): void {
  if (!candidates.parts.has(name)) return
  const isShown = new Uint8Array(candidates.count)
  for (const row of rows) isShown[row] = 1
  context.tally(name).account((item, by, amount) => {
    const row = candidates.stateOf(item)
    if (row >= 0 && isShown[row] === 1) visit(row, by, amount)
  })
}
