/**
 * Trains on the network's own events in the background, at set times and when asked; what passes the
 * gate serves from the next page on, and the one before is kept to go back to.
 */
import type { RunRow } from '../domain/run.ts'
import type { Training } from '../domain/serving.ts'
import { KithError } from '../errors.ts'
import { record } from '../learn/runs/record.ts'
import type { Registry } from '../learn/runs/registry.ts'
import type { OpenRun } from '../learn/runs/start-run.ts'
import type { Log } from '../log.ts'
import type { Memory } from '../memory/memory.ts'
import type { Learned } from '../recommend/learned/learned.ts'
import type { StoredModel } from '../store/store.ts'
import type { Serving } from './serving.ts'
import { factsOf } from './training/facts.ts'
import type { Numbered, Outcome } from './training/messages.ts'
import { type PastPart, readPast } from './training/past.ts'
import { trainApart } from './training/train-apart.ts'

export interface TrainingJob {
  /** Starts one unless one is under way. */
  start(): Training
  state(): Training
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  close(): Promise<void>
}

export interface TrainingParts {
  readonly memory: Memory
  readonly serving: Serving
  readonly learned: Learned
  readonly runs: Registry
  readonly log: Log
  readonly now: () => Date
  readonly random: () => number
  /** The built entry of the training process. */
  readonly entry: URL
  /** Between two trainings of the schedule; 0 = only when asked. */
  readonly everyHours: number
  readonly started?: ((pid: number | undefined) => void) | undefined
}

const hourMs = 3_600_000
/** How often newer items are taken in, and for how long at a time. */
const catchUpMs = { every: 50, slice: 2 }

export function createTrainingJob(parts: TrainingParts): TrainingJob {
  const { serving, learned, log, everyHours } = parts
  const stop = new AbortController()
  const rest: Training = { isRunning: false, phase: '', done: 0, total: 0 }
  let state = rest
  let running: Promise<void> | undefined

  async function train(): Promise<void> {
    try {
      await serving.settled()
      const trained = await trainAndJudge(parts, stop.signal, (phase, done, total) => {
        state = { ...state, phase, done, total }
      })
      await serving.keep(trained)
      const { id, state: became, verdict } = trained
      log.info('trained', { model: id, state: became, reasons: verdict.reasons })
      state = { ...rest, last: endOf(trained) }
    } catch (cause) {
      if (!stop.signal.aborted) log.warn('a training did not come to its end', { cause })
      const reason = cause instanceof Error ? cause.message : String(cause)
      state = { ...rest, last: { passes: false, reasons: [reason] } }
    }
  }

  function start(): Training {
    if (running || stop.signal.aborted) return state
    state = { ...state, isRunning: true, phase: 'reading' }
    running = train().finally(() => {
      running = undefined
    })
    return state
  }

  const schedule = everyHours > 0 ? setInterval(start, everyHours * hourMs).unref() : undefined
  const catchingUp = setInterval(() => learned.catchUp(catchUpMs.slice), catchUpMs.every).unref()

  return {
    start,
    state: () => state,
    async idle() {
      await running
    },
    async close() {
      clearInterval(schedule)
      clearInterval(catchingUp)
      stop.abort(new KithError('unavailable', 'The engine closed while a training was under way.'))
      await running
      await serving.settled()
    },
  }
}

interface TrainedModel extends StoredModel {
  readonly verdict: Outcome['verdict']
}

type Told = (phase: string, done: number, total: number) => void

async function trainAndJudge(
  parts: TrainingParts,
  signal: AbortSignal,
  told: Told,
): Promise<TrainedModel> {
  const { memory, serving, runs, random, entry, started } = parts
  const past: PastPart[] = []
  for await (const part of readPast(memory, { signal })) past.push(part)
  const seed = Math.floor(random() * 2 ** 32)
  // A stored model that could not be put into service is nothing to go on from.
  const from = serving.id() ? numbered(memory, await serving.current()) : undefined
  const plan = { kind: 'train', models: ['serving'], seeds: [seed], data: factsOf(past) } as const
  return record({ registry: runs, plan, signal }, async (run) => {
    const outcome = await trainApart(past, {
      ...{ entry, seed, serving: from, signal, started, progress: told },
      report: (name, step, value) => run.track.log(name, step, value),
    })
    return { result: storedModelOf(outcome, run, parts), end: runEndOf(outcome) }
  })
}

/** Ids as numbers of memory, for a process that is told no id. */
function numbered({ items }: Memory, stored: StoredModel | undefined): Numbered | undefined {
  if (!stored) return undefined
  return {
    file: stored.file,
    itemIds: stored.itemIds.map((id) => {
      const item = items.numberOf(id)
      return item < 0 ? '' : String(item)
    }),
  }
}

function storedModelOf(
  { itemIds, file, verdict }: Outcome,
  run: OpenRun,
  { memory, now }: TrainingParts,
): TrainedModel {
  return {
    // A model is called after its run.
    ...{ id: run.id, runId: run.id, at: now(), file, verdict },
    state: verdict.passes ? 'serving' : 'refused',
    // An item that went meanwhile has no id any more, and its vector belongs to nobody.
    itemIds: itemIds.map((number) => memory.items.get(Number(number))?.id ?? ''),
  }
}

function runEndOf({ verdict, means, frozen }: Outcome) {
  const rows = [...rowsOf(means, 'all', 'ndcg@10'), ...rowsOf(frozen, 'old likings', 'hr@10')]
  const reason = verdict.reasons.join(' ') || 'Nowhere worse than what served.'
  const notes = verdict.segments.map(
    ({ segment, against, difference, p, people }) =>
      `${segment}: ${difference.toFixed(4)} against ${against} (p = ${p.toPrecision(2)}, ${people} people)`,
  )
  return { rows, notes, gate: { isPassed: verdict.passes, reason } }
}

function rowsOf(
  means: Readonly<Record<string, number>>,
  segment: string,
  metric: string,
): RunRow[] {
  return Object.entries(means).map(([model, mean]) => ({
    ...{ model, segment, metrics: { [metric]: { mean, sd: 0 } } },
  }))
}

function endOf({ id, runId, verdict }: TrainedModel): NonNullable<Training['last']> {
  const { passes, reasons } = verdict
  return { modelId: id, runId, passes, reasons }
}
