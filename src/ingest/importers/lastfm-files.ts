/** The tab-separated files of HetRec 2011: which there are, and their rows with line numbers. */
import { KithError } from '../../errors.ts'
import { linesOf } from '../lines.ts'
import { findFile } from '../source-files.ts'

const names = {
  artists: 'artists.dat',
  tags: 'tags.dat',
  plays: 'user_artists.dat',
  friends: 'user_friends.dat',
  tagged: 'user_taggedartists.dat',
} as const

export type LastfmFiles = Readonly<Record<keyof typeof names, string>>

export async function filesOf(folder: string): Promise<LastfmFiles | undefined> {
  const found: Record<string, string> = {}
  for (const [key, name] of Object.entries(names)) {
    const path = await findFile(folder, name)
    if (path === undefined) return undefined
    found[key] = path
  }
  return found as LastfmFiles
}

export async function mustFind(folder: string): Promise<LastfmFiles> {
  const files = await filesOf(folder)
  if (files) return files
  throw new KithError(
    'invalid-input',
    `There is no lastfm data in "${folder}": it needs ${Object.values(names).join(', ')}.`,
  )
}

export type Cells = readonly string[]

export interface LastfmRow {
  readonly line: number
  readonly cells: Cells
  readonly problem?: string | undefined
}

/** Rows after the header, each with as many cells as it. */
export async function* rowsOf(
  path: string,
  encoding?: 'utf-8' | 'latin1',
): AsyncGenerator<LastfmRow> {
  let width: number | undefined
  for await (const line of linesOf(path, { encoding })) {
    if (line.problem !== undefined) {
      yield { line: line.number, cells: [], problem: line.problem }
      continue
    }
    if (line.text === '') continue
    const cells = line.text.split('\t')
    if (width === undefined) width = cells.length
    else if (cells.length === width) yield { line: line.number, cells }
    else {
      const problem = `has ${cells.length} cells where the header has ${width}`
      yield { line: line.number, cells: [], problem }
    }
  }
}
