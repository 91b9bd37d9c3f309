/** A real PostgreSQL 18 from npm's platform packages, started in a folder of ours on a Unix socket. */
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Log, silentLog } from '../log.ts'
import type { Database } from './database.ts'
import { lockFolder } from './folder-lock.ts'
import { migrate } from './migrate.ts'
import { databaseOver, openPool } from './pool-database.ts'
import { prepareCluster } from './postgres-cluster.ts'
import { findPostgres, type Owner } from './postgres-program.ts'
import { startPostgres } from './postgres-server.ts'

export interface EmbeddedOptions {
  /** Made when missing. One process at a time. */
  readonly folder: string
  readonly log?: Log | undefined
}

export interface EmbeddedDatabase extends Database {
  /** The process id of PostgreSQL; 0 while it is being started again. */
  readonly serverPid: number
}

/**
 * @throws KithError `conflict` when another live Kith uses the folder, `misconfigured` when there is
 * no PostgreSQL for this machine, `unavailable` when it does not start
 */
export async function openEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = resolve(options.folder)
  const log = options.log ?? silentLog
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = lockFolder(folder)
  const closers = [async () => lock.release()]
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const program = findPostgres()
    const cluster = await prepareCluster(folder, program)
    const { socketFolder: abandoned } = lock.left
    removeSocketFolder(abandoned)
    const socketFolder = makeSocketFolder(program.owner)
    lock.note({ socketFolder })
    closers.push(async () => removeSocketFolder(socketFolder))
    const server = await startPostgres(program, { cluster, socketFolder }, log)
    closers.push(server.stop)
    const pool = openPool(
      { host: socketFolder, user: 'kith', database: 'postgres', password: '' },
      log,
    )
    const database = databaseOver(pool, `embedded ${program.version}`)
    closers.push(database.close)
    await migrate(database)
    return Object.assign(
      Object.create(null, { serverPid: { get: () => server.pid, enumerable: true } }),
      database,
      { close },
    )
  } catch (error) {
    await close()
    throw error
  }
}

const socketPrefix = 'kith-socket-'

/** A socket's path has at most 107 bytes, so it does not lie in the data folder. */
function makeSocketFolder(owner: Owner | undefined): string {
  const parent = tmpdir().length < 60 ? tmpdir() : '/tmp'
  const folder = mkdtempSync(join(parent, socketPrefix))
  if (owner) chownSync(folder, owner.uid, owner.gid)
  return folder
}

function removeSocketFolder(folder: string | undefined): void {
  if (folder?.includes(socketPrefix)) rmSync(folder, { recursive: true, force: true })
}
