/**
 * The sample city: what the demo shows when nobody has brought a network, and the ground truth for
 * tests. Everything follows from the seed, the sizes and `now`; every person is marked `isSample`
 * and every post carries the tag `sample`.
 */
import type { Edge } from '../../domain/edge.ts'
import type { DatedEvent } from '../../domain/event.ts'
import type { Item } from '../../domain/item.ts'
import type { User } from '../../domain/user.ts'
import { KithError } from '../../errors.ts'
import { seededRandom } from '../../math/random.ts'
import { simulate } from './behaviour.ts'
import { moods } from './moods.ts'
import { makePeople } from './people.ts'
import { places } from './places.ts'
import { makePosts } from './posts.ts'
import { makeTies } from './ties.ts'
import { topics } from './topics.ts'

export interface CityOptions {
  readonly seed: number
  /** Posts and events lie in the four weeks before. */
  readonly now: Date
  readonly people?: number | undefined
  readonly posts?: number | undefined
}

/** What only the generator knows; index = place in `users` or `items`. */
export interface CityTruth {
  readonly topics: readonly string[]
  readonly moods: readonly string[]
  readonly communities: readonly string[]
  /** Each person's taste over the topics, summing to 1. */
  readonly tastes: readonly Float32Array[]
  readonly communityOf: Uint8Array
  readonly topicOf: Uint8Array
  readonly moodOf: Uint8Array
}

export interface SampleCity {
  readonly users: readonly User[]
  /** Oldest first. */
  readonly items: readonly Item[]
  /** Ties from before the four weeks; those made in them are `follow` events. */
  readonly edges: readonly Edge[]
  /** Oldest first. */
  readonly events: readonly DatedEvent[]
  readonly truth: CityTruth
}

export const usualCity = { people: 2_000, posts: 12_000 } as const

export function makeCity({
  seed,
  now,
  people: peopleCount = usualCity.people,
  posts: postCount = usualCity.posts,
}: CityOptions): SampleCity {
  if (!(peopleCount >= 1 && postCount >= 0)) {
    throw new KithError(
      'invalid-input',
      `A city of ${peopleCount} people and ${postCount} posts cannot be made. It needs at least one person.`,
    )
  }
  const random = seededRandom(seed)
  const people = makePeople(peopleCount, now, moods.length, random)
  const { edges, following } = makeTies(people, now, random)
  const posts = makePosts(people, postCount, now, random)
  return {
    users: people.map(({ user }) => user),
    items: posts.map(({ item }) => item),
    edges,
    events: simulate({ people, posts, following }, now, random),
    truth: {
      topics: topics.map(({ name }) => name),
      moods: moods.map(({ name }) => name),
      communities: places.map(({ name }) => name.en),
      tastes: people.map(({ taste }) => taste),
      communityOf: Uint8Array.from(people, ({ district }) => district),
      topicOf: Uint8Array.from(posts, ({ topic }) => topic),
      moodOf: Uint8Array.from(posts, ({ mood }) => mood),
    },
  }
}
