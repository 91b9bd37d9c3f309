/**
 * MovieLens-100K: ratings with times, titles as texts. Published by Microsoft's recommenders with 75 % of
 * each person's ratings to learn from and 25 % for the test (examples/06_benchmarks); of the 75 we keep 10 to
 * choose options on, and fit on all of them in the end.
 */
import { join } from 'node:path'
import type { ItemFacts } from '../dataset.ts'
import { exists } from './fixed-parts.ts'
import type { FolderData, FolderOptions } from './folder.ts'
import { badLine, readText } from './lines.ts'
import { readInteractions } from './read.ts'

export async function readMovieLens(
  path: string,
  { note }: FolderOptions,
): Promise<Omit<FolderData, 'name'>> {
  const { interactions } = await readInteractions(join(path, 'u.data'), { layout: 'table', note })
  const titles = join(path, 'u.item')
  return {
    interactions,
    items: (await exists(titles)) ? await readTitles(titles) : undefined,
    protocol: { ratios: [0.65, 0.1, 0.25], fitsValid: true },
  }
}

/** `id|title|date|…`, in Latin-1. */
async function readTitles(path: string): Promise<ItemFacts[]> {
  const text = await readText(path, 'latin1')
  return text.split(/\r?\n/).flatMap((line, index): ItemFacts[] => {
    if (line.trim() === '') return []
    const [id, title] = line.split('|')
    if (!id || title === undefined) throw badLine(path, index + 1, 'is not "id|title|…".')
    return [{ id, text: title }]
  })
}
