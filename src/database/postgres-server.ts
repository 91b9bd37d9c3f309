/** One PostgreSQL server process of ours: started, watched, started again when it dies, stopped. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { KithError } from '../errors.ts'
import type { Log } from '../log.ts'
import { dataFolderArgument, postgresEnvironment } from './postgres-cluster.ts'
import type { PostgresProgram } from './postgres-program.ts'

export interface PostgresServer {
  /** The server's process id; 0 while it is away. */
  readonly pid: number
  stop(): Promise<void>
}

interface Place {
  readonly cluster: string
  readonly socketFolder: string
}

/** Nobody but us may connect, and no statement or value of one is ever written to a log. */
const settings: Readonly<Record<string, string | number>> = {
  listen_addresses: '',
  max_connections: 40,
  shared_buffers: '128MB',
  synchronous_commit: 'on',
  wal_level: 'minimal',
  max_wal_senders: 0,
  wal_recycle: 'off',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  io_method: 'sync',
  jit: 'off',
  max_parallel_workers_per_gather: 0,
  logging_collector: 'off',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
  log_checkpoints: 'off',
}

/** How often it may be started again before we give up; one try is given back every minute. */
const restartLimit = 8
/** After a kill, old workers hold the shared memory for a moment: then starting is tried again. */
const startTries = 40
const heldByOldWorkers = /still in use|already exists/

export async function startPostgres(
  program: PostgresProgram,
  place: Place,
  log: Log,
): Promise<PostgresServer> {
  let running: Running | undefined = await start(program, place, log)
  let isStopping = false
  let restartsLeft = restartLimit
  const refill = setInterval(() => {
    restartsLeft = Math.min(restartLimit, restartsLeft + 1)
  }, 60_000).unref()
  let restarting = Promise.resolve()

  const watch = ({ child }: Running) => {
    child.once('exit', () => {
      running = undefined
      if (!isStopping) restarting = restart()
    })
  }
  async function restart(): Promise<void> {
    log.error('the database process ended; starting it again', { restartsLeft })
    while (!isStopping && !running && restartsLeft-- > 0) {
      const wait = Math.min(2_000, 100 * 2 ** (restartLimit - 1 - restartsLeft))
      await pause(wait, undefined, { ref: false })
      running = isStopping ? undefined : await start(program, place, log).catch(() => undefined)
    }
    if (running) watch(running)
    else if (!isStopping) log.error('the database process does not start any more')
  }

  watch(running)
  return {
    get pid() {
      return running?.child.pid ?? 0
    },
    async stop() {
      isStopping = true
      clearInterval(refill)
      await restarting
      if (running) await end(running)
    },
  }
}

interface Running {
  readonly child: ChildProcess
  readonly guard: ChildProcess
}

async function start(program: PostgresProgram, place: Place, log: Log): Promise<Running> {
  for (let tries = 1; ; tries++) {
    const child = launch(program, place)
    const failure = await readyOrFailed(child, log)
    if (failure === undefined) return letRun(child, program)
    if (tries >= startTries || !heldByOldWorkers.test(failure)) throw startFailure(failure)
    await pause(250)
  }
}

function launch({ postgres, owner }: PostgresProgram, { cluster, socketFolder }: Place) {
  const all = Object.entries({ ...settings, unix_socket_directories: socketFolder })
  const options = all.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(postgres, ['-D', dataFolderArgument(cluster), ...options], {
    ...owner,
    cwd: cluster,
    env: postgresEnvironment,
    // Not in our process group: Ctrl+C is for us, and we stop it when our last write is done.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return child
}

/** @returns what went wrong, or nothing when the server is ready */
function readyOrFailed(child: ChildProcess, log: Log): Promise<string | undefined> {
  return new Promise((resolve) => {
    let last = ''
    child.once('error', (error) => resolve(error.message))
    child.once('exit', () => resolve(last || 'it ended without a word'))
    if (!child.stderr) return
    createInterface({ input: child.stderr }).on('line', (line) => {
      const [, level = 'LOG', text = line] = line.match(/\] (\w+): +(.*)$/) ?? []
      if (level === 'FATAL' || level === 'PANIC') last = text
      if (level === 'PANIC') log.error('the database process failed', { text })
      if (text.includes('ready to accept connections')) resolve(undefined)
    })
  })
}

/** The server must not keep us alive: with nothing left to do we end, and the guard ends it. */
function letRun(child: ChildProcess, program: PostgresProgram): Running {
  const guard = guardOf(child, program)
  child.unref()
  guard.unref()
  for (const stream of [child.stderr, guard.stdin]) {
    if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref()
  }
  return { child, guard }
}

/** A shell that waits for our end of a pipe to close, however we die, and then stops the server. */
function guardOf(child: ChildProcess, { owner }: PostgresProgram): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'read _; kill -INT "$0"', String(child.pid)], {
    ...owner,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.on('error', () => undefined)
  child.once('exit', () => guard.kill('SIGKILL'))
  return guard
}

/** Fast shutdown first; what does not listen is stopped harder, and recovers at the next start. */
async function end({ child }: Running): Promise<void> {
  child.ref()
  const ended =
    child.exitCode !== null || child.signalCode !== null ? undefined : once(child, 'exit')
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!ended) return
    child.kill(signal)
    const timeout = new AbortController()
    const isOver = await Promise.race([
      ended.then(() => true),
      pause(10_000, false, { signal: timeout.signal }).catch(() => false),
    ])
    timeout.abort()
    if (isOver) return
  }
}

function startFailure(reason: string): KithError {
  return new KithError(
    'unavailable',
    `The embedded database did not start: ${reason}. Look for a full disk or a damaged folder, or use a server: DATABASE=postgres://user@host/name.`,
  )
}
