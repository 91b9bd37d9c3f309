/**
 * Test, then learn (prequential evaluation: Dawid 1984; Gama et al. 2013): the protocol for networks
 * where most of what people meet is new. Events run in time order; before each event of the last part
 * every row ranks what is published for that person at that moment, then it learns the event.
 *
 * No leaks: a row is told of an event only when a later instant is reached, so events of one instant
 * never inform each other; of an item only after its publication (or with its first event, where
 * clocks disagree); of a tie only with the event that shows it. Choose options on an earlier window.
 */
import { seededRandom } from '../../math/random.ts'
import type { Interaction, ItemFacts } from '../data/dataset.ts'
import {
  type EvaluateProgress,
  type Evaluation,
  refuseEmptyTest,
  rowsOf,
} from '../evaluate/evaluate.ts'
import { metricName } from '../evaluate/lists.ts'
import type { Measurement } from '../evaluate/measure.ts'
import { memoryPeak } from '../evaluate/memory-peak.ts'
import { coverage, type ListMetricName, listMetrics } from '../evaluate/metrics.ts'
import type { LiveRanker, LiveSystem } from './live-ranker.ts'
import { type Script, type Step, scriptOf } from './script.ts'

export interface ReplayOptions {
  readonly rankers: readonly LiveRanker[]
  readonly interactions: readonly Interaction[]
  readonly items: readonly ItemFacts[]
  /** Where the tested part starts and the replay ends, as shares of the events. */
  readonly window: readonly [from: number, to: number]
  readonly at: readonly number[]
  /** The row that all others are compared with; the best baseline when left out. */
  readonly against?: string | undefined
  readonly seeds: number
  readonly clock: () => number
  readonly signal?: AbortSignal | undefined
  readonly progress?: EvaluateProgress | undefined
}

export interface ReplayEvaluation extends Evaluation {
  /** Tested events whose item was not published yet: a miss for every row. */
  readonly unpublished: number
  /** Events of the tested part that repeat a pair or are about the person's own item: only learned. */
  readonly untested: number
}

/** With one relevant item a question, recall is hr. */
const replayMetrics = ['hr', 'ndcg', 'mrr'] as const satisfies readonly ListMetricName[]
const questionsPerSample = 200

export async function replay(options: ReplayOptions): Promise<ReplayEvaluation> {
  const { rankers, seeds, at } = options
  const script = scriptOf(options.interactions, options.items, options.window)
  const questions = script.steps.flatMap((step) => step.questions)
  refuseEmptyTest(questions.length)
  const runs = new Map<string, Measurement[]>()
  for (const ranker of rankers) {
    const measurements: Measurement[] = []
    for (let seed = 1; seed <= (ranker.usesChance ? seeds : 1); seed++) {
      measurements.push(await run(ranker, script, seed, options))
    }
    runs.set(ranker.name, measurements)
  }
  return {
    rows: rowsOf(runs, [metricName('hr', at[0]!), metricName('ndcg', at[0]!)], options.against),
    sizes: { train: script.before, valid: 0, test: questions.length },
    testPeople: new Set(questions.map(({ userId }) => userId)).size,
    unpublished: questions.filter(({ isPublished }) => !isPublished).length,
    untested: script.untested,
  }
}

async function run(
  ranker: LiveRanker,
  { steps }: Script,
  seed: number,
  options: ReplayOptions,
): Promise<Measurement> {
  const { clock, signal } = options
  const began = clock()
  const memory = memoryPeak()
  const system = await ranker.open({ random: seededRandom(seed), signal })
  const total = steps.reduce((sum, { questions }) => sum + questions.length, 0)
  const { lists, rankSeconds } = await live(system, steps, options, (done) => {
    memory.sample()
    options.progress?.(`${ranker.name}, seed ${seed}`, done, total)
  }).finally(() => system.close?.())
  const fitSeconds = (clock() - began) / 1000 - rankSeconds
  return { ...valuesOf(steps, lists, options), fitSeconds, rankSeconds, ...memory.figures() }
}

interface Answers {
  /** One per question. */
  readonly lists: readonly (readonly string[])[]
  readonly rankSeconds: number
}

async function live(
  system: LiveSystem,
  steps: readonly Step[],
  { at, clock, signal }: ReplayOptions,
  progress: (done: number) => void,
): Promise<Answers> {
  const lists: (readonly string[])[] = []
  const k = Math.max(...at)
  let rankSeconds = 0
  for (const step of steps) {
    signal?.throwIfAborted()
    await tell(system, step)
    const told = clock()
    for (const { userId, exclude } of step.questions) {
      lists.push(await system.rank({ userId, at: step.at, k, exclude }))
      if (lists.length % questionsPerSample === 0) progress(lists.length)
    }
    rankSeconds += (clock() - told) / 1000
  }
  progress(lists.length)
  return { lists, rankSeconds }
}

async function tell(system: LiveSystem, { items, events }: Step): Promise<void> {
  if (items.length > 0) await system.publish(items)
  if (events.length > 0) await system.learn(events)
}

function valuesOf(
  steps: readonly Step[],
  lists: readonly (readonly string[])[],
  { at, items }: ReplayOptions,
): Pick<Measurement, 'metrics' | 'byPerson'> {
  const questions = steps.flatMap((step) => step.questions)
  const people = new Map(
    [...new Set(questions.map(({ userId }) => userId))].map((id, person) => [id, person]),
  )
  const tests = new Float64Array(people.size)
  for (const { userId } of questions) tests[people.get(userId)!]! += 1
  const metrics = new Map<string, number>()
  const byPerson = new Map<string, Float64Array>()
  for (const k of at) {
    const hits = questions.map(({ itemId }, place) => hitsOf(lists[place]!, itemId, k))
    for (const name of replayMetrics) {
      const sums = new Float64Array(people.size)
      for (const [place, { userId }] of questions.entries()) {
        sums[people.get(userId)!]! += listMetrics[name](hits[place]!, k, 1)
      }
      const total = sums.reduce((sum, value) => sum + value, 0)
      metrics.set(metricName(name, k), total / Math.max(1, questions.length))
      byPerson.set(
        metricName(name, k),
        sums.map((sum, person) => sum / tests[person]!),
      )
    }
    metrics.set(`coverage@${k}`, coverage(shownOf(lists, items, k)))
  }
  return { metrics, byPerson }
}

function hitsOf(list: readonly string[], itemId: string, k: number): Uint8Array {
  const hits = new Uint8Array(k)
  const place = list.indexOf(itemId)
  if (place >= 0 && place < k) hits[place] = 1
  return hits
}

function shownOf(
  lists: readonly (readonly string[])[],
  items: readonly { readonly id: string }[],
  k: number,
): number[] {
  const shown = new Set(lists.flatMap((list) => list.slice(0, k)))
  return items.map(({ id }) => (shown.has(id) ? 1 : 0))
}
