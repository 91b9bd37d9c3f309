/**
 * HetRec 2011 Last.fm: listeners, friends, artists, plays and tags, in tab-separated `.dat` files.
 *
 *   artists  → items of kind `artist`; text = name and the tags most used on it, so that there is
 *              something to read; createdAt = when it was first tagged, or 2005-01-01, so that
 *              an artist nobody tagged does not look new
 *   friends  → one edge `friend` for the two rows of each friendship
 *   tags     → a `like` when a person first tagged an artist: a day, taken as noon UTC
 *   plays    → a `click` with value = plays. They have no time, so all lie in the last hours before
 *              2011-06-01, a person's most played artist last: order says how much, not when
 *
 * Ids are those of the files; names of people are not published, so they are "Listener 2".
 * Held in memory: tags by artist and first tags by person, about 70,000 entries of this fixed set.
 */
import { basename } from 'node:path'
import type { Importer, ImportRecord } from '../importer.ts'
import { countLines } from '../lines.ts'
import { fingerprintFiles } from '../source-files.ts'
import { type Cells, filesOf, mustFind, rowsOf } from './lastfm-files.ts'
import { readTags, type Tags } from './lastfm-tags.ts'

const playedBefore = Date.parse('2011-06-01T00:00:00Z')
const oldest = '2005-01-01T00:00:00.000Z'
const tagsInText = 8

export const lastfmImporter: Importer = {
  name: 'lastfm',
  async recognises(path) {
    return (await filesOf(path)) !== undefined
  },
  async fingerprint(path) {
    return fingerprintFiles(Object.values(await mustFind(path)))
  },
  async *read(path) {
    const files = await mustFind(path)
    yield* usersOf(files.plays, files.friends)
    const artists = new Set<string>()
    const tags = await readTags(files.tags, files.tagged)
    yield* artistsOf(files.artists, tags, artists)
    yield* friendsOf(files.friends)
    yield* likesOf(files.tagged, tags, artists)
    yield* playsOf(files.plays)
  },
  async count(path) {
    const { artists, friends, plays } = await mustFind(path)
    return {
      item: (await countLines(artists)) - 1,
      edge: ((await countLines(friends)) - 1) / 2,
      event: (await countLines(plays)) - 1,
    }
  },
}

async function* usersOf(...paths: readonly string[]): AsyncGenerator<ImportRecord> {
  const known = new Set<string>()
  for (const path of paths) {
    for await (const { line, cells, problem } of rowsOf(path)) {
      const [id = ''] = cells
      if (problem !== undefined || known.has(id)) continue
      known.add(id)
      const value = { id, name: `Listener ${id}`, languages: [] }
      yield { kind: 'user', file: basename(path), line, value }
    }
  }
}

async function* artistsOf(
  path: string,
  tags: Tags,
  known: Set<string>,
): AsyncGenerator<ImportRecord> {
  for await (const { line, cells, problem } of rowsOf(path)) {
    const origin = { kind: 'item' as const, file: basename(path), line }
    if (problem !== undefined) {
      yield { ...origin, problem }
      continue
    }
    const [id = '', name = '', url] = cells
    known.add(id)
    const used = tags.mostUsed(id, tagsInText)
    yield { ...origin, value: { ...artist(id, name, used, tags.firstAt(id)), url } }
  }
}

function artist(id: string, name: string, tags: readonly string[], firstAtMs: number | undefined) {
  const createdAt = firstAtMs === undefined ? oldest : new Date(firstAtMs).toISOString()
  const text = tags.length > 0 ? `${name}: ${tags.join(', ')}` : name
  return { id, kind: 'artist', text, createdAt, language: 'en', tags }
}

async function* friendsOf(path: string): AsyncGenerator<ImportRecord> {
  const seen = new Set<string>()
  for await (const { line, cells, problem } of rowsOf(path)) {
    const origin = { kind: 'edge' as const, file: basename(path), line }
    if (problem !== undefined) {
      yield { ...origin, problem }
      continue
    }
    const [from = '', to = ''] = cells
    if (seen.has(`${to}\t${from}`)) continue
    seen.add(`${from}\t${to}`)
    yield { ...origin, value: { from, to, kind: 'friend' } }
  }
}

async function* likesOf(
  path: string,
  tags: Tags,
  artists: ReadonlySet<string>,
): AsyncGenerator<ImportRecord> {
  const origin = { kind: 'event' as const, file: basename(path) }
  for (const { line, problem } of tags.problems) yield { ...origin, line, problem }
  for (const { line, userId, itemId, atMs } of tags.firsts) {
    if (!artists.has(itemId)) {
      yield { ...origin, line, problem: 'artistID is not in the artists file' }
      continue
    }
    const value = { type: 'like', userId, itemId, at: new Date(atMs).toISOString() }
    yield { ...origin, line, value }
  }
}

interface Play {
  readonly line: number
  readonly itemId: string
  readonly plays: number
}

/** A person at a time: the file is sorted by person. */
async function* playsOf(path: string): AsyncGenerator<ImportRecord> {
  const file = basename(path)
  let plays: Play[] = []
  let userId = ''
  for await (const { line, cells, problem } of rowsOf(path)) {
    if (problem !== undefined) {
      yield { kind: 'event', file, line, problem }
      continue
    }
    const [id, itemId, weight] = cells as Cells & [string, string, string]
    if (id !== userId) {
      yield* clicksOf(userId, plays, file)
      userId = id
      plays = []
    }
    plays.push({ line, itemId, plays: Number(weight) })
  }
  yield* clicksOf(userId, plays, file)
}

function* clicksOf(userId: string, plays: Play[], file: string): Generator<ImportRecord> {
  plays.sort((a, b) => a.plays - b.plays || a.line - b.line)
  for (const [index, { line, itemId, plays: value }] of plays.entries()) {
    const at = new Date(playedBefore - (plays.length - index) * 60_000).toISOString()
    yield { kind: 'event', file, line, value: { type: 'click', userId, itemId, at, value } }
  }
}
