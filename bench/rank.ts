/**
 * `npm run bench -- rank`: the fused ranker alone. 1,000 candidates of one person get what every scorer
 * says, nine foretold probabilities each, and a score split into parts; wall time on one core.
 * Options: --items, --people, --events, --rounds, --json.
 */
import { foretoldActions } from '../src/domain/action-values.ts'
import { createInterests } from '../src/interest/interests.ts'
import type { ActionModel } from '../src/learn/actions/action-model.ts'
import { emptyMemory } from '../src/live/remember.ts'
import { normal, type Random, seededRandom } from '../src/math/random.ts'
import { quantile } from '../src/math/stats.ts'
import type { Memory } from '../src/memory/memory.ts'
import { createContexts } from '../src/recommend/context.ts'
import type { Feed } from '../src/recommend/feed.ts'
import { createFeeds } from '../src/recommend/feeds.ts'
import { createLearned, type Learned } from '../src/recommend/learned/learned.ts'
import { createRunner } from '../src/recommend/run.ts'
import type { FeedRequest } from '../src/recommend/stage.ts'
import { createExactVectors } from '../src/vectors/exact.ts'
import { changesOf } from './changes.ts'
import { now } from './network.ts'
import { readOptions } from './options.ts'

const candidates = 1_000
const width = 64
const knots = 10

export async function bench(options: string[]): Promise<void> {
  const { json, rounds, ...size } = readOptions(options, {
    ...{ items: 20_000, people: 5_000, events: 200_000, rounds: 400, json: false },
  })
  const memory = emptyMemory()
  for (const changes of changesOf(size)) memory.apply(changes)
  const random = seededRandom(5)
  const learned = await someModel(memory, random)
  const { home } = createFeeds({ learned })
  const feed: Feed = { ...home, sources: [anyItems()], filters: [], lateFilters: [], rerankers: [] }
  const contextFor = createContexts(memory, createInterests(memory), learned)
  const run = createRunner()
  const times = Array.from({ length: rounds }, () => {
    const request = requestOf(Math.floor(random() * size.people), random)
    // Interests and folded-in people are kept between pages, so they are not part of this.
    run({ ...feed, valuer: home.valuer }, request, contextFor(request))
    const started = performance.now()
    const { candidates: scored } = run(feed, request, contextFor(request))
    const took = performance.now() - started
    if (scored.count !== candidates) throw new Error(`There are ${scored.count} candidates.`)
    return took
  }).slice(rounds / 4)
  const p50Ms = quantile(times, 0.5)
  const p99Ms = quantile(times, 0.99)
  process.stdout.write(
    `${candidates} candidates scored by ${home.scorers.length} parts and ${foretoldActions.length} actions: ` +
      `p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms\n`,
  )
  if (json) process.stdout.write(`${JSON.stringify({ size, candidates, p50Ms, p99Ms })}\n`)
}

async function someModel(memory: Memory, random: Random): Promise<Learned> {
  const learned = createLearned(memory, { createVectors: createExactVectors })
  const itemIds = Array.from(
    { length: memory.items.count },
    (_, n) => memory.items.get(n)?.id ?? '',
  )
  const vectors = Float32Array.from({ length: itemIds.length * width }, () => 0.1 * normal(random))
  const gram = Float32Array.from({ length: width * width }, (_, at) =>
    at % (width + 1) === 0 ? itemIds.length * 0.01 : 0,
  )
  const options = { unobserved: 0.1, regularisation: 0.006 }
  const actions = someActions(random)
  await learned.serve({ width, vectors, gram, options, contentMaps: [], actions }, itemIds)
  return learned
}

function someActions(random: Random): ActionModel {
  const parts = createFeeds().home.scorers.map(({ scorer }) => scorer.name)
  const at = Float64Array.from(
    parts.flatMap(() => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => n / 9)),
  )
  const curves = foretoldActions.map((action) => ({
    ...{ action, base: -3, contexts: {}, places: new Float64Array(0) },
    heights: at.map((x) => x * normal(random)),
  }))
  return { parts, knots: { count: knots, at }, curves }
}

function anyItems(): Feed['sources'][number] {
  return {
    share: candidates,
    source: {
      name: 'any',
      propose({ random }, { memory: { items } }, add) {
        const first = Math.floor(random() * items.count)
        for (let n = 0; n < items.count; n++) if (!add((first + n) % items.count)) return
      },
    },
  }
}

function requestOf(person: number, random: Random): FeedRequest {
  return {
    ...{ person, now, random, item: -1, limit: 50, explain: false, locale: 'en', languages: [] },
    exclude: new Set<number>(),
  }
}
