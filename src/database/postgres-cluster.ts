/** The folder that PostgreSQL keeps its tables in: made when missing, freed of a server left behind. */
import { spawn } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { KithError } from '../errors.ts'
import type { PostgresProgram } from './postgres-program.ts'
import { startOfProcess } from './process-start.ts'

/** Locale and time zone are fixed, so that nothing depends on the machine. */
export const postgresEnvironment = { LC_ALL: 'C', TZ: 'UTC' }

/**
 * How the server is told its folder. On Linux by its working directory, which works even where the
 * unprivileged user may not pass the folders above, for example under /root.
 */
export function dataFolderArgument(cluster: string): string {
  return process.platform === 'linux' ? '/proc/self/cwd' : cluster
}

/** @returns the folder, which holds a complete cluster */
export async function prepareCluster(folder: string, program: PostgresProgram): Promise<string> {
  const cluster = join(folder, 'cluster')
  if (existsSync(cluster)) {
    await stopLeftServer(cluster)
    return cluster
  }
  const draft = join(folder, 'cluster.new')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  if (program.owner) chownSync(draft, program.owner.uid, program.owner.gid)
  await initialise(draft, program)
  renameSync(draft, cluster)
  return cluster
}

async function initialise(draft: string, { initdb, owner }: PostgresProgram): Promise<void> {
  const sync = process.platform === 'linux' ? ['--sync-method=syncfs'] : []
  const options = ['-A', 'trust', '-U', 'kith', '--no-locale', '-E', 'UTF8', '--no-instructions']
  const child = spawn(initdb, ['-D', dataFolderArgument(draft), ...options, ...sync], {
    ...owner,
    cwd: draft,
    env: postgresEnvironment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  if (status === 0) return
  throw new KithError(
    'misconfigured',
    `The database folder "${draft}" could not be made: ${output.trim().split('\n').at(-1) ?? status}. Check space and rights there.`,
  )
}

/** After a crash of ours a server may run on, or its note may name a process that is long gone. */
async function stopLeftServer(cluster: string): Promise<void> {
  const note = join(cluster, 'postmaster.pid')
  const pid = existsSync(note) ? Number(readFileSync(note, 'utf8').split('\n')[0]) : 0
  if (pid > 0 && worksIn(pid, cluster)) {
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      if (await endsAfter(pid, signal)) break
    }
  }
  rmSync(note, { force: true })
}

function worksIn(pid: number, cluster: string): boolean {
  if (startOfProcess(pid) === undefined) return false
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch {
    return false
  }
}

async function endsAfter(pid: number, signal: NodeJS.Signals): Promise<boolean> {
  try {
    process.kill(pid, signal)
  } catch {
    return true
  }
  for (let tries = 0; tries < 100; tries++) {
    if (startOfProcess(pid) === undefined) return true
    await pause(50)
  }
  return false
}
