/** Which code this is: the version of the package, and the commit where it runs from a checkout. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { CodeVersion } from './domain/run.ts'

const packageSchema = z.object({ version: z.string() })

/** Asks git, where there is one, for about ten milliseconds. */
export function codeVersion(): CodeVersion {
  const root = packageFolder(fileURLToPath(new URL('.', import.meta.url)))
  const { version } = packageSchema.parse(
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  )
  const commit = existsSync(join(root, '.git')) ? commitOf(root) : undefined
  return { version, ...(commit && { commit }) }
}

/** The sources lie one folder below it, what is built two. */
function packageFolder(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : packageFolder(dirname(from))
}

/** @returns undefined without git */
function commitOf(root: string): string | undefined {
  const commit = git(root, 'rev-parse', '--short=12', 'HEAD')
  if (!commit) return undefined
  return git(root, 'status', '--porcelain', '--untracked-files=no') === '' ? commit : `${commit}+`
}

function git(root: string, ...words: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', words, { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
