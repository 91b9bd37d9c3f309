/**
 * `npm run bench -- crash`: `kill -9` of the process and of PostgreSQL while events come in, again and
 * again. After each round: every acknowledged event is there once, and memory rebuilt from the log
 * equals memory from the snapshot that the last polite stop left plus what came after.
 * Options: --rounds, --json.
 */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAdapters } from '../src/adapters.ts'
import { readConfig } from '../src/config.ts'
import { sealedSnapshots } from '../src/jobs/snapshot.ts'
import { caughtUp, emptyMemory, rememberAll } from '../src/live/remember.ts'
import { silentLog } from '../src/log.ts'
import { seededRandom } from '../src/math/random.ts'
import { fill } from './fill.ts'
import { send } from './load.ts'
import { now } from './network.ts'
import { readOptions } from './options.ts'
import { type ServerProcess, startServer } from './server-process.ts'

const size = { people: 200, items: 1_000, events: 5_000, width: 64 }
const clients = 16
const settings = { ENCODER: 'hashing' }

export async function bench(options: string[]): Promise<void> {
  const { rounds, json } = readOptions(options, { rounds: 20, json: false })
  const data = mkdtempSync(join(tmpdir(), 'kith-crash-'))
  const random = seededRandom(11)
  const acknowledged = new Set<string>()
  let failures = 0
  try {
    await fill(data, size)
    for (let round = 1; round <= rounds; round++) {
      const server = await startServer(data, settings)
      const killAfterMs = 200 + 800 * random()
      await Promise.all([
        sendEvents(server, round, acknowledged),
        killAfter(server, data, killAfterMs),
      ])
      const problem = await inspect(data, acknowledged)
      if (problem !== undefined) failures++
      process.stderr.write(
        `round ${round}: ${acknowledged.size} acknowledged, ${problem ?? 'all there, once; memory equal'}\n`,
      )
      if (round % 5 === 0) await politeRestart(data)
    }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
  process.stdout.write(
    `${rounds} rounds, ${acknowledged.size} acknowledged events, ${failures} rounds failed\n`,
  )
  if (json)
    process.stdout.write(
      `${JSON.stringify({ rounds, acknowledged: acknowledged.size, failures })}\n`,
    )
  if (failures > 0) process.exitCode = 1
}

/** Until the server is gone. An event counts when its 202 has come. */
async function sendEvents(
  server: ServerProcess,
  round: number,
  acknowledged: Set<string>,
): Promise<void> {
  const agent = new Agent({ keepAlive: true })
  let made = 0
  async function client(person: number): Promise<void> {
    for (;;) {
      const id = `round ${round} event ${made++}`
      const at = new Date(now.getTime() + made).toISOString()
      const event = { id, at, type: 'like', userId: `u${person}`, itemId: `p${made % size.items}` }
      const body = JSON.stringify({ events: [event] })
      const answer = await send(server, agent, { method: 'POST', path: '/v1/events', body }).catch(
        () => undefined,
      )
      if (answer?.status === 202) acknowledged.add(`u${person} ${id}`)
      else if (server.process.exitCode !== null || server.process.signalCode !== null || !answer)
        return
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, person) => client(person)))
  agent.destroy()
}

async function killAfter(server: ServerProcess, data: string, milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  const gone = once(server.process, 'exit')
  for (const pid of [...postgresProcesses(data), server.process.pid ?? 0]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself between being listed and being killed.
    }
  }
  await gone
}

/** The postmaster and its children, by the file that PostgreSQL itself keeps. */
function postgresProcesses(data: string): number[] {
  const files = execFileSync('find', [data, '-name', 'postmaster.pid'], { encoding: 'utf8' })
  const postmaster = Number(readFileSync(files.split('\n')[0] ?? '', 'utf8').split('\n')[0])
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], {
    encoding: 'utf8',
  })
  return [
    postmaster,
    ...children
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 0),
  ]
}

/** @returns what is wrong, or undefined */
async function inspect(
  data: string,
  acknowledged: ReadonlySet<string>,
): Promise<string | undefined> {
  const config = readConfig({ DATA: data, ...settings })
  const { store, vault, close } = await openAdapters(config, silentLog)
  try {
    const kept = new Set<string>()
    let duplicates = 0
    for (let person = 0; person < clients; person++) {
      const { events } = await store.exportUser(`u${person}`)
      for (const { id, at, itemId, type } of events) {
        const key = `u${person} ${id ?? `${type} ${itemId} ${at.toISOString()}`}`
        if (kept.has(key)) duplicates++
        kept.add(key)
      }
    }
    const lost = [...acknowledged].filter((key) => !kept.has(key)).length
    const rebuilt = await caughtUp(emptyMemory(), store)
    const remembered = await rememberAll(store, sealedSnapshots(data, vault), silentLog)
    const isEqual = rebuilt.digest() === remembered.digest()
    if (lost === 0 && duplicates === 0 && isEqual) return undefined
    return `${lost} lost, ${duplicates} twice, memory ${isEqual ? 'equal' : 'NOT equal'}`
  } finally {
    await close()
  }
}

/** A polite stop leaves a snapshot of the memory that was followed live. */
async function politeRestart(data: string): Promise<void> {
  const server = await startServer(data, settings)
  await server.stop()
}
