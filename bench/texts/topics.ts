/** Topics of real posts: do their words belong together, and do they stay as posts come? */
import { seededRandom } from '../../src/math/random.ts'
import { tellingWords } from '../../src/understand/keywords/keywords.ts'
import { adjustedRandIndex, coherence } from '../../src/understand/topics/judge-topics.ts'
import { fitLda } from '../../src/understand/topics/lda.ts'
import { fitTopics, type Posts, topicsOf } from '../../src/understand/topics/topics.ts'

const seeds = [1, 2, 3]

export function benchTopics(
  texts: readonly string[],
  vectors: readonly ArrayLike<number>[],
  k: number,
) {
  const posts: Posts = { vectors, words: texts.map(tellingWords) }
  const half = Math.floor(texts.length / 2)
  const early = part(posts, 0, half)
  const late = part(posts, half, texts.length)
  const rows = seeds.map((seed) => {
    const random = () => seededRandom(seed)
    const first = fitTopics(early, { random: random(), k })
    const other = fitTopics(late, { random: seededRandom(seed + 50), k })
    const grown = fitTopics(posts, { random: random(), k, before: first.topics })
    const anew = fitTopics(posts, { random: seededRandom(seed + 90), k })
    const lda = fitLda(early.words, { k, random: random() })
    const ldaOther = fitLda(early.words, { k, random: seededRandom(seed + 70) })
    const idsOf = (topics: typeof first.topics) => topicsOf(vectors, topics).map(({ id }) => id)
    return {
      ariHalves: adjustedRandIndex(idsOf(first.topics), idsOf(other.topics)),
      ariGrown: adjustedRandIndex(first.assigned, grown.assigned.slice(0, half)),
      ariAnew: adjustedRandIndex(first.assigned, anew.assigned.slice(0, half)),
      postsKeepId: first.assigned.filter((id, place) => id === grown.assigned[place]).length / half,
      idsKept: share(first.topics.topics, ({ id }) =>
        grown.topics.topics.some((one) => one.id === id),
      ),
      wordsKept: share(first.topics.topics, ({ id, words }) => {
        const now = grown.topics.topics.find((one) => one.id === id)
        return now !== undefined && now.words.join() === words.join()
      }),
      coherence: coherence(
        first.topics.topics.map(({ words }) => words),
        late.words,
      ),
      ldaCoherence: coherence(lda.topics, late.words),
      ldaAriSeeds: adjustedRandIndex(lda.assigned, ldaOther.assigned),
    }
  })
  const chosen = fitTopics(posts, { random: seededRandom(1) })
  return {
    posts: texts.length,
    k,
    ...meanOf(rows),
    chosenK: chosen.topics.topics.length,
    examples: chosen.topics.topics
      .toSorted((a, b) => b.size - a.size)
      .slice(0, 8)
      .map(({ size, words }) => `${size}: ${words.slice(0, 6).join(' ')}`),
  }
}

function part({ vectors, words }: Posts, from: number, to: number): Posts {
  return { vectors: vectors.slice(from, to), words: words.slice(from, to) }
}

function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.filter(holds).length / items.length
}

function meanOf<Row extends Readonly<Record<string, number>>>(
  rows: readonly Row[],
): Record<string, number> {
  const names = Object.keys(rows[0] ?? {})
  return Object.fromEntries(
    names.map((name) => [
      name,
      Math.round((1_000 * rows.reduce((sum, row) => sum + row[name]!, 0)) / rows.length) / 1_000,
    ]),
  )
}
