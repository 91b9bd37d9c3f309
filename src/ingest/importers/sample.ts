/**
 * The sample city as an importer, so that it comes in by the same door as real data. It reads no
 * file; whoever makes it gives seed, sizes and `now`. An interrupted import goes on only when it is
 * given the same ones again.
 */
import type { Importer, ImportRecord, RecordKind } from '../importer.ts'
import { type CityOptions, makeCity, type SampleCity, usualCity } from '../sample/city.ts'

export function createSampleImporter(options: CityOptions): Importer {
  const { seed, now, people = usualCity.people, posts = usualCity.posts } = options
  let made: SampleCity | undefined
  const city = (): SampleCity => {
    made ??= makeCity(options)
    return made
  }
  return {
    name: 'sample',
    recognises: async (path) => path === 'sample',
    fingerprint: async () => `sample ${seed} ${now.getTime()} ${people} ${posts}`,
    async *read() {
      const { users, items, edges, events } = city()
      yield* records('user', users)
      yield* records('item', items)
      yield* records('edge', edges)
      yield* records('event', events)
      made = undefined
    },
    async count() {
      const { users, items, edges, events } = city()
      return { user: users.length, item: items.length, edge: edges.length, event: events.length }
    },
  }
}

interface Dated {
  readonly at?: Date | undefined
  readonly createdAt?: Date | undefined
}

/** Dates become text, as they stand in a file. */
function* records(kind: RecordKind, values: readonly Dated[]): Generator<ImportRecord> {
  for (const [index, value] of values.entries()) {
    const written = {
      ...value,
      at: value.at?.toISOString(),
      createdAt: value.createdAt?.toISOString(),
    }
    yield { kind, file: 'sample', line: index + 1, value: withoutUndefined(written) }
  }
}

/** The schemas refuse a field they do not know, even an empty one. */
function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined))
}
