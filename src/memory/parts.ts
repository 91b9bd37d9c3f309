/** The parts of the hot state, made and wired together. */
import type { CreateVectors } from '../vectors/vectors.ts'
import { Alike } from './alike.ts'
import { Engagement } from './engagement.ts'
import { Histories } from './histories.ts'
import { ItemVectors } from './item-vectors.ts'
import { Items } from './items.ts'
import { People } from './people.ts'
import { Ties } from './ties.ts'

export interface Parts {
  readonly items: Items
  readonly people: People
  readonly ties: Ties
  readonly histories: Histories
  readonly engagement: Engagement
  readonly vectors: ItemVectors
  readonly alike: Alike
}

export interface MemoryOptions {
  /** The index behind `nearest`, for example `createInvertedFile`. */
  readonly createVectors: CreateVectors
  /** Newest entries kept of a person's history. */
  readonly historyLimit?: number
  /** Newest items kept of those a person met. */
  readonly seenLimit?: number
  /** Newest people kept of those who engaged with an item. */
  readonly engagersLimit?: number
  readonly trendHalfLifeHours?: number
  /** Items that the same people engaged with, kept of an item. */
  readonly alikeLimit?: number
  /** Items whose neighbours, by text and by people, are kept. */
  readonly cacheLimit?: number
}

export function createParts({
  createVectors,
  historyLimit = 500,
  seenLimit = 5_000,
  engagersLimit = 100,
  trendHalfLifeHours = 24,
  alikeLimit = 60,
  cacheLimit = 20_000,
}: MemoryOptions): Parts {
  const items = new Items()
  const histories = new Histories({ historyLimit, seenLimit })
  const engagement = new Engagement({ engagersLimit, trendHalfLifeHours }, () => items.count)
  return {
    items,
    people: new People(),
    ties: new Ties(),
    histories,
    engagement,
    vectors: new ItemVectors(createVectors, cacheLimit),
    alike: new Alike(histories, engagement, { alikeLimit, cacheLimit }),
  }
}
