/**
 * The whole of a live training: fit on what was, learn what people do about items from choices made
 * after it, compare with what serves on still newer ones, then fit on everything.
 */
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { Change } from '../../domain/change.ts'
import { verdictSchema } from '../../domain/serving.ts'
import { loadActions, savedActions } from '../../learn/actions/action-model.ts'
import {
  type ActionFit,
  type ActionMeasure,
  actionMeasureSchema,
  fitActions,
} from '../../learn/actions/fit-actions.ts'
import { judge, type Trial, type Verdict } from '../../learn/serving/gate.ts'
import type { Checkpoint, SavedModel } from '../../learn/trainer.ts'
import { type Random, seededRandom } from '../../math/random.ts'
import type { Memory } from '../../memory/memory.ts'
import { createLearned, type Learned } from '../../recommend/learned/learned.ts'
import { createRecommender, type Recommender } from '../../recommend/recommend.ts'
import type { CreateVectors } from '../../vectors/vectors.ts'
import { type FittedModel, fitModel, loadFit, type ModelFit, savedFit } from './fit-model.ts'
import { foundAgain } from './frozen.ts'
import type { Breathe } from './pace.ts'
import { type FreshChoice, type Rehearsal, rehearse, requestOf } from './rehearsal.ts'
import { type RehearsedSlates, rehearsedSlates } from './rehearsed-slates.ts'
import { segmentsOf } from './segments.ts'
import { type ShownPart, slatesOf } from './shown-past.ts'
import { openSteps } from './steps.ts'

export interface ServingTraining {
  readonly createMemory: () => Memory
  readonly createVectors: CreateVectors
  readonly random: Random
  /** What serves now; the fit begins from it, and the gate compares with it. */
  readonly serving?: FittedModel | undefined
  readonly fit?: Omit<
    ModelFit,
    'random' | 'signal' | 'warm' | 'progress' | 'checkpoint' | 'breathe'
  >
  /** Where a killed training goes on: of the same changes, seed and serving model. */
  readonly checkpoint?: Checkpoint | undefined
  /** Most pages made to learn actions from, and to judge by; 0 leaves that step out. */
  readonly choices?: number
  readonly trials?: number
  /** Pages as they were made, oldest first: where they are enough, they teach instead of rehearsed ones. */
  readonly shown?: readonly ShownPart[] | undefined
  /** Sources and scorers of `home` that are left out, for ablations. */
  readonly without?: readonly string[] | undefined
  readonly signal?: AbortSignal | undefined
  /** Called between pieces of work; left out, it works all the time. */
  readonly breathe?: Breathe | undefined
  readonly progress?: ((phase: string, done: number, total: number) => void) | undefined
  readonly report?: ((name: string, step: number, value: number) => void) | undefined
}

export interface TrainedServing extends FittedModel {
  readonly verdict: Verdict
  /** How each action was foretold on pages that taught nothing. */
  readonly measured: readonly ActionMeasure[]
  /** Mean NDCG@10 of fresh choices, by contender. */
  readonly means: Readonly<Record<string, number>>
  /** Share of a frozen set of old likings that is found again, by contender. */
  readonly frozen: Readonly<Record<string, number>>
}

/** The newest fifth of the choices; three fifths of it teach what people do, the rest judges. */
const freshShare = 0.2
const teachingShare = 0.6

export async function trainServing(
  changes: readonly Change[],
  training: ServingTraining,
): Promise<TrainedServing> {
  const { choices = 1_500, trials = 1_500, without, checkpoint, signal, progress } = training
  // Each step has chance of its own, so that it is the same when the one before is read back.
  const chance = {
    ...{ rehearsal: fork(training), first: fork(training), last: fork(training) },
    pages: fork(training),
  }
  const steps = await openSteps(checkpoint)
  const { breathe = async () => setImmediate() } = training
  const options = { ...training, breathe, random: chance.rehearsal, freshShare }
  const rehearsal = await rehearse(changes, options)
  const { memory } = rehearsal
  const fitted = async (phase: string, own: Pick<ModelFit, 'random' | 'warm'>) => {
    const saved = await steps.once(phase, async (middle) =>
      savedFit(
        await fitModel(memory, { ...fitOf(training, phase), ...own, checkpoint: middle }),
        memory,
      ),
    )
    return loadFit(saved, memory)
  }
  const early = await fitted('first fit', { random: chance.first, warm: training.serving })
  const teaching = Math.round(rehearsal.left * (trials > 0 ? teachingShare : 1))
  const until = rehearsal.left - teaching
  const taught = await steps.once('actions', async () => {
    const learned = await servedBy(early, memory, training)
    const pages = rehearsedSlates(rehearsal, learned, { without, random: chance.pages })
    await rehearsal.goOn(teaching, choices, (choice) => {
      pages.ask(choice)
      progress?.('actions', pages.slates.length, choices)
    })
    const { parts, before } = pages
    const slates = slatesOf(training.shown ?? [], parts) ?? pages.slates
    return taughtBy({ parts, before, slates }, { report: training.report, breathe })
  })
  await rehearsal.goOn(rehearsal.left - until, 0, () => undefined)
  const actions = loadActions(taught)
  const challenger = { ...early, model: { ...early.model, actions } }
  const judged = await steps.once('trials', async () =>
    savedJudgement(await tryOut(rehearsal, challenger, trials, training)),
  )
  await rehearsal.goOn(rehearsal.left, 0, () => undefined)
  signal?.throwIfAborted()
  const { model, itemIds } = await fitted('last fit', { random: chance.last, warm: early })
  const last = { itemIds, model: { ...model, actions } }
  const measured = measuredIn(taught)
  return {
    ...last,
    ...judgementIn(judged),
    measured,
    frozen: frozenOf(memory, last, training.serving),
  }
}

