/**
 * Where requests for feeds arrive: ids become numbers, what the session has shown is left out, and
 * the page that was made is remembered.
 */
import type { ExplainQuery, Explanation, FeedQuery } from '../domain/feed-query.ts'
import type { Page } from '../domain/page.ts'
import { KithError } from '../errors.ts'
import type { Declared } from '../interest/declared.ts'
import type { Memory } from '../memory/memory.ts'
import type { Recommender, RecommendRequest } from './recommend.ts'
import type { Sessions } from './sessions.ts'
import { whyNotShown } from './why-not.ts'

export interface FeedDesk {
  /** @throws KithError `not-found` for an unknown person or item, `invalid-input` when one is missing */
  page(query: FeedQuery): Promise<Page>
  explain(query: ExplainQuery): Promise<Explanation>
}

export interface FeedDeskParts {
  readonly memory: Memory
  readonly recommender: Recommender
  readonly sessions: Sessions
  readonly declared: Declared
  readonly now: () => Date
  readonly random: () => number
  readonly newPageId: () => string
}

/** For words to be encoded; a busy encoder gives them to the next page. */
const mostWaitMs = 150
const explainedPageLimit = 50

export function createFeedDesk(parts: FeedDeskParts): FeedDesk {
  const { recommender, sessions, declared } = parts
  const requestOf = createRequests(parts)

  async function page(query: FeedQuery): Promise<Page> {
    const { feed, userId, after } = query
    const shown = after === undefined ? nothing : await sessions.shown(after)
    const request = requestOf(query, shown)
    await declared.ready(request.person, mostWaitMs)
    const { page: made, shown: toLearn } = recommender.recommendToLearn(request)
    if (userId !== undefined) {
      const itemIds = made.items.map(({ item }) => item.id)
      sessions.keep({ id: made.id, feed, userId, at: request.now, itemIds, after, shown: toLearn })
    }
    return made
  }

  async function explain(query: ExplainQuery): Promise<Explanation> {
    const { feed, userId, itemId, locale } = query
    if (feed === 'people') {
      throw new KithError(
        'invalid-input',
        'The feed "people" shows people: ask about an item of another feed.',
      )
    }
    const whole = { feed, userId, itemId, limit: explainedPageLimit, locale, explain: true }
    const request = requestOf({ ...whole, exclude: [], languages: [] }, nothing)
    const asked = feed === 'related' ? request : { ...request, item: -1 }
    await declared.ready(asked.person, mostWaitMs)
    const { items } = recommender.recommend(asked)
    const item = items.find((shown) => shown.item.id === itemId)
    if (item) return { outcome: 'shown', text: item.because?.text ?? '', item }
    return whyNotShown(recommender.whyNot({ ...asked, feed }, request.item), locale)
  }

  return { page, explain }
}

/** From the words of a query to numbers. */
function createRequests({ memory, now, random, newPageId }: FeedDeskParts) {
  function requestOf(query: FeedQuery, shown: ReadonlySet<string>): RecommendRequest {
    const { feed, limit, languages, explain, locale, device, place } = query
    const numbers = feed === 'people' ? memory.people : memory.items
    const exclude = new Set<number>()
    for (const ids of [shown, query.exclude])
      for (const id of ids) exclude.add(numbers.numberOf(id))
    return {
      feed,
      person: personOf(query),
      item: itemOf(query),
      limit,
      languages,
      explain,
      locale,
      device,
      place,
      exclude,
      now: now(),
      random,
      pageId: newPageId(),
    }
  }

  function personOf({ feed, userId }: FeedQuery): number {
    if (userId !== undefined) return known('user', userId, memory.people.numberOf(userId))
    if (feed !== 'home' && feed !== 'people') return -1
    throw new KithError('invalid-input', `The feed "${feed}" needs a person: give user=ID.`)
  }

  function itemOf({ feed, itemId }: FeedQuery): number {
    if (itemId !== undefined) return known('item', itemId, memory.items.numberOf(itemId))
    if (feed !== 'related') return -1
    throw new KithError(
      'invalid-input',
      'The feed "related" needs an item to start from: give item=ID.',
    )
  }

  return requestOf
}

const nothing: ReadonlySet<string> = new Set()

function known(noun: 'user' | 'item', id: string, number: number): number {
  if (number >= 0) return number
  throw new KithError(
    'not-found',
    `There is no ${noun} "${id}". Put the ${noun} first, or check the id.`,
    {
      details: { noun },
    },
  )
}
