/**
 * What trainers learn from: people × items in dense numbers, with times, ties and texts where
 * known. All parts of one split share a catalogue, so a number means the same in each of them.
 */
import { type Csr, csrOf, rowLength, rowOfEntries } from './csr.ts'
import { type Ids, idsOf } from './ids.ts'

/** One line of a file, in the caller's ids. */
export interface Interaction {
  readonly userId: string
  readonly itemId: string
  /** How much, above 0; 1 when the data does not say. */
  readonly value: number
  /** Milliseconds since 1970. */
  readonly at?: number | undefined
  /** Through whom it came to the person: a tie, known from this moment on and not before. */
  readonly viaUserId?: string | undefined
  /** What the person wrote with it. */
  readonly text?: string | undefined
}

export interface Tie {
  readonly userId: string
  readonly friendId: string
}

export interface ItemFacts {
  readonly id: string
  readonly text: string
  readonly authorId?: string | undefined
  readonly at?: number | undefined
}

export interface Catalogue {
  readonly users: Ids
  readonly items: Ids
  /** [users × users] */
  readonly ties?: Csr | undefined
  /** One per item, empty where unknown. */
  readonly facts?: readonly ItemFacts[] | undefined
  /** What people said they care about, in words; by user id. */
  readonly interests?: Interests | undefined
}

export type Interests = ReadonlyMap<string, readonly string[]>

export interface Dataset extends Catalogue {
  /** [users × items] */
  readonly interactions: Csr
  /** One per interaction, milliseconds since 1970; only when all of them are known. */
  readonly times?: Float64Array | undefined
}

/** Tells of something in the data that was repaired or left out. */
export type Note = (text: string) => void

export interface CatalogueSource {
  /** Every part: items of the test set are candidates, as the published protocols have it. */
  readonly interactions: Iterable<Interaction>
  readonly ties?: readonly Tie[] | undefined
  readonly items?: readonly ItemFacts[] | undefined
  readonly interests?: Interests | undefined
}

export function catalogueOf(source: CatalogueSource, note: Note = () => {}): Catalogue {
  const { interactions, ties, items = [] } = source
  const all = [...interactions]
  const users = idsOf(all.map(({ userId }) => userId))
  const itemIds = idsOf(
    all.map(({ itemId }) => itemId),
    items.map(({ id }) => id),
  )
  const factsById = new Map(items.map((item) => [item.id, item]))
  const facts = Array.from({ length: itemIds.size }, (_, number) => {
    const id = itemIds.id(number)
    return factsById.get(id) ?? { id, text: '' }
  })
  return {
    users,
    items: itemIds,
    ties: ties && tiesOf(ties, users, note),
    facts: items.length > 0 ? facts : undefined,
    interests: source.interests,
  }
}

/** Ties that show in the interactions themselves; never take them from a part that is tested. */
export function viaTies(interactions: readonly Interaction[]): Tie[] {
  return interactions.flatMap(({ userId, viaUserId }) =>
    viaUserId === undefined ? [] : [{ userId, friendId: viaUserId }],
  )
}

export function tiesOf(ties: readonly Tie[], users: Ids, note: Note = () => {}): Csr {
  const known = ties.flatMap(({ userId, friendId }) => {
    const from = users.number(userId)
    const to = users.number(friendId)
    return from === undefined || to === undefined || from === to ? [] : [{ from, to }]
  })
  const left = ties.length - known.length
  if (left > 0) note(`${left} ties name a person without interactions, or tie one to themselves`)
  return csrOf({
    rows: users.size,
    columns: users.size,
    rowOf: known.map(({ from }) => from),
    columnOf: known.map(({ to }) => to),
  }).csr
}

/** @param catalogue must hold every id of the interactions */
export function datasetOf(
  interactions: readonly Interaction[],
  catalogue: Catalogue,
  note: Note = () => {},
): Dataset {
  const { users, items } = catalogue
  const isTimed = interactions.length > 0 && interactions.every(({ at }) => at !== undefined)
  const { csr, times, duplicates } = csrOf({
    rows: users.size,
    columns: items.size,
    rowOf: interactions.map(({ userId }) => numberIn(users, userId)),
    columnOf: interactions.map(({ itemId }) => numberIn(items, itemId)),
    values: interactions.map(({ value }) => value),
    times: isTimed ? interactions.map(({ at }) => at!) : undefined,
  })
  if (duplicates > 0) note(`${duplicates} lines repeat a pair of person and item: merged`)
  return { ...catalogue, interactions: csr, times }
}

function numberIn(ids: Ids, id: string): number {
  const number = ids.number(id)
  if (number === undefined) throw new RangeError(`The catalogue does not know the id "${id}".`)
  return number
}

/** The entries for which `keeps` says yes, over the same catalogue. */
export function subset(dataset: Dataset, keeps: (entry: number) => boolean): Dataset {
  const { interactions, times } = dataset
  const kept = interactions.columnOf.map((_, entry) => entry).filter(keeps)
  const rowOf = rowOfEntries(interactions)
  const merged = csrOf({
    rows: interactions.rows,
    columns: interactions.columns,
    rowOf: kept.map((entry) => rowOf[entry]!),
    columnOf: kept.map((entry) => interactions.columnOf[entry]!),
    values: Float32Array.from(kept, (entry) => interactions.values[entry]!),
    times: times && Float64Array.from(kept, (entry) => times[entry]!),
  })
  return { ...dataset, interactions: merged.csr, times: merged.times }
}

/** Entries of both parts of one catalogue. */
export function join(a: Dataset, b: Dataset): Dataset {
  const isTimed = a.times !== undefined && (b.times !== undefined || size(b) === 0)
  const { csr, times } = csrOf({
    rows: a.interactions.rows,
    columns: a.interactions.columns,
    rowOf: [...rowOfEntries(a.interactions), ...rowOfEntries(b.interactions)],
    columnOf: [...a.interactions.columnOf, ...b.interactions.columnOf],
    values: [...a.interactions.values, ...b.interactions.values],
    times: isTimed ? [...a.times, ...(b.times ?? [])] : undefined,
  })
  return { ...a, interactions: csr, times }
}

export function size({ interactions }: Dataset): number {
  return interactions.columnOf.length
}

/** Numbers of the people with at least one interaction. */
export function activeUsers({ interactions }: Dataset): Int32Array {
  return Int32Array.from({ length: interactions.rows }, (_, user) => user).filter(
    (user) => rowLength(interactions, user) > 0,
  )
}
