/** A small city of our own, large enough for the gate: everybody cares for one topic in four. */
import type { Models } from '../domain/serving.ts'
import type { Engine } from '../engine.ts'
import { seededRandom } from '../math/random.ts'
import { untilEncoded } from './test-engine.ts'
import { town } from './town.ts'

const people = 60
export const topics = [
  'telescope stars comet',
  'sourdough bread oven',
  'bicycle road wheel',
  'jazz trumpet club',
]
const postsPerTopic = 25
/** Everybody cares for one topic in four and acts on its posts, now and then on another. */
export async function fillCity(engine: Engine): Promise<void> {
  const [someone] = town.users
  const users = Array.from({ length: people }, (_, n) => ({
    ...someone!,
    id: `p${n}`,
    isPrivate: false,
  }))
  await engine.putUsers(users)
  const posts = topics.flatMap((words, topic) =>
    Array.from({ length: postsPerTopic }, (_, n) => postOf(topic, n, words)),
  )
  await engine.putItems(posts)
  const random = seededRandom(5)
  const events = Array.from({ length: people * 14 }, (_, n) => {
    const person = n % people
    const topic = random() < 0.9 ? person % topics.length : Math.floor(random() * topics.length)
    // Favourites of a topic: what an item-based rule cannot tell from the text.
    const post = Math.floor(postsPerTopic * random() ** 1.5)
    const at = new Date(town.now.getTime() - (people * 14 - n) * 60_000)
    return { type: 'like' as const, userId: `p${person}`, itemId: `t${topic}-${post}`, at }
  })
  await engine.addEvents(events)
  await untilEncoded(engine)
}

export function postOf(topic: number, n: number, words: string) {
  return {
    ...{ id: `t${topic}-${n}`, kind: 'post', text: `${words} number ${n}`, tags: [] },
    ...{ createdAt: new Date(town.now.getTime() - 40 * 3_600_000), visibility: 'public' as const },
    ...{ isUnsafe: false, language: 'en' },
  }
}

/** What came of it. */
export async function trained(engine: Engine): Promise<Models> {
  await engine.train()
  for (;;) {
    const models = await engine.models()
    if (!models.training.isRunning) return models
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
