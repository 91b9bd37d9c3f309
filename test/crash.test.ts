/** Kills the engine's processes without warning while events come in; nothing acknowledged may be lost. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openEmbeddedDatabase } from '../src/database/embedded.ts'
import { openStore } from '../src/store/open-store.ts'
import { openLocalKeyVault } from '../src/vault/local-key.ts'

/** `CRASH_ROUNDS=20 npx vitest run test/crash.test.ts` for a long run. */
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 4)
const start = Date.parse('2026-01-01T00:00:00Z')
const script = fileURLToPath(new URL('./crash-child.mjs', import.meta.url))

interface Victim {
  readonly child: ChildProcess
  /** Numbers of the events it was told are durable. */
  readonly kept: number[]
  readonly server: Promise<number>
}

function startVictim(folder: string, first: number): Victim {
  const child = spawn(process.execPath, [script, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kept: number[] = []
  const server = new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The victim ended before it was ready.')))
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const [word, ...numbers] = line.split(' ')
      if (word === 'server') resolve(Number(numbers[0]))
      else kept.push(...numbers.map(Number))
    })
  })
  return { child, kept, server }
}

/** The server and its workers. */
function serverProcesses(server: number): number[] {
  const workers = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      return Number(fields[1]) === server
    } catch {
      return false
    }
  })
  return [server, ...workers.map(Number)]
}

function kill(pids: readonly (number | undefined)[]): void {
  for (const pid of pids) {
    try {
      if (pid) process.kill(pid, 'SIGKILL')
    } catch {
      // It was gone already.
    }
  }
}

const ways = [
  'both',
  'only ours',
  'the server, then ours',
  'only the first server process',
] as const

async function killIn(way: (typeof ways)[number], { child }: Victim, server: number) {
  if (way === 'both') kill([...serverProcesses(server), child.pid])
  if (way === 'only ours') kill([child.pid])
  if (way === 'the server, then ours') {
    kill(serverProcesses(server))
    await pause(1_500)
    kill([child.pid])
  }
  if (way === 'only the first server process') kill([server, child.pid])
}

/** How often each number is in the store. */
async function storedEvents(folder: string): Promise<Map<number, number>> {
  const database = await openEmbeddedDatabase({ folder: join(folder, 'postgres') })
  const vault = await openLocalKeyVault({ folder: join(folder, 'vault') })
  const store = await openStore({ database, vault })
  const times = new Map<number, number>()
  for await (const changes of store.changesSince(0)) {
    for (const change of changes) {
      if (change.kind !== 'event') continue
      const number = change.event.at.getTime() - start
      times.set(number, (times.get(number) ?? 0) + 1)
    }
  }
  const { events } = await store.counts()
  expect([...times.values()].reduce((sum, count) => sum + count, 0)).toBe(events)
  await store.close()
  await vault.close()
  await database.close()
  return times
}

describe('After kill -9 at any moment', () => {
  it(
    `no acknowledged event is lost or doubled, over ${rounds} rounds`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'kith-crash-'))
      const kept: number[] = []
      for (let round = 0; round < rounds; round++) {
        const victim = startVictim(folder, round * 10_000_000)
        const server = await victim.server
        await pause(300 + ((round * 379) % 700))
        const ended = once(victim.child, 'close')
        await killIn(ways[round % ways.length] ?? 'both', victim, server)
        // It goes on until we kill it: a server that dies under it does not take it along.
        expect(await ended).toEqual([null, 'SIGKILL'])
        expect(victim.kept.length).toBeGreaterThan(0)
        kept.push(...victim.kept)
      }
      const stored = await storedEvents(folder)
      expect(kept.filter((number) => !stored.has(number))).toEqual([])
      expect([...stored].filter(([, times]) => times !== 1)).toEqual([])
      rmSync(folder, { recursive: true, force: true })
    },
    60_000 + rounds * 30_000,
  )
})
