/** Checkpoints on disk: one file a fit, found again by what the fit was of. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Run } from '../../domain/run.ts'
import type { Checkpoint } from '../trainer.ts'
import { putFile } from './put-file.ts'
import { modelFile, savedModelOf } from './saved-model.ts'

/** Two fits with equal keys are one fit: the later goes on where the earlier was killed. */
export interface FitKey {
  /** Of what it learns from and is validated on: `dataHash`. */
  readonly data: string
  readonly trainer: string
  readonly options?: Run['options'] | undefined
  readonly seed: number
  /** Another version of the code makes another fit. */
  readonly code: string
}

export interface KeptCheckpoint extends Checkpoint {
  /** The fit has come to its end: there is nothing to go on from. */
  discard(): Promise<void>
}

/** One in a file, so that another process may keep it. */
export interface FileCheckpoint extends KeptCheckpoint {
  readonly path: string
}

/** @param folder made with the first checkpoint */
export function fileCheckpoint(folder: string, key: FitKey): FileCheckpoint {
  return checkpointAt(join(folder, `${nameOf(key)}${ending}`))
}

export function checkpointAt(path: string): FileCheckpoint {
  return {
    path,
    async load() {
      try {
        return savedModelOf(await readFile(path))
      } catch {
        // None yet, or one that cannot be read: the fit starts afresh.
        return undefined
      }
    },
    async save(state) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await putFile(path, modelFile(state))
    },
    async discard() {
      await rm(path, { force: true })
      await rm(`${path}.new`, { force: true })
    },
  }
}

/** A fit that did not come to its end. */
export interface Unfinished {
  readonly path: string
  readonly trainer: string
  /** When it was last heard of. */
  readonly at: Date
}

export async function unfinishedIn(folder: string): Promise<Unfinished[]> {
  const names = await readdir(folder).catch(() => [])
  const found = names.map(async (name): Promise<Unfinished[]> => {
    const [, trainer] = nameForm.exec(name) ?? []
    const path = join(folder, name)
    const facts = trainer === undefined ? undefined : await stat(path).catch(() => undefined)
    // Its fit may come to its end at this moment.
    return trainer === undefined || !facts ? [] : [{ path, trainer, at: facts.mtime }]
  })
  return (await Promise.all(found)).flat()
}

const ending = '.safetensors'
/** Also of one whose writing was cut off. */
const nameForm = /^(.+)-[0-9a-f]{24}\.safetensors(?:\.new)?$/

function nameOf({ data, trainer, options = {}, seed, code }: FitKey): string {
  const chosen = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))
  const facts = JSON.stringify([data, trainer, chosen, seed, code])
  const hash = createHash('sha256').update(facts).digest('hex').slice(0, 24)
  return `${trainer.replace(/[^a-z0-9-]+/gi, '-')}-${hash}`
}
