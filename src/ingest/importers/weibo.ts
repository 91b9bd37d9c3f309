/**
 * Microblog cascades (CED, thunlp/Chinese_Rumor_Dataset): posts, users and events.jsonl[.gz].
 *
 *   posts   → items of kind `post` in Chinese; `#…#` in the text gives the tags
 *   events  → `repost` with its comment and time
 *   via     → an edge `repost-through` from who reposted to whom it came through, one for each pair;
 *             after n times its weight is 1 − ½ⁿ, its time that of the first. Most of these people
 *             are not in the users file, since cascades were sampled: such edges are rejected.
 *
 * Labels, counts of likes and where people live are not taken over.
 */
import { basename } from 'node:path'
import { KithError } from '../../errors.ts'
import type { Importer, ImportRecord } from '../importer.ts'
import { countLines, linesOf } from '../lines.ts'
import { findFile, fingerprintFiles } from '../source-files.ts'
import { parseLine } from './jsonl.ts'

/** Fields this importer looks at; any may be missing or of another type. */
interface Fields {
  readonly id?: unknown
  readonly type?: unknown
  readonly userId?: unknown
  readonly postId?: unknown
  readonly authorId?: unknown
  readonly viaUserId?: unknown
  readonly text?: unknown
  readonly at?: unknown
  readonly createdAt?: unknown
}

interface Files {
  readonly users: string
  readonly posts: string
  readonly events: string
}

export const weiboImporter: Importer = {
  name: 'weibo',
  async recognises(path) {
    return (await filesOf(path)) !== undefined
  },
  async fingerprint(path) {
    return fingerprintFiles(Object.values(await mustFind(path)))
  },
  async *read(path) {
    const { users, posts, events } = await mustFind(path)
    const known = new Set<unknown>()
    for await (const record of records(users, 'user', userOf)) {
      if (record.problem === undefined) known.add(asFields(record.value).id)
      yield record
    }
    yield* records(posts, 'item', itemOf)
    yield* edgesOf(events, known)
    yield* records(events, 'event', eventOf)
  },
  async count(path) {
    const { users, posts, events } = await mustFind(path)
    return {
      user: await countLines(users),
      item: await countLines(posts),
      event: await countLines(events),
    }
  },
}

async function filesOf(folder: string): Promise<Files | undefined> {
  const users = await findFile(folder, 'users.jsonl')
  const posts = await findFile(folder, 'posts.jsonl')
  const events = await findFile(folder, 'events.jsonl')
  return users && posts && events ? { users, posts, events } : undefined
}

async function mustFind(folder: string): Promise<Files> {
  const files = await filesOf(folder)
  if (files) return files
  throw new KithError(
    'invalid-input',
    `There is no weibo data in "${folder}": it needs users, posts and events, each as .jsonl or .jsonl.gz.`,
  )
}

async function* records(
  path: string,
  kind: 'user' | 'item' | 'event',
  read: (row: Fields) => object,
): AsyncGenerator<ImportRecord> {
  const file = basename(path)
  for await (const line of linesOf(path)) {
    const parsed = parseLine(line)
    if (!parsed) continue
    const origin = { kind, file, line: line.number }
    if (parsed.problem !== undefined) yield { ...origin, problem: parsed.problem }
    else yield { ...origin, value: read(asFields(parsed.value)) }
  }
}

function userOf({ id, createdAt }: Fields) {
  const joined =
    typeof createdAt === 'number' ? new Date(createdAt * 1000).toISOString() : undefined
  return { id, languages: ['zh'], createdAt: joined }
}

function itemOf({ id, authorId, text, createdAt }: Fields) {
  const hashtags = String(text).matchAll(/#([^#\n]{2,30})#/g)
  const tags = [...new Set([...hashtags].map(([, tag = '']) => tag.trim()).filter(Boolean))]
  return { id, authorId, text, createdAt, language: 'zh', tags }
}

function eventOf({ type, userId, postId, at, text }: Fields) {
  return { type, userId, itemId: postId, at, text }
}

interface Pair {
  readonly from: unknown
  readonly to: unknown
  readonly at: unknown
  readonly line: number
  times: number
}

async function* edgesOf(path: string, known: ReadonlySet<unknown>): AsyncGenerator<ImportRecord> {
  const file = basename(path)
  for (const { from, to, at, line, times } of await pairsOf(path)) {
    const origin = { kind: 'edge' as const, file, line }
    if (!known.has(to)) yield { ...origin, problem: 'viaUserId is not in the users file' }
    else {
      const weight = 1 - 0.5 ** times
      yield { ...origin, value: { from, to, kind: 'repost-through', weight, at } }
    }
  }
}

/** Held in memory: one entry for each pair of people, some thousands here. */
async function pairsOf(path: string): Promise<Iterable<Pair>> {
  const pairs = new Map<string, Pair>()
  for await (const line of linesOf(path)) {
    const parsed = parseLine(line)
    if (!parsed || parsed.problem !== undefined) continue
    const { userId: from, viaUserId: to, at } = asFields(parsed.value)
    if (to === undefined) continue
    const key = JSON.stringify([from, to])
    const pair = pairs.get(key)
    if (pair) pair.times += 1
    else pairs.set(key, { from, to, at, line: line.number, times: 1 })
  }
  return pairs.values()
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? value : {}
}
