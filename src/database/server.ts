/** A PostgreSQL that is already there: yours, by its address. Several Kiths may share it. */
import { KithError } from '../errors.ts'
import { type Log, silentLog } from '../log.ts'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { databaseOver, openPool } from './pool-database.ts'

export interface ServerOptions {
  /** Where the tables are; one network, one schema. Made when missing. */
  readonly schema?: string | undefined
  readonly log?: Log | undefined
}

/** The oldest PostgreSQL that the suites run on. */
const oldestVersion = 14

/**
 * @param url like `postgres://user:password@host:5432/name`
 * @throws KithError `misconfigured` for a wrong address, `unavailable` when nobody answers there
 */
export async function openServerDatabase(
  url: string,
  { schema = 'kith', log = silentLog }: ServerOptions = {},
): Promise<Database> {
  checkSettings(url, schema)
  const pool = openPool(
    {
      connectionString: url,
      onConnect: async (client) => {
        await client.query(`set search_path to "${schema}"`)
      },
    },
    log,
  )
  const closable = databaseOver(pool, 'server')
  try {
    await closable.query(`create schema if not exists "${schema}"`)
    const [row] = await closable.query<{ version: string }>(
      `select current_setting('server_version') as version`,
    )
    const version = row?.version.split(' ')[0] ?? ''
    checkVersion(version)
    const database = databaseOver(pool, `server ${version}`)
    await migrate(database)
    return database
  } catch (error) {
    await closable.close()
    throw error
  }
}

function checkSettings(url: string, schema: string): void {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new KithError(
      'misconfigured',
      'The address of the database must be like postgres://user:password@host:5432/name.',
    )
  }
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new KithError(
      'misconfigured',
      `The schema "${schema}" must be small letters, digits and underscores, like "kith".`,
    )
  }
}

function checkVersion(version: string): void {
  if (Number.parseInt(version, 10) >= oldestVersion) return
  throw new KithError(
    'misconfigured',
    `The database server is PostgreSQL ${version}; Kith needs ${oldestVersion} or newer.`,
  )
}
