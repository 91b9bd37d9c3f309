/** Topics of a network, a list for each space of vectors: directions of two cannot be compared. */
import type { Embedding } from '../../domain/embedding.ts'
import type { NamedTopic, TopicOfNetwork } from '../../domain/understanding.ts'
import { type Topics, topicsOf } from './topics.ts'

export interface SpaceTopics extends Topics {
  readonly space: string
  /** Posts that were read for the last fit. */
  readonly posts: number
  /** Posts that there were. */
  readonly of: number
}

const mostTopics = 3
/** A text is also about what its vector is so nearly as near to. */
const nearlyAsNear = 0.9

/** What a text is about, nearest first; none without a vector, or before the network has topics. */
export function topicsOfText(
  embedding: Embedding | undefined,
  known: readonly SpaceTopics[],
): NamedTopic[] {
  const spaced = known.find(({ space }) => space === embedding?.space)
  if (!embedding || !spaced || spaced.width !== embedding.values.length) return []
  const near = spaced.topics
    .map((topic) => {
      const [found] = topicsOf([embedding.values], { ...spaced, topics: [topic] })
      return { topic, closeness: Math.min(1, found!.closeness) }
    })
    .sort((a, b) => b.closeness - a.closeness)
  const least = nearlyAsNear * (near[0]?.closeness ?? 0)
  return near
    .filter(({ closeness }) => closeness > 0 && closeness >= least)
    .slice(0, mostTopics)
    .map(({ topic: { id, words, size }, closeness }) => {
      return { id, words: [...words], closeness, share: size / Math.max(1, spaced.posts) }
    })
}

/** Posts of a topic by the mean of all topics of its space. */
export function relativeSize(
  { share }: NamedTopic,
  embedding: Embedding | undefined,
  known: readonly SpaceTopics[],
): number {
  const spaced = known.find(({ space }) => space === embedding?.space)
  return share * (spaced?.topics.length ?? 1)
}

/** All of them, largest first. */
export function namedTopics(known: readonly SpaceTopics[]): TopicOfNetwork[] {
  return known
    .flatMap(({ space, posts, topics }) =>
      topics.map(({ id, words, size }) => {
        return { id, words: [...words], share: size / Math.max(1, posts), space, posts: size }
      }),
    )
    .sort((a, b) => b.posts - a.posts)
}
