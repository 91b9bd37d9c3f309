/**
 * Weibo posts and their reposts in time. Left out on purpose: counts of likes, reposts and comments,
 * and the rumour label of posts, and the follower counts of people, all taken after the fact.
 */
import { join } from 'node:path'
import type { Interaction, ItemFacts } from '../dataset.ts'
import type { FolderData } from './folder.ts'
import { badLine, type JsonObject, jsonLines, readText } from './lines.ts'

export async function readWeibo(path: string): Promise<Omit<FolderData, 'name'>> {
  const events = join(path, 'events.jsonl.gz')
  const posts = join(path, 'posts.jsonl.gz')
  return {
    interactions: jsonLines(events, await readText(events)).map(({ number, object }) => {
      const { viaUserId, text } = object
      const interaction: Interaction = {
        userId: textOf(events, number, object, 'userId'),
        itemId: textOf(events, number, object, 'postId'),
        value: 1,
        at: timeOf(events, number, object, 'at'),
      }
      return {
        ...interaction,
        ...(typeof viaUserId === 'string' ? { viaUserId } : {}),
        ...(typeof text === 'string' ? { text } : {}),
      }
    }),
    items: jsonLines(posts, await readText(posts)).map(
      ({ number, object }): ItemFacts => ({
        id: textOf(posts, number, object, 'id'),
        text: textOf(posts, number, object, 'text'),
        authorId: textOf(posts, number, object, 'authorId'),
        at: timeOf(posts, number, object, 'createdAt'),
      }),
    ),
  }
}

function textOf(path: string, line: number, object: JsonObject, field: string): string {
  const value = object[field]
  if (typeof value === 'string') return value
  throw badLine(path, line, `"${field}" is missing or is not a text.`)
}

function timeOf(path: string, line: number, object: JsonObject, field: string): number {
  const at = Date.parse(textOf(path, line, object, field))
  if (Number.isFinite(at)) return at
  throw badLine(path, line, `"${field}" is not a date like 2026-11-22T08:30:00Z.`)
}
