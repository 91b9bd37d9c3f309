/** A real engine in a folder of its own: embedded PostgreSQL, no model, a clock that is set. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import type { Engine } from '../engine.ts'
import { silentLog } from '../log.ts'
import { seededRandom } from '../math/random.ts'
import { type StartedEngine, startEngine } from '../start-engine.ts'
import { type Town, town } from './town.ts'

export interface TestEngine extends StartedEngine {
  readonly config: Config
  /** Closes the engine, does what can be done only then, and opens another on the same folder. */
  reopen(options?: { whileClosed?: () => void }): Promise<Engine>
  /** Closes the engine and removes the folder. */
  close(): Promise<void>
}

export interface TestEngineOptions {
  /** Moves in at the start; nobody when null. */
  readonly people?: Town | null
  readonly now?: () => Date
  readonly settings?: Readonly<Record<string, string>>
}

export async function openTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  const { people = town, now = () => town.now, settings = {} } = options
  const folder = await mkdtemp(join(tmpdir(), 'kith-test-'))
  const config = readConfig({
    DATA: join(folder, 'data'),
    ENCODER: 'hashing',
    PORT: '0',
    ...settings,
  })
  const open = () => startEngine(config, silentLog, { now, random: seededRandom(1) })
  let { engine, adminKeyFile } = await open()
  if (people) await moveIn(engine, people)
  return {
    config,
    adminKeyFile,
    get engine() {
      return engine
    },
    async reopen({ whileClosed } = {}) {
      await engine.close()
      whileClosed?.()
      ;({ engine, adminKeyFile } = await open())
      return engine
    },
    async close() {
      await engine.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function moveIn(engine: Engine, { users, items, edges, events }: Town): Promise<void> {
  await engine.putUsers(users)
  await engine.putItems(items)
  await engine.putEdges(edges)
  await engine.addEvents(events)
  await untilEncoded(engine)
}

/** Encoding goes on in the background; tests that read topics wait for it. */
export async function untilEncoded(engine: Engine): Promise<void> {
  for (;;) {
    const { work } = await engine.status()
    if (Object.values(work).every(({ total }) => total === 0)) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
