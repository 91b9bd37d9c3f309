/**
 * Reads the shipped heads. One that is missing or damaged is left out with a sentence that says so and
 * what still works: the others answer, and its question is answered by an honest word.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shippedFile } from '../built.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { loadClassifier } from '../learn/classify/classifier-trainers.ts'
import { savedModelOf } from '../learn/runs/saved-model.ts'
import { headOfClassifier } from './classifier-head.ts'
import type { Head } from './head.ts'
import { type HeadCard, headCardSchema } from './head-card.ts'

export interface OpenedHeads {
  readonly heads: readonly Head[]
  /** What is missing and what still works, in sentences; none when all is well. */
  readonly problems: readonly string[]
}

const shippedHeads = fileURLToPath(shippedFile('./heads', import.meta.url))
const stillWorks =
  'Feeds, search and every other head still work; that question is answered with "isThere": false.'

/** @param encoder of the running engine; heads that read vectors of others stay silent, not out */
export async function openHeads(encoder: Encoder, folder = shippedHeads): Promise<OpenedHeads> {
  const problems: string[] = []
  const heads: Head[] = []
  for (const name of await cardNames(folder)) {
    try {
      heads.push(await openHead(folder, name, encoder))
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      problems.push(`The head "${name}" cannot be used: ${reason}. ${stillWorks}`)
    }
  }
  if (heads.length === 0 && problems.length === 0) {
    const help = 'Reinstall Kith to have them. Feeds and search still work'
    problems.push(`There are no heads in ${folder}: nothing is understood but language. ${help}.`)
  }
  return { heads, problems }
}

async function openHead(folder: string, name: string, encoder: Encoder): Promise<Head> {
  const card = await readCard(join(folder, `${name}.json`))
  const weights = await readFile(join(folder, `${name}.safetensors`))
  const found = createHash('sha256').update(weights).digest('hex')
  if (found !== card.sha256) {
    throw new Error(`its weights are not those of its card (SHA-256 ${found}, not ${card.sha256})`)
  }
  return headOfClassifier(card, await loadClassifier(savedModelOf(weights), { encoder }), encoder)
}

async function readCard(path: string): Promise<HeadCard> {
  const { data, error } = headCardSchema.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (data) return data
  const [issue] = error.issues
  throw new Error(`its card is wrong at "${issue?.path.join('.')}": ${issue?.message}`)
}

async function cardNames(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const files = await readdir(folder)
  const names = files.flatMap((file) => /^(.+)\.(?:json|safetensors)$/.exec(file)?.[1] ?? [])
  return [...new Set(names)].sort()
}
