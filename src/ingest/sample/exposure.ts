/** What comes before a person's eyes in the simulated four weeks; nothing comes twice. */
import type { Random } from '../../math/random.ts'
import { anyOf } from './draws.ts'
import { type Resident, topicFor } from './people.ts'
import { groupPosts, type Post, recentOf } from './posts.ts'
import { topics } from './topics.ts'

export interface Streets {
  readonly people: readonly Resident[]
  readonly posts: readonly Post[]
  readonly following: readonly Iterable<number>[]
}

export interface Exposure {
  /** Number of a post, or -1. */
  next(person: number, atMs: number): number
  praised(person: number, post: number): void
}

const trendLength = 400
const likedLength = 6
const attempts = 6

export function createExposure(
  { people, posts, following }: Streets & { readonly following: readonly (readonly number[])[] },
  random: Random,
): Exposure {
  const byAuthor = groupPosts(posts, people.length, ({ author }) => author)
  const byTopic = groupPosts(posts, topics.length, ({ topic }) => topic)
  const everything = posts.map((_, index) => index)
  const seen = people.map(() => new Set<number>())
  const liked = people.map((): number[] => [])
  const trend: number[] = []

  function propose(person: number, atMs: number): number | undefined {
    const friend = anyOf(following[person], random) ?? -1
    const chance = random()
    if (chance < 0.45) return recentOf(byAuthor[friend] ?? [], posts, atMs, 2, random)
    if (chance < 0.6) return anyOf(liked[friend], random)
    if (chance < 0.8) {
      const topic = topicFor(people[person]?.taste ?? new Float32Array(), random)
      return recentOf(byTopic[topic] ?? [], posts, atMs, 8, random)
    }
    return chance < 0.92 ? anyOf(trend, random) : recentOf(everything, posts, atMs, 150, random)
  }

  function isWelcome(person: number, post: number, atMs: number): boolean {
    const { language, atMs: writtenAtMs = Infinity } = posts[post] ?? {}
    if (writtenAtMs >= atMs || language === undefined || seen[person]?.has(post)) return false
    return people[person]?.languages.includes(language) === true || random() < 0.1
  }

  return {
    next(person, atMs) {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const post = propose(person, atMs)
        if (post === undefined || !isWelcome(person, post, atMs)) continue
        seen[person]?.add(post)
        return post
      }
      return -1
    },
    praised(person, post) {
      keepNewest(liked[person], post, likedLength)
      keepNewest(trend, post, trendLength)
    },
  }
}

/** Drops the older half at twice the length: cheap, and close enough to a ring. */
function keepNewest(list: number[] | undefined, value: number, length: number): void {
  list?.push(value)
  if (list && list.length > 2 * length) list.splice(0, length)
}
