/**
 * The live engine's `home` feed as a row of `kith evaluate recommend`: memory is filled with the
 * training part through the same changes that a running engine folds, and pages are asked for.
 */
import type { Change } from './domain/change.ts'
import { edgeSchema } from './domain/edge.ts'
import type { DatedEvent } from './domain/event.ts'
import { type Item, itemSchema } from './domain/item.ts'
import { userSchema } from './domain/user.ts'
import type { Encoder } from './encoder/encoder.ts'
import type { ExternalSource, TrainingPart } from './learn/external-ranker.ts'
import { createRecommender } from './recommend/recommend.ts'
import { emptyMemory } from './remember.ts'

/** Data without times is taken to have happened at one moment. */
const someTime = new Date('2011-01-01T00:00:00Z')

export function homeRanker(encoder: Encoder): ExternalSource {
  return {
    name: 'home',
    async build(training, { random }) {
      const memory = emptyMemory()
      memory.apply(await changesOf(training, encoder))
      const recommender = createRecommender({ memory })
      const now = lastTime(training)
      return {
        async recommend(userId, k, known) {
          const exclude = new Set(known.map((id) => memory.items.numberOf(id)))
          const page = recommender.recommend({
            feed: 'home',
            pageId: '',
            person: memory.people.numberOf(userId),
            item: -1,
            limit: k,
            now,
            random,
            exclude,
            languages: [],
            explain: false,
            locale: 'en',
          })
          return page.items.map(({ item }) => item.id)
        },
      }
    },
  }
}

async function changesOf(training: TrainingPart, encoder: Encoder): Promise<Change[]> {
  const { userIds, items, interactions, ties } = training
  const known = new Set(userIds)
  const embeddings = await encoder.encode(items.map(({ text }) => text))
  const changes: Omit<Change, 'clock'>[] = [
    ...userIds.map((id) => ({ kind: 'user' as const, user: userSchema.parse({ id }) })),
    ...items.map(({ id, text, authorId, at }, n) => ({
      kind: 'item' as const,
      item: itemOf(
        id,
        text,
        authorId !== undefined && known.has(authorId) ? authorId : undefined,
        at,
      ),
      embedding: embeddings[n],
    })),
    ...ties.map(({ userId, friendId }) => ({
      kind: 'edge' as const,
      edge: edgeSchema.parse({ from: userId, to: friendId, kind: 'friend' }),
    })),
    ...interactions.map(({ userId, itemId, value, at }) => ({
      kind: 'event' as const,
      event: { type: 'click', userId, itemId, value, at: dateOf(at) } satisfies DatedEvent,
    })),
  ]
  return changes.map((change, index) => ({ ...change, clock: index + 1 }) as Change)
}

function itemOf(
  id: string,
  text: string,
  authorId: string | undefined,
  at: number | undefined,
): Item {
  const createdAt = dateOf(at).toISOString()
  return itemSchema.parse({ id, text, createdAt, ...(authorId === undefined ? {} : { authorId }) })
}

function dateOf(at: number | undefined): Date {
  return at === undefined ? someTime : new Date(at)
}

function lastTime({ interactions }: TrainingPart): Date {
  return interactions.reduce((last, { at }) => (dateOf(at) > last ? dateOf(at) : last), someTime)
}
