/**
 * What people said they care about, as vectors: their first taste, until their history says more.
 * Encoded when somebody asks for a page, kept while they are active, and written down nowhere.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Embedding } from '../domain/embedding.ts'
import type { Memory } from '../memory/memory.ts'

export interface DeclaredInterest {
  /** In the person's own words. */
  readonly words: string
  readonly embedding: Embedding
}

export interface Declared {
  /** Empty when nothing was said, or none of it is encoded yet. */
  of(person: number): readonly DeclaredInterest[]
  /**
   * Resolves when what the person said by now is encoded, or after so long; it goes on being encoded.
   * Never rejects: a page does not depend on it.
   */
  ready(person: number, mostMs?: number): Promise<void>
  /** Forgets everybody, after an erasure. */
  forget(): void
}

export interface DeclaredOptions {
  readonly encode: (texts: readonly string[]) => Promise<readonly (Embedding | undefined)[]>
  /** People kept; whoever was asked for longest ago is let go first. */
  readonly capacity?: number
}

interface Kept {
  /** Said anew is another list. */
  readonly said: readonly string[]
  readonly interests: readonly DeclaredInterest[]
}

/** One list, so that it is seen that nothing changed. */
const none: readonly DeclaredInterest[] = []

export function createDeclared(
  { people }: Pick<Memory, 'people'>,
  { encode, capacity = 20_000 }: DeclaredOptions,
): Declared {
  const kept = new Map<number, Kept>()
  const underWay = new Map<number, Promise<void>>()

  function saidBy(person: number): readonly string[] {
    return people.get(person)?.interests ?? []
  }

  function find(person: number): Kept | undefined {
    const known = kept.get(person)
    return known && isSame(known.said, saidBy(person)) ? known : undefined
  }

  async function keep(person: number, said: readonly string[]): Promise<void> {
    try {
      const embeddings = await encode(said)
      const interests = said.flatMap((words, place) => {
        const embedding = embeddings[place]
        return embedding ? [{ words, embedding }] : []
      })
      // They said something else meanwhile, or went.
      if (!isSame(said, saidBy(person))) return
      kept.delete(person)
      kept.set(person, { said, interests })
      if (kept.size > capacity) kept.delete(kept.keys().next().value!)
    } catch {
      // The encoder is busy or away: the next page asks again.
    } finally {
      underWay.delete(person)
    }
  }

  return {
    of: (person) => (person < 0 ? none : (find(person)?.interests ?? none)),
    async ready(person, mostMs) {
      const said = person < 0 ? [] : saidBy(person)
      if (said.length === 0 || find(person)) return
      const encoding = underWay.get(person) ?? keep(person, said)
      underWay.set(person, encoding)
      await (mostMs === undefined ? encoding : Promise.race([encoding, pause(mostMs)]))
    },
    forget: () => kept.clear(),
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((word, n) => word === other[n]))
}
