/** Do edited posts come into the group of their original, and no other post? */
import { integer, seededRandom } from '../../src/math/random.ts'
import {
  createDuplicateIndex,
  type DuplicateSign,
} from '../../src/understand/duplicates/duplicates.ts'
import { jaccard, shinglesOf } from '../../src/understand/duplicates/shingles.ts'
import { edits } from './edits.ts'

export interface DuplicateFigures {
  readonly signs: string
  /** Of edited posts, those in the group of their original. */
  readonly recall: number
  /** Of edited posts put into any group that was there, those in the right one. */
  readonly precision: number
  /** Of originals, those put into the group of another with which they share less than 30 %. */
  readonly falseGroups: number
  /** Of originals, those that say what another says: real duplicates. */
  readonly realGroups: number
  readonly postsPerSecond: number
  readonly megabytes: number
  readonly recallBy: Readonly<Record<string, number>>
}

export interface Encoded {
  readonly texts: readonly string[]
  /** Of edited texts too, in the order of `editedTexts`. */
  readonly vectors?: readonly (ArrayLike<number> | undefined)[] | undefined
  readonly editedVectors?: readonly (ArrayLike<number> | undefined)[] | undefined
}

/** One edit of each, the kinds in turn. */
export function editedTexts(
  texts: readonly string[],
  seed: number,
): { kind: string; text: string }[] {
  const random = seededRandom(seed)
  const kinds = Object.entries(edits)
  return texts.map((text, place) => {
    const [kind, edit] = kinds[place % kinds.length]!
    return { kind, text: edit(text, random) }
  })
}

export function benchDuplicates(given: Encoded, seed: number): DuplicateFigures[] {
  const ways: readonly (readonly DuplicateSign[])[] = [
    ['sim-hash'],
    ['min-hash'],
    ['min-hash', 'sim-hash'],
  ]
  const rows = ways.map((signs) => measure(given, seed, signs))
  return given.vectors ? [...rows, measure(given, seed, ['min-hash', 'vector'])] : rows
}

function measure(
  { texts, vectors, editedVectors }: Encoded,
  seed: number,
  signs: readonly DuplicateSign[],
): DuplicateFigures {
  const edited = editedTexts(texts, seed)
  const width = vectors?.find((vector) => vector)?.length ?? 0
  const index = createDuplicateIndex({ capacity: 100_000, width, signs })
  const startedAt = performance.now()
  const groups = texts.map((text, id) => index.add(id, text, vectors?.[id]))
  const foreign = groups.filter((group, id) => group !== id && isForeign(texts[id]!, texts[group]!))
  const joined = groups.filter((group, id) => group !== id).length
  const counts = new Map<string, { right: number; all: number }>()
  let right = 0
  let placed = 0
  const order = texts
    .map((_, id) => id)
    .sort((a, b) => ((a * 7919) % 104_729) - ((b * 7919) % 104_729))
  for (const id of order) {
    const { kind, text } = edited[id]!
    const group = index.add(texts.length + id, text, editedVectors?.[id])
    const isRight = group === groups[id]
    const isNew = group === texts.length + id
    const count = counts.get(kind) ?? { right: 0, all: 0 }
    counts.set(kind, { right: count.right + (isRight ? 1 : 0), all: count.all + 1 })
    if (isRight) right++
    // The group of a post as near to the edited one as its original is right as well.
    if (!isNew && (isRight || isForeign(text, texts[group] ?? ''))) placed++
  }
  const seconds = (performance.now() - startedAt) / 1_000
  return {
    signs: signs.join('+'),
    recall: right / texts.length,
    precision: right / Math.max(1, placed),
    falseGroups: foreign.length / texts.length,
    realGroups: (joined - foreign.length) / texts.length,
    postsPerSecond: Math.round((2 * texts.length) / seconds),
    megabytes: Math.round(index.bytes / 2 ** 20),
    recallBy: Object.fromEntries(
      [...counts].map(([kind, { right: hits, all }]) => [
        kind,
        Math.round((1_000 * hits) / all) / 1_000,
      ]),
    ),
  }
}

function isForeign(one: string, other: string): boolean {
  return jaccard(shinglesOf(one), shinglesOf(other)) < 0.3
}

/** A sample in random order. */
export function sampleOf<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const random = seededRandom(seed)
  const left = [...items]
  const sample: Item[] = []
  while (sample.length < count && left.length > 0) {
    const place = integer(random, 0, left.length)
    sample.push(left[place]!)
    left[place] = left.at(-1)!
    left.pop()
  }
  return sample
}
