/**
 * Histories as RUCAIBox/LLMRank lays them out: `user TAB items TAB target`, titles beside them. Only the
 * people to learn from are read; the others and their candidates are `kith evaluate rerank`'s.
 */
import { join } from 'node:path'
import type { Interaction } from '../dataset.ts'
import type { FolderData } from './folder.ts'
import { badLine, linesOf, readText } from './lines.ts'
import { readItems } from './read.ts'

export async function readHistoriesFolder(path: string): Promise<Omit<FolderData, 'name'>> {
  const file = join(path, 'train-histories.tsv.gz')
  const [heading, ...lines] = linesOf(file, await readText(file), 'tab')
  const body = heading?.cells.some((cell) => cell.includes(':')) ? lines : [heading!, ...lines]
  const interactions = body.flatMap(({ number, cells }): Interaction[] => {
    const [userId, history = '', target] = cells
    if (!userId || !target) throw badLine(file, number, 'is not "user TAB items TAB target".')
    const itemIds = [...history.split(/\s+/).filter((id) => id !== ''), target]
    return itemIds.map((itemId) => ({ userId, itemId, value: 1 }))
  })
  return { interactions, items: await readItems(join(path, 'items.tsv')) }
}
