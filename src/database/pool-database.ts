/** What the embedded and the server database share: the contract kept over a pool of connections. */
import pg from 'pg'
import { isKithError, KithError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Database, Query, Snapshot } from './database.ts'

const int8 = 20

/** Every 8-byte number of ours stays under 2^53, so it is read as a number. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

export function openPool(config: pg.PoolConfig, log: Log): pg.Pool {
  const pool = new pg.Pool({
    max: 8,
    connectionTimeoutMillis: 10_000,
    allowExitOnIdle: true,
    application_name: 'kith',
    types,
    ...config,
  })
  // An idle connection that breaks is replaced by the next query; without a listener it would throw.
  pool.on('error', (error) =>
    log.warn('lost an idle database connection', { reason: codeOf(error) }),
  )
  // A connection in use says it through its query; between two queries it must not throw either.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

export function databaseOver(pool: pg.Pool, description: string): Database {
  let closing: Promise<void> | undefined
  return {
    description,
    query: <Row extends object>(sql: string, values?: readonly unknown[]) =>
      run<Row>(pool, sql, values),
    transaction: (work) => transaction(pool, work),
    stream: (sql, values, batch) => stream(pool, sql, values, batch),
    openSnapshot: () => openSnapshot(pool),
    close: () => (closing ??= pool.end()),
  }
}

async function run<Row extends object>(
  client: pg.Pool | pg.PoolClient,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  try {
    return (await client.query(sql, [...values])).rows as Row[]
  } catch (error) {
    throw explained(error)
  }
}

async function transaction<Result>(
  pool: pg.Pool,
  work: (query: Query) => Promise<Result>,
  begin = 'begin',
): Promise<Result> {
  const client = await connect(pool)
  try {
    await client.query(begin)
    const result = await work((sql, values) => run(client, sql, values))
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error('A statement of the transaction had failed.')
    client.release()
    return result
  } catch (error) {
    await rollBack(client)
    throw explained(error)
  }
}

async function openSnapshot(pool: pg.Pool): Promise<Snapshot> {
  const client = await connect(pool)
  await client.query('begin isolation level repeatable read read only')
  let isOpen = true
  return {
    query: (sql, values) => run(client, sql, values),
    async close() {
      if (!isOpen) return
      isOpen = false
      await rollBack(client)
    },
  }
}

async function* stream<Row extends object>(
  pool: pg.Pool,
  sql: string,
  values: readonly unknown[],
  batch: number,
): AsyncGenerator<Row[]> {
  const snapshot = await openSnapshot(pool)
  try {
    await snapshot.query(`declare batches no scroll cursor for ${sql}`, values)
    for (;;) {
      const rows = await snapshot.query<Row>(`fetch ${Math.trunc(batch)} from batches`)
      if (rows.length > 0) yield rows
      if (rows.length < batch) return
    }
  } finally {
    await snapshot.close()
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw explained(error)
  }
}

/** A connection that cannot even roll back is thrown away. */
async function rollBack(client: pg.PoolClient): Promise<void> {
  const broken = await client.query('rollback').then(
    () => false,
    () => true,
  )
  client.release(broken)
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'unknown'
}

/** Connections refused, cut or too many; the server starting, stopping or recovering. */
const awayCode = /^(08...|57P0.|53300|ECONN\w+|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/
const awayMessage =
  /^(Connection terminated|timeout exceeded|Client has encountered|Cannot use a pool)/

function explained(error: unknown): unknown {
  if (isKithError(error) || !(error instanceof Error)) return error
  if (!awayCode.test(codeOf(error)) && !awayMessage.test(error.message)) return error
  return new KithError(
    'unavailable',
    `The database does not answer (${error.message}). Nothing is lost; try again in a moment.`,
    { cause: error },
  )
}