function fork({ random }: ServingTraining): Random {
  return seededRandom(Math.floor(random() * 2 ** 32))
}

async function taughtBy(
  { parts, before, slates }: Pick<RehearsedSlates, 'parts' | 'before' | 'slates'>,
  { report, breathe }: Pick<ActionFit, 'report' | 'breathe'>,
): Promise<SavedModel> {
  const fitted = await fitActions({ parts, slates }, { before, report, breathe })
  if (!fitted) return { tensors: {}, meta: {} }
  for (const { action, calibrationError, logLoss, baseLogLoss } of fitted.measured) {
    report?.(`actions/${action}/calibration-error`, 0, calibrationError)
    report?.(`actions/${action}/log-loss`, 0, logLoss)
    report?.(`actions/${action}/log-loss-of-one-frequency`, 0, baseLogLoss)
  }
  const { tensors, meta } = savedActions(fitted.model)
  return { tensors, meta: { ...meta, measured: JSON.stringify(fitted.measured) } }
}

function measuredIn({ meta }: SavedModel): readonly ActionMeasure[] {
  return z.array(actionMeasureSchema).parse(JSON.parse(String(meta['measured'] ?? '[]')))
}

const judgementSchema = z.object({
  verdict: verdictSchema,
  means: z.record(z.string(), z.number()),
})

function savedJudgement(judgement: Pick<TrainedServing, 'verdict' | 'means'>): SavedModel {
  return { tensors: {}, meta: { judgement: JSON.stringify(judgement) } }
}

function judgementIn({ meta }: SavedModel): Pick<TrainedServing, 'verdict' | 'means'> {
  return judgementSchema.parse(JSON.parse(String(meta['judgement'])))
}

/** Without a model before, there is nothing to forget. */
function frozenOf(memory: Memory, last: FittedModel, before: FittedModel | undefined) {
  const models = before ? [last, before] : [last]
  const [challenger = 0, serving] = foundAgain(memory, models)
  return serving === undefined ? { challenger } : { challenger, serving }
}

function fitOf({ signal, progress, fit, breathe }: ServingTraining, phase: string) {
  return {
    ...{ ...fit, signal, breathe },
    progress: (done: number, total: number) => progress?.(phase, done, total),
  }
}

async function servedBy(
  { model, itemIds }: FittedModel,
  memory: Memory,
  { createVectors }: ServingTraining,
): Promise<Learned> {
  const learned = createLearned(memory, { createVectors })
  await learned.serve(model, itemIds)
  return learned
}

async function tryOut(
  rehearsal: Rehearsal,
  challenger: FittedModel,
  trials: number,
  training: ServingTraining,
): Promise<Pick<TrainedServing, 'verdict' | 'means'>> {
  const { memory, interests } = rehearsal
  const contenders = new Map<string, Recommender>()
  const models: Learned[] = []
  for (const [name, model] of [
    ['challenger', challenger],
    ['none', undefined],
    ['serving', training.serving],
  ] as const) {
    if (name === 'serving' && !model) continue
    const learned = model && (await servedBy(model, memory, training))
    if (learned) models.push(learned)
    contenders.set(name, createRecommender({ memory, interests, learned }))
  }
  const made: Trial[] = []
  await rehearsal.goOn(rehearsal.left, trials, (choice) => {
    for (const model of models) model.catchUp(Infinity)
    const values: Record<string, number> = {}
    for (const [name, contender] of contenders) values[name] = gainOf(contender, choice, memory)
    made.push({ person: choice.person, segments: segmentsOf(memory, choice), values })
    training.progress?.('trials', made.length, trials)
  })
  const against = [...contenders.keys()].filter((name) => name !== 'challenger')
  const means: Record<string, number> = {}
  for (const name of contenders.keys()) {
    means[name] =
      made.reduce((sum, { values }) => sum + values[name]!, 0) / Math.max(1, made.length)
  }
  return { verdict: judge(made, { challenger: 'challenger', against }), means }
}

/** NDCG@10 of one choice: 1 / log2(rank + 1), 0 beyond the page. */
function gainOf(recommender: Recommender, choice: FreshChoice, memory: Memory): number {
  const id = memory.items.get(choice.item)?.id
  const page = recommender.recommend({ ...requestOf(choice), feed: 'home', pageId: '' })
  const place = page.items.findIndex(({ item }) => item.id === id)
  return place < 0 ? 0 : 1 / Math.log2(place + 2)
}
