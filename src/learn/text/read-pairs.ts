/** Files of plain texts: one a line, or two with a tab between. */
import { readFile } from 'node:fs/promises'
import { KithError } from '../../errors.ts'
import type { Pair } from './train/contrastive.ts'

/** Empty lines are left out. @throws KithError `invalid-input` when it cannot be read */
export async function readLines(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new KithError('invalid-input', `The file ${path} cannot be read. Check its name.`, {
      cause,
    })
  })
  return text.split(/\r?\n/).filter((line) => line.trim() !== '')
}

/** @throws KithError `invalid-input` for a line without two texts */
export async function readPairs(path: string): Promise<Pair[]> {
  const lines = await readLines(path)
  return lines.map((line, n) => {
    const [left = '', right = ''] = line.split('\t').map((part) => part.trim())
    if (left !== '' && right !== '') return [left, right]
    throw new KithError(
      'invalid-input',
      `Line ${n + 1} of ${path} has no two texts with a tab between them. Correct it or take it out.`,
    )
  })
}
