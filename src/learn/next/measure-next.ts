/** Rows side by side on the same cases: fit, rank every target, measure; the same for every command. */
import { seededRandom } from '../../math/random.ts'
import type { Note } from '../data/dataset.ts'
import { type EvaluateProgress, type EvaluationRow, rowsOf } from '../evaluate/evaluate.ts'
import type { Measurement } from '../evaluate/measure.ts'
import { memoryPeak } from '../evaluate/memory-peak.ts'
import { listMetrics } from '../evaluate/metrics.ts'
import { type NextModel, type NextTrainer, refitted } from './next-trainer.ts'
import { rankTargets } from './rank-targets.ts'
import type { NextRecords } from './record-next.ts'
import type { Cases, Sequences } from './sequences.ts'

export interface MeasureNextOptions extends NextRecords {
  readonly trainers: readonly NextTrainer[]
  readonly train: Sequences
  readonly valid?: Cases | undefined
  /** To learn anew from once everything has been chosen on `valid`. */
  readonly whole?: Sequences | undefined
  readonly test: Cases
  /** List lengths; the first is the one of the significance test. */
  readonly at: readonly number[]
  /** Seeds 1 to this. */
  readonly seeds: number
  /** Milliseconds that only go forward. */
  readonly clock: () => number
  /** Hears what fits chose. */
  readonly note: Note
  readonly signal?: AbortSignal | undefined
  readonly progress?: EvaluateProgress | undefined
}

const metricNames = ['hr', 'ndcg', 'mrr'] as const

export async function measureNext(options: MeasureNextOptions): Promise<EvaluationRow[]> {
  const { trainers, seeds, at } = options
  const runs = new Map<string, Measurement[]>(trainers.map(({ name }) => [name, []]))
  for (let seed = 1; seed <= seeds; seed++) {
    for (const trainer of trainers) {
      if (seed > 1 && !trainer.usesChance) continue
      runs.get(trainer.name)!.push(await measureOne(trainer, seed, options))
    }
  }
  return rowsOf(runs, [`hr@${at[0]!}`, `ndcg@${at[0]!}`])
}

async function measureOne(
  trainer: NextTrainer,
  seed: number,
  options: MeasureNextOptions,
): Promise<Measurement> {
  const { train, valid, whole, test, at, clock, note, signal, progress } = options
  const random = seededRandom(seed + 2 ** 32)
  const memory = memoryPeak()
  const tell = (phase: string) => (done: number, total: number) => {
    memory.sample()
    progress?.(`${trainer.name}, seed ${seed}: ${phase}`, done, total)
  }
  const began = clock()
  const checkpoint = options.checkpoint?.(trainer.name, seed)
  const report = options.report?.(`${trainer.name}/seed ${seed}`)
  const context = { random, valid, signal, checkpoint, report, progress: tell('fit') }
  const first = await trainer.fit(train, context)
  const model = whole ? await refitted(trainer, first, whole, context) : first
  await checkpoint?.discard()
  tellChosen(trainer.name, seed, model, note)
  memory.sample()
  const fitted = clock()
  const asked = { items: train.items.size, random, signal, progress: tell('rank') }
  const ranks = await rankTargets(model, test, asked).finally(() => model.close?.())
  const byPerson = valuesOf(ranks, at)
  return {
    metrics: meansOf(byPerson),
    byPerson,
    fitSeconds: (fitted - began) / 1000,
    rankSeconds: (clock() - fitted) / 1000,
    ...memory.figures(),
  }
}

function tellChosen(name: string, seed: number, { chosen = {} }: NextModel, note: Note): void {
  const texts = Object.entries(chosen).map(([option, value]) => `${option} ${value}`)
  if (texts.length > 0) note(`${name}, seed ${seed}, chose ${texts.join(', ')}`)
}

/** One target a case, so the recall is the hit rate. */
function valuesOf(ranks: Int32Array, at: readonly number[]): Map<string, Float64Array> {
  const hit = (rank: number, k: number): Uint8Array => {
    const hits = new Uint8Array(k)
    if (rank < k) hits[rank] = 1
    return hits
  }
  return new Map(
    at.flatMap((k) =>
      metricNames.map((name): [string, Float64Array] => [
        `${name}@${k}`,
        Float64Array.from(ranks, (rank) => listMetrics[name](hit(rank, k), k, 1)),
      ]),
    ),
  )
}

function meansOf(byPerson: ReadonlyMap<string, Float64Array>): Map<string, number> {
  return new Map(
    [...byPerson].map(([name, values]) => [
      name,
      values.reduce((sum, value) => sum + value, 0) / values.length,
    ]),
  )
}
