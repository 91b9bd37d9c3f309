/** Finding, opening and recognising the files an importer reads; `.gz` is unpacked on the way. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { KithError } from '../errors.ts'

/** The first of `names` (each also with `.gz`) that is a file in `folder`. */
export async function findFile(
  folder: string,
  ...names: readonly string[]
): Promise<string | undefined> {
  for (const name of names.flatMap((plain) => [plain, `${plain}.gz`])) {
    const path = join(folder, name)
    if (await isFile(path)) return path
  }
  return undefined
}

export async function isFile(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined)
  return facts?.isFile() ?? false
}

/** The bytes of a file, unpacked. */
export async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 1 << 18 })
  try {
    if (!path.endsWith('.gz')) {
      yield* file as AsyncIterable<Buffer>
      return
    }
    const unpacked = createGunzip()
    file.on('error', (error) => unpacked.destroy(error))
    yield* file.pipe(unpacked) as AsyncIterable<Buffer>
  } catch (cause) {
    throw unreadable(path, cause)
  } finally {
    file.destroy()
  }
}

/** Names, sizes and times of change, hashed. */
export async function fingerprintFiles(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const path of paths) {
    const { size, mtimeMs } = await stat(path)
    hash.update(`${basename(path)}\0${size}\0${Math.round(mtimeMs)}\0`)
  }
  return hash.digest('hex').slice(0, 32)
}

function unreadable(path: string, cause: unknown): KithError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new KithError(
    'invalid-input',
    `${basename(path)} cannot be read to its end (${reason}). Bring a whole copy and import again; what was imported stays.`,
    { cause },
  )
}
