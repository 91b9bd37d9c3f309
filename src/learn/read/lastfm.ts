/** HetRec 2011 Last.fm: who played whom how often, friendships, names of artists. */
import { join } from 'node:path'
import type { FolderData } from './folder.ts'
import { readInteractions, readItems, readTies } from './read.ts'

export async function readLastfm(path: string): Promise<Omit<FolderData, 'name'>> {
  const { interactions } = await readInteractions(join(path, 'user_artists.dat'))
  return {
    interactions,
    ties: await readTies(join(path, 'user_friends.dat')),
    items: await readItems(join(path, 'artists.dat')),
  }
}
