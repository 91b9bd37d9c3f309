/** Opens the engine that the settings describe: adapters, memory, jobs, the admin key. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Adapters, dataFolder, openAdapters } from './adapters.ts'
import type { Config } from './config.ts'
import { absentEncoder } from './encoder/absent.ts'
import type { Encoder } from './encoder/encoder.ts'
import type { Engine } from './engine.ts'
import { sealedSnapshots } from './jobs/snapshot.ts'
import type { Log } from './log.ts'
import { openEngine } from './open-engine.ts'
import { runRegistry } from './run-registry.ts'
import { openReader, type Reader } from './understand/apart/open-reader.ts'

export interface StartedEngine {
  readonly engine: Engine
  /** Mode 0600; made on the first start. */
  readonly adminKeyFile: string
}

/** Replaced in tests, so that a page can be made again. */
export interface Chance {
  readonly now?: () => Date
  readonly random?: () => number
}

export async function startEngine(
  config: Config,
  log: Log,
  chance: Chance = {},
): Promise<StartedEngine> {
  const folder = await dataFolder(config)
  const adapters = await openAdapters(config, log)
  const encoder = adapters.encoder.catch((cause: unknown) => absent(cause, log))
  const reader = readerFor(encoder, log)
  try {
    const snapshots = sealedSnapshots(folder, adapters.vault)
    const adminKeyFile = await ensureAdminKey(folder, adapters)
    const parts = {
      understanding: reader,
      ...{ ...adapters, encoder },
      ...chance,
      snapshots,
      keptTopics: sealedSnapshots(folder, adapters.vault, 'topics.sealed'),
      runs: runRegistry(config, log),
      log,
      trainEveryHours: config.trainEvery,
      bounds: config.pageBounds,
      limits: { unsafeAbove: config.unsafeAbove, spamAbove: config.spamAbove },
    }
    return { engine: await openEngine(parts), adminKeyFile }
  } catch (cause) {
    await reader.then((opened) => opened.close()).catch(() => undefined)
    await adapters.close()
    throw cause
  }
}

/** The engine starts without its encoder, and says what is missing and what still works. */
function absent(cause: unknown, log: Log): Encoder {
  const problem = cause instanceof Error ? cause.message : String(cause)
  log.error(`The encoder cannot be used: ${problem} ${withoutEncoder}`)
  return absentEncoder(problem)
}

const withoutEncoder =
  'Feeds go on without what new texts are about; heads that read words alone still answer, the others answer with "isThere": false; items are encoded with the next start that has it.'

/** Opened while memory is read. */
async function readerFor(encoder: Promise<Encoder>, log: Log): Promise<Reader> {
  const reader = await openReader({ encoder: await encoder, log })
  for (const problem of reader.problems) log.warn(problem)
  return reader
}

async function ensureAdminKey(folder: string, { store }: Adapters): Promise<string> {
  const file = join(folder, 'admin.key')
  if (existsSync(file)) return file
  const secret = `kith_${randomBytes(24).toString('base64url')}`
  const key = { id: randomBytes(8).toString('hex'), name: 'admin', createdAt: new Date() }
  await store.apiKeys.put({ ...key, scopes: ['admin'] }, secret)
  await writeFile(file, `${secret}\n`, { mode: 0o600 })
  return file
}
