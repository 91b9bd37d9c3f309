/** Which importer reads a path: the one that was named, or the first that recognises it. */
import { KithError } from '../../errors.ts'
import type { Importer } from '../importer.ts'
import { csvImporter } from './csv.ts'
import { jsonlImporter } from './jsonl.ts'
import { lastfmImporter } from './lastfm.ts'
import { weiboImporter } from './weibo.ts'

/** More special ones first: weibo's files are JSON Lines too. */
export const importers: readonly Importer[] = [
  lastfmImporter,
  weiboImporter,
  jsonlImporter,
  csvImporter,
]

/**
 * @param more importers beside the built-in ones, for example `createSampleImporter(…)`
 * @throws KithError `invalid-input` when none fits
 */
export async function findImporter(
  path: string,
  { name, more = [] }: { name?: string | undefined; more?: readonly Importer[] } = {},
): Promise<Importer> {
  const all = [...importers, ...more]
  const names = all.map((importer) => importer.name).join(', ')
  if (name !== undefined) {
    const named = all.find((importer) => importer.name === name)
    if (named) return named
    throw new KithError(
      'invalid-input',
      `There is no importer "${name.slice(0, 40)}". There are: ${names}.`,
    )
  }
  for (const importer of all) if (await importer.recognises(path)) return importer
  throw new KithError(
    'invalid-input',
    `No importer recognises "${path}". It must be a folder with users, items, edges or events as .jsonl or .csv, a .jsonl file, or data of ${names}.`,
  )
}
