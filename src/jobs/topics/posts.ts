/** The posts that topics are made of: those that everybody may read. */
import type { Embedding } from '../../domain/embedding.ts'
import type { Memory } from '../../memory/memory.ts'
import type { TopicPosts } from '../../understand/topics/fit-apart.ts'

/** By the space of their vectors. */
export function countPosts(memory: Memory): Map<string, number> {
  const { items, vectors } = memory
  const found = new Map<string, number>()
  const names = new Map<number, string>()
  for (let item = 0; item < items.count; item++) {
    const code = isPublic(memory, item) ? vectors.spaceOf(item) : -1
    if (code < 0) continue
    const name = names.get(code) ?? vectors.get(item)?.space ?? ''
    names.set(code, name)
    found.set(name, (found.get(name) ?? 0) + 1)
  }
  return found
}

/** Newest first. */
export function newestPosts(memory: Memory, space: string, most: number): TopicPosts {
  const { items, vectors } = memory
  const texts: string[] = []
  const embeddings: Embedding[] = []
  const voices: number[] = []
  for (const item of items.newest(items.liveCount)) {
    if (texts.length >= most) break
    const embedding = isPublic(memory, item) ? vectors.get(item) : undefined
    const text = items.get(item)?.text
    if (embedding?.space !== space || text === undefined) continue
    const author = items.authorOf(item)
    texts.push(text)
    embeddings.push(embedding)
    // Who is not known might be anybody: each such post is of somebody else.
    voices.push(author >= 0 ? author : -1 - item)
  }
  return { texts, embeddings, voices: Int32Array.from(voices) }
}

function isPublic({ items, people }: Memory, item: number): boolean {
  return items.visibilityOf(item) === 'public' && !people.isPrivate(items.authorOf(item))
}
