/** Data sets whose parts are files: lists of items by person (gowalla), or pairs and trust (lastfm-8-2). */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Interaction } from '../dataset.ts'
import type { FolderData, FolderOptions } from './folder.ts'
import { type Layout, readInteractions, readTies } from './read.ts'

/** `train.txt`, `test.txt` and perhaps `valid.txt`; published fitted on training and validation. */
export async function readFixedLists(
  path: string,
  { note }: FolderOptions,
): Promise<Omit<FolderData, 'name'>> {
  const part = async (file: string, layout?: Layout): Promise<readonly Interaction[]> =>
    (await readInteractions(join(path, file), { layout, note })).interactions
  const { layout, interactions } = await readInteractions(join(path, 'train.txt'), { note })
  const hasValid = await exists(join(path, 'valid.txt'))
  return {
    interactions,
    valid: hasValid ? await part('valid.txt', layout) : undefined,
    test: await part('test.txt', layout),
    protocol: { fitsValid: hasValid },
  }
}

/** `train_set.txt`, `test_set.txt` with the header `user,item` and perhaps `trust.txt`. */
export async function readFixedPairs(
  path: string,
  { note }: FolderOptions,
): Promise<Omit<FolderData, 'name'>> {
  const part = async (file: string): Promise<readonly Interaction[]> =>
    (await readInteractions(join(path, file), { layout: 'table', note })).interactions
  const trust = join(path, 'trust.txt')
  return {
    interactions: await part('train_set.txt'),
    test: await part('test_set.txt'),
    ties: (await exists(trust)) ? await readTies(trust) : undefined,
  }
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
