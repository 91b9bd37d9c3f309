/** One request in, one page out: runs the feed, then turns its numbers into what a person reads. */
import type { FeedName, Page, PageItem } from '../domain/page.ts'
import type { BoundsRecord, PageBounds } from '../domain/page-bounds.ts'
import type { Draw, ShownPage } from '../domain/shown-page.ts'
import { createInterests, type Interests } from '../interest/interests.ts'
import type { Memory } from '../memory/memory.ts'
import type { PeopleGraph } from '../relations/graph/people-graph.ts'
import type { Arrangement } from './arrangement.ts'
import type { Candidates } from './candidates.ts'
import { createContexts } from './context.ts'
import { createExplainer } from './explain.ts'
import type { Feed } from './feed.ts'
import { createFeeds, type ItemFeedName, type Limits } from './feeds.ts'
import type { Learned } from './learned/learned.ts'
import { peoplePage } from './people-page.ts'
import { createRunner, type Fate, fateOf, type Run } from './run.ts'
import type { FeedContext, FeedRequest } from './stage.ts'
import { contextWords } from './value/context-words.ts'
import { nameOf } from './words-of.ts'

export interface RecommendRequest extends FeedRequest {
  readonly feed: FeedName
  /** The id of the page, made by the caller. */
  readonly pageId: string
}

export interface Recommender {
  recommend(request: RecommendRequest): Page
  /** The page with what learning needs to know of it later, where the feed learns. */
  recommendToLearn(request: RecommendRequest): LearnablePage
  /** What became, or would become, of one item in a request: why it is not on the page. */
  whyNot(request: FeedRequest & { readonly feed: ItemFeedName }, item: number): Fate
}

export interface LearnablePage {
  readonly page: Page
  readonly shown?: ShownPage | undefined
}

export interface RecommenderOptions {
  readonly memory: Memory
  readonly interests?: Interests | undefined
  readonly learned?: Learned | undefined
  /** Who is near whom, for the feed `people`. */
  readonly graph?: PeopleGraph | undefined
  readonly feeds?: Readonly<Record<ItemFeedName, Feed>> | undefined
  readonly limits?: Limits | undefined
  readonly bounds?: PageBounds | undefined
}

export function createRecommender({
  memory,
  interests = createInterests(memory),
  learned,
  graph,
  limits,
  bounds,
  feeds = createFeeds({ learned, limits, bounds }),
}: RecommenderOptions): Recommender {
  const contextFor = createContexts(memory, interests, learned)
  const run = createRunner()

  function itemPage(feed: Feed, request: FeedRequest): Made {
    const context = contextFor(request)
    const record = run(feed, request, context)
    const explain = request.explain ? createExplainer(record, request, context) : undefined
    const items = Array.from(record.rows, (row, place) => {
      const choice = record.arrangement.chosen.get(row)
      const plain = pageItemOf(record.candidates, row, place + 1, context)
      const item = choice ? { ...plain, chance: choice.chance } : plain
      return explain ? { ...item, because: explain(row, place + 1) } : item
    })
    const shown = feed.valuer && shownOf(feed, record, request, memory)
    const bounds = boundsRecordOf(record.arrangement)
    return { items, shown, dropped: record.dropped, bounds }
  }

  function make({ feed, ...request }: RecommendRequest): Made {
    if (feed === 'people') return peoplePage(memory, interests.of(request.person), request, graph)
    return itemPage(feeds[feed], request)
  }

  function recommendToLearn(request: RecommendRequest): LearnablePage {
    const { items, dropped, shown, bounds: record } = make(request)
    const { pageId: id, feed, limit } = request
    const made: Page = { id, feed, items, dropped: Object.fromEntries(dropped) }
    const page = record ? { ...made, bounds: record } : made
    return { page: items.length === limit ? { ...page, next: id } : page, shown }
  }

  return {
    recommend: (request) => recommendToLearn(request).page,
    recommendToLearn,
    whyNot({ feed, ...request }, item) {
      const context = contextFor(request)
      return fateOf(item, feeds[feed], run(feeds[feed], request, context), request, context)
    },
  }
}

/** Of every scorer of the feed, what it said of what is shown. */
function shownOf(
  { scorers }: Feed,
  { candidates, rows, arrangement }: Run,
  request: FeedRequest,
  memory: Memory,
): ShownPage {
  const parts = scorers.map(({ scorer }) => scorer.name)
  const said = saidOf(rows, parts, candidates)
  const chances = Float32Array.from(rows, (row) => arrangement.chosen.get(row)?.chance ?? 1)
  const draws = [...rows].flatMap((row, place): Draw[] => {
    const among = arrangement.chosen.get(row)?.among
    if (!among) return []
    return [{ place, taken: among.indexOf(row), said: saidOf(among, parts, candidates) }]
  })
  return { parts, said, chances, draws, context: contextWords(request, memory) }
}

/** What each scorer said of these rows. [rows × parts] */
function saidOf(
  rows: ArrayLike<number>,
  parts: readonly string[],
  { raw }: Pick<Candidates, 'raw'>,
): Float32Array {
  const said = new Float32Array(rows.length * parts.length)
  for (const [part, name] of parts.entries()) {
    const column = raw.get(name)!
    for (let at = 0; at < rows.length; at++) said[at * parts.length + part] = column[rows[at]!]!
  }
  return said
}

interface Made {
  readonly shown?: ShownPage | undefined
  readonly items: PageItem[]
  readonly dropped: ReadonlyMap<string, number>
  readonly bounds?: BoundsRecord | undefined
}

function boundsRecordOf({ moved, givenUp }: Arrangement): BoundsRecord | undefined {
  const record: Record<string, { acted: number; isKept: boolean }> = {}
  const of = (name: string) => {
    record[name] ??= { acted: 0, isKept: !givenUp.has(name) }
    return record[name]
  }
  for (const name of moved.values()) of(name).acted++
  for (const name of givenUp) of(name)
  return Object.keys(record).length > 0 ? record : undefined
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
