/** One request in, one page out: runs the feed, then turns its numbers into what a person reads. */
import type { FeedName, Page, PageItem } from '../domain/page.ts'
import { createInterests, type Interests } from '../interest/interests.ts'
import type { Memory } from '../memory/memory.ts'
import type { PeopleGraph } from '../relations/graph/people-graph.ts'
import type { Candidates } from './candidates.ts'
import { createContexts } from './context.ts'
import { createExplainer } from './explain.ts'
import type { Feed } from './feed.ts'
import { createFeeds, type ItemFeedName, type Limits } from './feeds.ts'
import type { Learned } from './learned/learned.ts'
import { peoplePage } from './people-page.ts'
import { createRunner, type Fate, fateOf } from './run.ts'
import type { FeedContext, FeedRequest } from './stage.ts'
import { nameOf } from './words-of.ts'

export interface RecommendRequest extends FeedRequest {
  readonly feed: FeedName
  /** The id of the page, made by the caller. */
  readonly pageId: string
}

export interface Recommender {
  recommend(request: RecommendRequest): Page
  /** What became, or would become, of one item in a request: why it is not on the page. */
  whyNot(request: FeedRequest & { readonly feed: ItemFeedName }, item: number): Fate
}

export interface RecommenderOptions {
  readonly memory: Memory
  readonly interests?: Interests | undefined
  readonly learned?: Learned | undefined
  /** Who is near whom, for the feed `people`. */
  readonly graph?: PeopleGraph | undefined
  readonly feeds?: Readonly<Record<ItemFeedName, Feed>> | undefined
  readonly limits?: Limits | undefined
}

export function createRecommender({
  memory,
  interests = createInterests(memory),
  learned,
  graph,
  limits,
  feeds = createFeeds({ learned, limits }),
}: RecommenderOptions): Recommender {
  const contextFor = createContexts(memory, interests, learned)
  const run = createRunner()

  function itemPage(feed: Feed, request: FeedRequest): Made {
    const context = contextFor(request)
    const record = run(feed, request, context)
    const explain = request.explain ? createExplainer(record, request, context) : undefined
    const items = Array.from(record.rows, (row, place) => {
      const item = pageItemOf(record.candidates, row, place + 1, context)
      return explain ? { ...item, because: explain(row) } : item
    })
    return { items, dropped: record.dropped }
  }

  function make({ feed, ...request }: RecommendRequest): Made {
    if (feed === 'people') return peoplePage(memory, interests.of(request.person), request, graph)
    return itemPage(feeds[feed], request)
  }

  return {
    recommend(request) {
      const { items, dropped } = make(request)
      const { pageId: id, feed, limit } = request
      const page: Page = { id, feed, items, dropped: Object.fromEntries(dropped) }
      return items.length === limit ? { ...page, next: id } : page
    },
    whyNot({ feed, ...request }, item) {
      const context = contextFor(request)
      return fateOf(item, feeds[feed], run(feeds[feed], request, context), request, context)
    },
  }
}

interface Made {
  readonly items: PageItem[]
  readonly dropped: ReadonlyMap<string, number>
}

function pageItemOf(
  { items, scores, parts, from, sources }: Candidates,
  row: number,
  rank: number,
  { memory }: FeedContext,
): PageItem {
  const shown: Record<string, number> = {}
  for (const [name, column] of parts) if (column[row] !== 0) shown[name] = column[row]!
  return {
    rank,
    item: itemOf(memory, items[row]!),
    score: scores[row]!,
    parts: shown,
    from: sources.filter((_, source) => (from[row]! >>> source) & 1),
  }
}

function itemOf(memory: Memory, number: number): PageItem['item'] {
  const { id, kind, text, tags, ...found } = memory.items.get(number)!
  const item: PageItem['item'] = { id, kind, text, tags, createdAt: found.createdAt.toISOString() }
  if (found.authorId !== undefined) {
    item.authorId = found.authorId
    const author = memory.items.authorOf(number)
    if (author >= 0) item.authorName = nameOf(memory, author)
  }
  if (found.language !== undefined) item.language = found.language
  if (found.url !== undefined) item.url = found.url
  return item
}
