/**
 * `kith evaluate links` below the command line: some ties are hidden, as many pairs without a tie are
 * drawn, and a scorer tells them apart. Every seed hides others; all rows see the same ones.
 */
import { createHash } from 'node:crypto'
import type { Run } from '../../domain/run.ts'
import { KithError } from '../../errors.ts'
import { openLearningKernel } from '../../kernel/learning-kernel.ts'
import { seededRandom } from '../../math/random.ts'
import { type EvaluateProgress, type EvaluationRow, rowsOf } from '../evaluate/evaluate.ts'
import type { Measurement } from '../evaluate/measure.ts'
import { memoryPeak } from '../evaluate/memory-peak.ts'
import { auc } from '../evaluate/metrics.ts'
import { evaluationTable } from '../evaluate/table.ts'
import { type PublishedRow, publishedLines } from '../next/published.ts'
import { record } from '../runs/record.ts'
import type { Registry } from '../runs/registry.ts'
import { type HeldOut, holdOut } from './hold-out.ts'
import { linkScorersNamed } from './link-scorers.ts'
import { joinedPairs, type LinkScorer } from './links.ts'
import { publishedLinks } from './published-links.ts'
import { type Links, readLinks } from './read-links.ts'

export interface EvaluateLinksOptions {
  readonly edges: string
  /** Of the ties, above 0 and at most a half. */
  readonly holdOut: number
  readonly models: readonly string[]
  /** Seeds 1 to this. */
  readonly seeds: number
  /** Left out: the evaluation is made all the same and not kept. */
  readonly registry?: Registry | undefined
  readonly clock: () => number
  readonly signal?: AbortSignal | undefined
  readonly progress?: EvaluateProgress | undefined
}

export interface LinksJson {
  readonly task: 'links'
  readonly data: string
  readonly holdOut: number
  readonly seeds: number
  readonly sizes: Readonly<Record<'people' | 'ties' | 'hidden', number>>
  readonly notes: readonly string[]
  readonly rows: readonly EvaluationRow[]
  readonly published: readonly PublishedRow[]
}

const metrics = ['auc', 'auc two away'] as const

export async function evaluateLinks(
  options: EvaluateLinksOptions,
): Promise<{ readonly table: string; readonly json: LinksJson }> {
  const { edges, holdOut: share, models, seeds } = options
  refuseBadShare(share)
  const scorers = linkScorersNamed(models)
  const notes: string[] = []
  const links = await readLinks(edges, (text) => notes.push(text))
  const ties = links.graph.neighbours.length / 2
  const rows = await recorded(options, links, () => measureAll(scorers, links, options))
  const json: LinksJson = {
    task: 'links',
    data: edges,
    holdOut: share,
    seeds,
    sizes: { people: links.ids.size, ties, hidden: Math.round(share * ties) },
    notes,
    rows,
    published: publishedLinks(links.graph, share),
  }
  return { table: tableOf(json), json }
}

function refuseBadShare(share: number): void {
  if (share > 0 && share <= 0.5) return
  throw new KithError(
    'invalid-input',
    `To hold out ${share} of the ties leaves nothing to learn from or to ask: give above 0 and up to 0.5.`,
  )
}

async function measureAll(
  scorers: readonly LinkScorer[],
  { graph }: Links,
  options: EvaluateLinksOptions,
): Promise<EvaluationRow[]> {
  const runs = new Map<string, Measurement[]>(scorers.map(({ name }) => [name, []]))
  for (let seed = 1; seed <= options.seeds; seed++) {
    const heldOut = holdOut(graph, { share: options.holdOut, random: seededRandom(seed) })
    for (const scorer of scorers) {
      runs.get(scorer.name)!.push(await measureOne(scorer, heldOut, seed, options))
    }
  }
  return rowsOf(runs, [])
}

async function measureOne(
  scorer: LinkScorer,
  { graph, hidden, strangers, twoAway }: HeldOut,
  seed: number,
  { clock, signal, progress }: EvaluateLinksOptions,
): Promise<Measurement> {
  const memory = memoryPeak()
  const began = clock()
  const kernel = openLearningKernel()
  const pairs = joinedPairs(hidden, strangers, twoAway)
  const scores = await scorer
    .score(graph, pairs, {
      kernel,
      random: seededRandom(seed + 2 ** 32),
      signal,
      progress(done, total) {
        memory.sample()
        progress?.(`${scorer.name}, seed ${seed}`, done, total)
      },
    })
    .finally(() => kernel.close())
  const ties = hidden.from.length
  const between = ties + strangers.from.length
  const ofTies = scores.subarray(0, ties)
  return {
    metrics: new Map([
      [metrics[0], auc(ofTies, scores.subarray(ties, between))],
      [metrics[1], auc(ofTies, scores.subarray(between))],
    ]),
    byPerson: new Map(),
    fitSeconds: 0,
    rankSeconds: (clock() - began) / 1000,
    ...memory.figures(),
  }
}

async function recorded(
  { registry, models, seeds, signal, edges, holdOut: share }: EvaluateLinksOptions,
  { ids, graph }: Links,
  work: () => Promise<EvaluationRow[]>,
): Promise<EvaluationRow[]> {
  if (!registry) return work()
  const hash = createHash('sha256').update(graph.starts).update(graph.neighbours).digest('hex')
  const options: Run['options'] = { task: 'links', holdOut: share }
  const interactions = graph.neighbours.length / 2
  const data = { name: edges, hash, users: ids.size, items: 0, interactions }
  const numbers = Array.from({ length: seeds }, (_, index) => index + 1)
  const plan = { kind: 'evaluate', models, seeds: numbers, options, data } as const
  return record({ registry, plan, signal }, async () => {
    const result = await work()
    const rows = result.map(({ model, metrics: of, seconds, memoryMb }) => ({
      ...{ model, segment: 'all', metrics: { ...of }, seconds, memoryMb },
    }))
    return { result, end: { rows } }
  })
}

function tableOf(json: LinksJson): string {
  const { people, ties, hidden } = json.sizes
  return [
    `${json.data} · ${hidden} of ${ties} ties hidden, as many strangers by lot · seeds ${json.seeds}`,
    `${people} people · second column: strangers who have a neighbour in common`,
    '',
    evaluationTable(json.rows, metrics),
    ...publishedLines(json.published),
    ...json.notes.map((note) => `note: ${note}`),
  ].join('\n')
}
