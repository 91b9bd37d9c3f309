/** The only file that knows which adapters exist: it chooses them by what the settings say. */
import { chmod, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config } from './config.ts'
import type { Database } from './database/database.ts'
import { openEmbeddedDatabase } from './database/embedded.ts'
import { openServerDatabase } from './database/server.ts'
import { openBundledEncoder } from './encoder/bundled.ts'
import type { Encoder } from './encoder/encoder.ts'
import { hashingEncoder } from './encoder/hashing.ts'
import { openOnnxEncoder } from './encoder/onnx.ts'
import { remoteEncoder } from './encoder/remote.ts'
import type { Log } from './log.ts'
import { openSharedSpace } from './shared-space.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'
import { openLocalKeyVault } from './vault/local-key.ts'
import type { Vault } from './vault/vault.ts'

export interface Adapters {
  readonly database: Database
  readonly vault: Vault
  readonly store: Store
  /** Loading its models, in worker threads. */
  readonly encoder: Promise<Encoder>
  /** In the right order; what is open already is closed when opening fails. */
  close(): Promise<void>
}

/** @throws KithError `conflict` when the data folder is in use */
export async function openAdapters(config: Config, log: Log): Promise<Adapters> {
  const closers: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  function opened<Part extends { close(): Promise<void> }>(part: Part): Part {
    closers.push(() => part.close())
    return part
  }
  try {
    const folder = await dataFolder(config)
    // Models load in worker threads while the database starts.
    const encoder = openEncoder(config, log)
    closers.push(async () => (await encoder.catch(() => undefined))?.close())
    encoder.catch(() => log.error('the encoder could not be opened'))
    const database = opened(await openDatabase(config, folder, log))
    const vault = opened(await openLocalKeyVault({ folder: join(folder, 'vault') }))
    const store = opened(await openStore({ database, vault, log }))
    return { database, vault, store, encoder, close }
  } catch (cause) {
    await close()
    throw cause
  }
}

/** For its owner alone. */
export async function dataFolder({ data }: Config): Promise<string> {
  const folder = resolve(data)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  return folder
}

function openDatabase({ database }: Config, folder: string, log: Log): Promise<Database> {
  if (database?.startsWith('postgres')) return openServerDatabase(database)
  return openEmbeddedDatabase({ folder: resolve(database ?? join(folder, 'postgres')), log })
}

export async function openEncoder({ encoder, encoderKey }: Config, log: Log): Promise<Encoder> {
  if (encoder === 'hashing') return hashingEncoder()
  if (encoder === 'shared') return (await openSharedSpace(log)).shared
  if (encoder.startsWith('onnx:'))
    return openOnnxEncoder({ folder: resolve(encoder.slice(5)), log })
  const [url = '', model = ''] = encoder.split('#')
  if (model !== '') return remoteEncoder({ url, model, key: encoderKey })
  return openBundledEncoder({ log })
}
