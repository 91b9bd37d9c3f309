/** Folders of well-known public data sets, told apart by the files in them. */
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { KithError } from '../../errors.ts'
import type { Interaction, ItemFacts, Tie } from '../dataset.ts'
import { readLastfm } from './lastfm.ts'
import { readWeibo } from './weibo.ts'

export interface FolderData {
  readonly name: string
  readonly interactions: readonly Interaction[]
  /** Absent where ties show only in the interactions (`viaUserId`). */
  readonly ties?: readonly Tie[] | undefined
  readonly items: readonly ItemFacts[]
}

/** @throws KithError `not-found`, or `invalid-input` when no known data set lies there */
export async function readFolder(path: string): Promise<FolderData> {
  const files = await readdir(path).catch((cause: unknown) => {
    throw new KithError('not-found', `Cannot list the folder "${path}".`, { cause })
  })
  const name = basename(path)
  if (files.includes('user_artists.dat')) return { name, ...(await readLastfm(path)) }
  if (files.includes('events.jsonl.gz')) return { name, ...(await readWeibo(path)) }
  const known = `${join(path, 'user_artists.dat')} (lastfm) or ${join(path, 'events.jsonl.gz')} (weibo)`
  const advice = 'Give plain files with --train, --test and --social instead.'
  throw new KithError('invalid-input', `No known data set: there is no ${known}. ${advice}`)
}
