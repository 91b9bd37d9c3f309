/** What people write about, as far as the tags of their items say. */
import type { Memory } from '../memory/memory.ts'

export interface Subjects {
  /** Cosine of the shares of tags, from 0 to 1, and the tags that bring most of it. */
  sharedWith(person: number): SharedSubjects
}

export interface SharedSubjects {
  readonly likeness: number
  readonly tags: readonly string[]
}

const itemsRead = 50
const tagsKept = 2
/** Two tags that each stand on a third of the items. */
const leastShare = 0.1
const nothing: SharedSubjects = { likeness: 0, tags: [] }
/** On every post of the demo, so about nothing. */
const generatedTag = 'sample'

/** @param person a person number, or -1 for nobody */
export function createSubjects(memory: Memory, person: number): Subjects {
  const own = person < 0 ? undefined : tagsOf(memory, person)
  return {
    sharedWith(other) {
      const theirs = own ? tagsOf(memory, other) : undefined
      if (!own || !theirs) return nothing
      const products = [...own.shares].flatMap(([tag, share]): [string, number][] => {
        const product = share * (theirs.shares.get(tag) ?? 0)
        return product > 0 ? [[tag, product]] : []
      })
      const sum = products.reduce((total, [, product]) => total + product, 0)
      const telling = products.filter(([, product]) => product >= leastShare)
      telling.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      return {
        likeness: Math.min(1, sum / (own.length * theirs.length)),
        tags: telling.slice(0, tagsKept).map(([tag]) => tag),
      }
    },
  }
}

interface Tags {
  /** Of the newest items, how many carry each tag. */
  readonly shares: ReadonlyMap<string, number>
  /** Root of the sum of squares. */
  readonly length: number
}

function tagsOf({ items }: Memory, person: number): Tags | undefined {
  const { values, length } = items.byAuthor(person)
  const counts = new Map<string, number>()
  const first = Math.max(0, length - itemsRead)
  for (let place = first; place < length; place++) {
    for (const tag of items.get(values[place]!)?.tags ?? []) {
      if (tag !== generatedTag) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    }
  }
  if (counts.size === 0) return undefined
  const shares = new Map([...counts].map(([tag, count]) => [tag, count / (length - first)]))
  const squares = [...shares.values()].reduce((sum, share) => sum + share ** 2, 0)
  return { shares, length: Math.sqrt(squares) }
}
