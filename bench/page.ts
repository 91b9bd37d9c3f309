/**
 * `npm run bench -- page`: the processor time of one `home` page (50 items, explained and serialised)
 * in memory alone, without HTTP and PostgreSQL; run it under `node --cpu-prof` to see where it goes.
 * Options: --items, --people, --events, --pages, --json.
 */

import { emptyMemory } from '../src/live/remember.ts'
import { seededRandom } from '../src/math/random.ts'
import { quantile } from '../src/math/stats.ts'
import { createRecommender } from '../src/recommend/recommend.ts'
import { changesOf } from './changes.ts'
import { now } from './network.ts'
import { readOptions } from './options.ts'

const rounds = 6

export async function bench(options: string[]): Promise<void> {
  const { json, pages, ...size } = readOptions(options, {
    items: 100_000,
    people: 20_000,
    events: 1_000_000,
    pages: 1_000,
    json: false,
  })
  const memory = emptyMemory()
  const foldMs = cpuMsOf(() => {
    for (const changes of changesOf(size)) memory.apply(changes)
  })
  const recommender = createRecommender({ memory })
  const random = seededRandom(5)
  const page = (person: number): string =>
    JSON.stringify(
      recommender.recommend({
        feed: 'home',
        pageId: 'bench',
        person,
        item: -1,
        limit: 50,
        now,
        random,
        exclude: new Set(),
        languages: [],
        explain: true,
        locale: 'en',
      }),
    )
  const perRound = Array.from({ length: rounds }, () => {
    const costs = Array.from({ length: pages }, () =>
      cpuMsOf(() => page(Math.floor(size.people * random()))),
    )
    return {
      meanMs: costs.reduce((sum, cost) => sum + cost, 0) / costs.length,
      p99Ms: quantile(costs, 0.99),
    }
  })
  const memoryMib = Math.round(process.memoryUsage().rss / 2 ** 20)
  for (const { meanMs, p99Ms } of perRound) {
    process.stdout.write(`a page: ${meanMs.toFixed(3)} ms of CPU, p99 ${p99Ms.toFixed(2)} ms\n`)
  }
  process.stdout.write(
    `folding everything: ${(foldMs / 1000).toFixed(1)} s of CPU; memory ${memoryMib} MiB\n`,
  )
  if (json) process.stdout.write(`${JSON.stringify({ size, perRound, foldMs, memoryMib })}\n`)
}

function cpuMsOf(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
