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
import type { PageStore, StoredModel } from '../store/store.ts'
import type { Serving } from './serving.ts'
import { createFacts } from './training/facts.ts'
import type { Numbered, Outcome } from './training/messages.ts'
import { type PastPart, readPast } from './training/past.ts'
import { readShown, type ShownPart } from './training/shown-past.ts'
import { type ApartOptions, trainApart, wasKilled } from './training/train-apart.ts'

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
  readonly pages: Pick<PageStore, 'shown'>
  readonly serving: Serving
  readonly learned: Learned
  readonly runs: Registry
  readonly log: Log
  readonly now: () => Date
  /** The built entry of the training process. */
  readonly entry: URL
  /** Between two trainings of the schedule; 0 = only when asked. */
  readonly everyHours: number
  readonly started?: ((pid: number | undefined) => void) | undefined
}

/** A process that is killed so often is killed for a reason, such as the memory it needs. */
const mostAttempts = 3
const hourMs = 3_600_000
/** An engine that is opened for the length of one command does not begin with it. */
const takeUpAfterMs = 3_000
/** What its runs and checkpoints are called. */
const trainer = 'serving'
/** How often newer items are taken in, and for how long at a time. */
const catchUpMs = { every: 50, slice: 2 }

export function createTrainingJob(parts: TrainingParts): TrainingJob {
  const { serving, learned, runs, log, everyHours } = parts
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

  /** What was killed with the engine, or called off when it closed, goes on with it. */
  async function takeUp(): Promise<void> {
    const left = await runs.unfinished()
    if (left.some((fit) => fit.trainer === trainer)) start()
  }
  const takingUp = setTimeout(() => {
    takeUp().catch((cause: unknown) => log.warn('no killed training can be taken up', { cause }))
  }, takeUpAfterMs).unref()

  const schedule = everyHours > 0 ? setInterval(start, everyHours * hourMs).unref() : undefined
  const catchingUp = setInterval(() => learned.catchUp(catchUpMs.slice), catchUpMs.every).unref()

  return {
    start,
    state: () => state,
    async idle() {
      await running
    },
    async close() {
      clearTimeout(takingUp)
      clearInterval(schedule)
      clearInterval(catchingUp)
      stop.abort(new KithError('unavailable', 'The engine closed while a training was under way.'))
      await running
      await serving.close()
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
  const { memory, pages, serving, runs, entry, started } = parts
  const past: (PastPart | ShownPart)[] = []
  const facts = createFacts()
  for await (const part of readPast(memory, { signal })) {
    past.push(part)
    facts.add(part)
  }
  for await (const part of readShown(pages, memory, { now: parts.now(), signal })) {
    past.push(part)
    facts.add(part)
  }
  // A stored model that could not be put into service is nothing to go on from.
  const from = serving.id() ? numbered(memory, await serving.current()) : undefined
  const data = facts.end()
  // Of the data, so that the same past is the same training, and one that was killed is found again.
  const seed = Number.parseInt(data.hash.slice(0, 8), 16)
  const options = { from: from ? (serving.id() ?? '') : '' }
  const checkpoint = runs.checkpoint({ data: data.hash, trainer, options, seed })
  await runs.forget((fit) => fit.trainer === trainer && fit.path !== checkpoint.path)
  const plan = { kind: 'train', models: [trainer], seeds: [seed], data } as const
  return record({ registry: runs, plan, signal }, async (run) => {
    const apart: ApartOptions = {
      ...{ entry, seed, serving: from, checkpoint: checkpoint.path, signal, started },
      ...{ progress: told, report: (name, step, value) => run.track.log(name, step, value) },
    }
    try {
      const outcome = await trainPatiently(past, apart, parts.log)
      await checkpoint.discard()
      return { result: storedModelOf(outcome, run, parts), end: runEndOf(outcome) }
    } catch (cause) {
      // What went wrong by itself would go wrong again from there.
      if (!wasKilled(cause) && !signal.aborted) await checkpoint.discard()
      throw cause
    }
  })
}

/** When the process is killed, another goes on where it stood. */
async function trainPatiently(
  past: readonly (PastPart | ShownPart)[],
  apart: ApartOptions,
  log: Log,
): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await trainApart(past, apart)
    } catch (cause) {
      if (!wasKilled(cause) || apart.signal.aborted || attempt === mostAttempts) throw cause
      log.warn('the training process was killed; another goes on where it stood', { attempt })
    }
  }
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

function runEndOf({ verdict, means, frozen, measured }: Outcome) {
  const rows = [
    ...rowsOf(means, 'all', 'ndcg@10'),
    ...rowsOf(frozen, 'old likings', 'hr@10'),
    ...measured.map(foretellingOf),
  ]
  const reason = verdict.reasons.join(' ') || 'Nowhere worse than what served.'
  const notes = verdict.segments.map(
    ({ segment, against, difference, p, people }) =>
      `${segment}: ${difference.toFixed(4)} against ${against} (p = ${p.toPrecision(2)}, ${people} people)`,
  )
  return { rows, notes, gate: { isPassed: verdict.passes, reason } }
}

function foretellingOf({ action, calibrationError, logLoss }: Outcome['measured'][number]): RunRow {
  const figure = (mean: number) => ({ mean, sd: 0 })
  return {
    ...{ model: 'challenger', segment: `foretold ${action}` },
    metrics: { ece: figure(calibrationError), 'log-loss': figure(logLoss) },
  }
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
