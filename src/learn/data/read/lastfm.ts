/**
 * HetRec 2011 Last.fm: who played whom how often, friendships, names of artists, and the tags people
 * gave them. A tag is taken as a word about the artist: by whom and when is left out, so that no
 * pair of the test part can be read from it. The words a person tags with most stand for what they would
 * have answered when asked what they care about.
 */
import { join } from 'node:path'
import type { ItemFacts } from '../dataset.ts'
import { exists } from './fixed-parts.ts'
import type { FolderData, FolderOptions } from './folder.ts'
import { badLine, linesOf, readText } from './lines.ts'
import { readInteractions, readItems, readTies } from './read.ts'

/** The most given ones; more would tell how popular an artist is, in the test part too. */
const tagsKept = 8
/** As many words as a short questionnaire would ask for. */
const wordsAsked = 3

export async function readLastfm(
  path: string,
  { usesTags = true, note = () => {} }: FolderOptions,
): Promise<Omit<FolderData, 'name'>> {
  const { interactions } = await readInteractions(join(path, 'user_artists.dat'), { note })
  const names = await readItems(join(path, 'artists.dat'))
  const isTagged = usesTags && (await exists(join(path, 'user_taggedartists.dat')))
  if (isTagged) {
    note(
      `texts of artists are their names and the ${tagsKept} tags given most often, whoever gave them; that an artist has tags at all goes with being played`,
    )
  }
  const tags = isTagged ? await readTags(path) : undefined
  return {
    interactions,
    ties: await readTies(join(path, 'user_friends.dat')),
    items: tags ? withTags(names, tags.byArtist) : names,
    interests: tags?.byPerson,
  }
}

function withTags(names: readonly ItemFacts[], tags: ReadonlyMap<string, string[]>): ItemFacts[] {
  return names.map((item) => {
    const own = tags.get(item.id)
    return own ? { ...item, text: `${item.text}: ${own.join(', ')}` } : item
  })
}

interface Tags {
  readonly byArtist: ReadonlyMap<string, string[]>
  readonly byPerson: ReadonlyMap<string, string[]>
}

/** The most given first; among equals by the alphabet. */
async function readTags(path: string): Promise<Tags> {
  const texts = await readTagTexts(join(path, 'tags.dat'))
  const file = join(path, 'user_taggedartists.dat')
  const artists: Counts = new Map()
  const people: Counts = new Map()
  for (const { number, cells } of linesOf(file, await readText(file)).slice(1)) {
    const [person, artist, tag] = cells
    if (!person || !artist || !tag) throw badLine(file, number, 'is not "user artist tag …".')
    const text = texts.get(tag)
    if (text === undefined) continue
    count(artists, artist, text)
    count(people, person, text)
  }
  return { byArtist: mostGivenOf(artists, tagsKept), byPerson: mostGivenOf(people, wordsAsked) }
}

/** By artist or person: how often each tag was given. */
type Counts = Map<string, Map<string, number>>

function count(counts: Counts, key: string, text: string): void {
  const own = counts.get(key) ?? new Map<string, number>()
  counts.set(key, own.set(text, (own.get(text) ?? 0) + 1))
}

function mostGivenOf(counts: Counts, limit: number): Map<string, string[]> {
  return new Map([...counts].map(([key, own]) => [key, mostGiven(own).slice(0, limit)]))
}

/** Some tags are not UTF-8: their bytes are taken for Latin-1, as the rest of that file is. */
async function readTagTexts(path: string): Promise<Map<string, string>> {
  const lines = linesOf(path, await readText(path, 'latin1'), 'tab').slice(1)
  return new Map(lines.map(({ cells: [id = '', text = ''] }) => [id, text]))
}

function mostGiven(counts: ReadonlyMap<string, number>): string[] {
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  return sorted.map(([text]) => text)
}
