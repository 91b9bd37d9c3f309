/** A PostgreSQL to speak to. The contract; `embedded` starts one from npm, `server` uses yours. */
export interface Database {
  /** Which one answers, for logs and `kith doctor`: `embedded 18.4`, `server 15.18`. */
  readonly description: string
  /**
   * Whole numbers of 8 bytes come as numbers, `bytea` as Buffer.
   * @throws KithError `unavailable` while the database does not answer
   */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  /** All or nothing: rolls back when `work` throws. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>
  /** Reads a large result in batches over a cursor. */
  stream<Row extends object>(
    sql: string,
    values: readonly unknown[],
    batch: number,
  ): AsyncIterable<Row[]>
  /** A view of one instant for several reads, while others go on writing. Needs a `close`. */
  openSnapshot(): Promise<Snapshot>
  close(): Promise<void>
}

export type Query = Database['query']

export interface Snapshot {
  readonly query: Query
  close(): Promise<void>
}
