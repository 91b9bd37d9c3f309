/** Where an import under way stands: one small file in the data folder, gone when it is done. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { ProgressPort } from '../ingest/state.ts'

/** Progress in one database says nothing about another. */
export function importProgress({ data, database = '' }: Config): ProgressPort {
  const folder = join(data, 'imports')
  const fileOf = (task: string): string => {
    const key = createHash('sha256').update(`${database}\n${task}`).digest('hex').slice(0, 24)
    return join(folder, `${key}.json`)
  }
  return {
    async get(task) {
      try {
        return JSON.parse(await readFile(fileOf(task), 'utf8'))
      } catch {
        return undefined
      }
    },
    async put(task, state) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(fileOf(task), JSON.stringify(state), { mode: 0o600 })
    },
    remove: (task) => rm(fileOf(task), { force: true }),
  }
}
