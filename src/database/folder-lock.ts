/** One Kith a folder: a lock file that says which process holds it, and sees when that one is gone. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KithError } from '../errors.ts'
import { startOfProcess } from './process-start.ts'

export interface FolderLock {
  /** What the holder before wrote down; it ended without letting go. */
  readonly left: Readonly<Record<string, string>>
  /** Writes facts down for whoever comes after a crash. */
  note(facts: Readonly<Record<string, string>>): void
  release(): void
}

interface Holder {
  readonly pid: number
  readonly start: string
  readonly facts: Readonly<Record<string, string>>
}

/** @throws KithError `conflict` when another live process holds the folder */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, 'lock')
  const self: Holder = { pid: process.pid, start: startOfProcess(process.pid) ?? '', facts: {} }
  let left: Holder['facts'] = {}
  while (!create(path, self)) {
    const holder = read(path)
    if (holder && holder.start === startOfProcess(holder.pid)) throw inUse(folder, holder.pid)
    left = holder?.facts ?? {}
    takeAway(path, holder)
  }
  return {
    left,
    note: (facts) => replace(path, { ...self, facts }),
    release: () => rmSync(path, { force: true }),
  }
}

function inUse(folder: string, pid: number): KithError {
  return new KithError(
    'conflict',
    `The folder "${folder}" is in use by the process ${pid}. Stop that one first, or give this one another folder (DATA).`,
    { details: { folder, pid } },
  )
}

/** Appears with its content or not at all. */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function replace(path: string, holder: Holder): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
  renameSync(draft, path)
}

function read(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>
    const { pid = 0, start = '', facts = {} } = holder
    return { pid, start, facts }
  } catch {
    return undefined
  }
}

/** Of two who find the same dead holder, the one who took a fresh lock away gives it back. */
function takeAway(path: string, dead: Holder | undefined): void {
  const aside = `${path}.old.${process.pid}`
  try {
    renameSync(path, aside)
    const taken = read(aside)
    if (taken?.pid !== dead?.pid || taken?.start !== dead?.start) linkSync(aside, path)
  } catch {
    // Somebody else was faster; the next try sees who.
  } finally {
    rmSync(aside, { force: true })
  }
}
