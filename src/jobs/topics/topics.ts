/**
 * Keeps the topics of the network: fitted from its newest public posts when enough has come, in a
 * thread of low priority, each time from the topics before, so that a topic keeps its id and its words.
 * They rest in a sealed file. After an erasure they are fitted anew at once: words that nobody left
 * says go.
 */
import type { Log } from '../../log.ts'
import type { Memory } from '../../memory/memory.ts'
import { fitTopicsApart } from '../../understand/topics/fit-apart.ts'
import type { SpaceTopics } from '../../understand/topics/space-topics.ts'
import type { Topics } from '../../understand/topics/topics.ts'
import type { Snapshots } from '../snapshot.ts'
import { countPosts, newestPosts } from './posts.ts'
import { topicsFile, topicsOfFile } from './topics-file.ts'

export interface TopicsJob {
  /** Those of each space. */
  list(): readonly SpaceTopics[]
  /** Posts came; fits when they are enough. */
  wake(): void
  /** Posts were erased: what is kept is let go of before this resolves, and fitted anew. */
  forget(): Promise<void>
  progress(): { done: number; total: number }
  close(): Promise<void>
}

interface TopicsParts {
  readonly memory: Memory
  readonly kept: Snapshots
  /** Told of all topics whenever they are others. */
  readonly tell: (topics: readonly SpaceTopics[]) => void
  readonly log: Log
  readonly seed?: number
  /** Posts of a space from which on it has topics. */
  readonly leastPosts?: number
  /** Newest posts of a space that are read. */
  readonly mostPosts?: number
}

/** A fit is due when there are so many times the posts of the last one. */
const growth = 1.2
const leastByDefault = 100
const mostByDefault = 10_000

export async function openTopicsJob(parts: TopicsParts): Promise<TopicsJob> {
  const { memory, kept, tell, log, seed = 1, mostPosts = mostByDefault } = parts
  const stop = new AbortController()
  const keeper = createKeeper(kept)
  let topics = await readKept(kept)
  let isStale = false
  let state = { done: 0, total: 0 }
  tell(topics)

  async function fitDue(): Promise<void> {
    const mustAll = isStale
    const due = dueSpaces(parts, topics, mustAll)
    if (due.length === 0 && !mustAll) return
    isStale = false
    if (mustAll) topics = topics.filter(({ space }) => due.some(([name]) => name === space))
    state = { done: 0, total: due.length }
    for (const [space, count] of due) {
      await fit(space, count)
      state.done++
    }
    if (!isStale) await keeper.save(topics)
  }

  async function fit(space: string, count: number): Promise<void> {
    const posts = newestPosts(memory, space, mostPosts)
    const before = beforeOf(topics, space)
    const found = await fitTopicsApart(posts, { before, seed, signal: stop.signal })
    // What was erased meanwhile is in it: the next fit is under way.
    if (isStale) return
    const others = topics.filter((one) => one.space !== space)
    topics = [...others, { ...found, space, posts: posts.texts.length, of: count }]
    tell(topics)
  }

  const turns = createTurns(async () => {
    if (stop.signal.aborted) return
    await fitDue()
      .catch((cause: unknown) => {
        if (!stop.signal.aborted) log.warn('topics were not fitted', { reason: String(cause) })
      })
      .finally(() => {
        state = { done: 0, total: 0 }
      })
  })

  return {
    list: () => topics,
    wake: turns.wake,
    async forget() {
      isStale = true
      // Directions stay, so that a topic stays the same; the words go until they are found again.
      topics = topics.map(withoutWords)
      tell(topics)
      await keeper.discard()
      turns.wake()
    },
    progress: () => state,
    async close() {
      stop.abort()
      await turns.settled()
    },
  }
}

/** Spaces with their posts. */
function dueSpaces(
  { memory, leastPosts = leastByDefault, mostPosts = mostByDefault }: TopicsParts,
  topics: readonly SpaceTopics[],
  mustAll: boolean,
): [string, number][] {
  return [...countPosts(memory)].filter(([space, count]) => {
    const last = topics.find((one) => one.space === space)
    if (count < leastPosts) return false
    return !last || mustAll || count >= growth * last.of || count - last.of >= mostPosts / 2
  })
}

/** What a fit begins with; ids are given once over all spaces. */
function beforeOf(topics: readonly SpaceTopics[], space: string): Topics {
  const nextId = Math.max(0, ...topics.map((one) => one.nextId))
  return { width: 0, topics: [], ...topics.find((one) => one.space === space), nextId }
}

function withoutWords(one: SpaceTopics): SpaceTopics {
  return { ...one, topics: one.topics.map((topic) => ({ ...topic, words: [] })) }
}

/** One turn of the work at a time, and another when it was woken meanwhile. */
function createTurns(work: () => Promise<void>) {
  let isWoken = false
  let running: Promise<void> | undefined
  async function run(): Promise<void> {
    while (isWoken) {
      isWoken = false
      await work()
    }
    running = undefined
  }
  return {
    wake(): void {
      isWoken = true
      running ??= run()
    },
    settled: async () => running,
  }
}

/** What is discarded while it is being written does not come back. */
function createKeeper(kept: Snapshots) {
  let saving = Promise.resolve()
  return {
    save(topics: readonly SpaceTopics[]): Promise<void> {
      saving = kept.save([topicsFile(topics)])
      return saving
    },
    async discard(): Promise<void> {
      await saving.catch(() => undefined)
      await kept.discard()
    },
  }
}

async function readKept(kept: Snapshots): Promise<readonly SpaceTopics[]> {
  const file = await kept.load()
  try {
    return file ? topicsOfFile(file) : []
  } catch {
    // A file of another form is one less: they are fitted anew.
    return []
  }
}
