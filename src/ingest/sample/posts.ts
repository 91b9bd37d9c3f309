/** What the sample city writes: people write on their tastes, at their hours, in their moods. */
import type { Item } from '../../domain/item.ts'
import { type Random, weightedChoice } from '../../math/random.ts'
import { type CityLanguage, composePost, pick } from './compose.ts'
import { anyOf, createDraw, firstIndex, momentOf } from './draws.ts'
import { moods } from './moods.ts'
import { type Resident, topicFor } from './people.ts'
import { places } from './places.ts'
import { topics } from './topics.ts'

export interface Post {
  readonly item: Item
  readonly author: number
  readonly topic: number
  readonly mood: number
  readonly language: CityLanguage
  readonly atMs: number
  /** How well it was done: some posts just please more. Standard normal. */
  readonly appeal: number
}

export const days = 28
const attempts = 8

/** Oldest first. */
export function makePosts(
  people: readonly Resident[],
  count: number,
  now: Date,
  random: Random,
): Post[] {
  const author = createDraw(
    people.map(({ activity }) => activity),
    random,
  )
  const written = Array.from({ length: count }, () => {
    const person = author()
    const atMs = momentOf(now.getTime(), days, people[person]?.hour ?? 12, random)
    return { person, atMs }
  }).sort((a, b) => a.atMs - b.atMs)
  const texts = new Set<string>()
  return written.map(({ person, atMs }, index) => {
    const resident = people[person]
    if (!resident) throw new RangeError(`There is no person number ${person}.`)
    const topic = topicFor(resident.taste, random)
    const mood = moodFor(resident.mood, random)
    const language = pick(resident.languages, random)
    const text = newText(texts, { topic, mood, language, district: resident.district }, random)
    const item: Item = {
      id: `city-post-${index + 1}`,
      kind: 'post',
      authorId: resident.user.id,
      text,
      createdAt: new Date(atMs),
      language,
      tags: [topics[topic]?.name ?? '', 'sample'],
      visibility: 'public',
      isUnsafe: false,
    }
    return { item, author: person, topic, mood, language, atMs, appeal: appealOf(random) }
  })
}

interface Plan {
  readonly topic: number
  readonly mood: number
  readonly language: CityLanguage
  readonly district: number
}

/** Tries a few times not to say what was said before. */
function newText(texts: Set<string>, plan: Plan, random: Random): string {
  const topic = topics[plan.topic]
  const mood = moods[plan.mood]
  const home = places[plan.district]
  if (!topic || !mood || !home) throw new RangeError('A post needs a topic, a mood and a place.')
  let text = ''
  for (let attempt = 0; attempt < attempts; attempt++) {
    const place = random() < 0.65 ? home : pick(places, random)
    text = composePost({ topic, mood, language: plan.language, place }, random)
    if (!texts.has(text)) break
  }
  texts.add(text)
  return text
}

const moodShares = moods.map(({ share }) => share)

function moodFor(own: number, random: Random): number {
  return random() < 0.35 ? own : weightedChoice(random, moodShares)
}

/** Sum of uniforms: near enough to normal, and quick. */
function appealOf(random: Random): number {
  return (random() + random() + random() - 1.5) * 2
}

/** Numbers of posts by author and by topic, oldest first, for the simulation. */
export function groupPosts(
  posts: readonly Post[],
  groups: number,
  groupOf: (post: Post) => number,
): readonly (readonly number[])[] {
  const grouped = Array.from({ length: groups }, (): number[] => [])
  for (const [index, post] of posts.entries()) grouped[groupOf(post)]?.push(index)
  return grouped
}

/** One of the newest posts of a list as of `atMs`, newer ones more likely; undefined when none. */
export function recentOf(
  list: readonly number[],
  posts: readonly Post[],
  atMs: number,
  spread: number,
  random: Random,
): number | undefined {
  const end = firstIndex(list.length, (index) => (posts[list[index] ?? 0]?.atMs ?? 0) >= atMs)
  const back = Math.floor(-Math.log(1 - random()) * spread) + 1
  return back <= end ? list[end - back] : anyOf(list.slice(0, Math.min(end, 20)), random)
}
