/** What an importer is: it opens a path and yields records, and it validates nothing itself. */

/** Also the order in which records arrive, so that what a record names is already there. */
export const recordKinds = ['user', 'item', 'edge', 'event'] as const
export type RecordKind = (typeof recordKinds)[number]

/** Where in the source a record begins; lines count from 1. */
export interface Origin {
  /** The file's name, without folders. */
  readonly file: string
  readonly line: number
}

/** Something read; `value` is checked against the schema of its kind by `importInto`. */
export interface FoundRecord extends Origin {
  readonly kind: RecordKind
  readonly value: unknown
  readonly problem?: undefined
}

/** A place where no record could be read; rejected with this reason. No ids or texts in it. */
export interface Misread extends Origin {
  readonly kind?: RecordKind | undefined
  readonly problem: string
}

export type ImportRecord = FoundRecord | Misread

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined
}

export type Totals = Partial<Readonly<Record<RecordKind, number>>>

/** One format. To add one, write a file in `importers/` and name it in `importers/find.ts`. */
export interface Importer {
  readonly name: string
  /** Whether this importer can read what lies at `path`. */
  recognises(path: string): Promise<boolean>
  /** Changes whenever the source does; an interrupted import goes on only under the same one. */
  fingerprint(path: string): Promise<string>
  /**
   * Users, then items, edges and events: the same records in the same order each time, so that an
   * interrupted import can skip what it has. Holds a bounded part of the source in memory.
   */
  read(path: string, options?: ReadOptions): AsyncIterable<ImportRecord>
  /** About how many records of each kind there are, for a progress bar. */
  count?(path: string): Promise<Totals>
}
