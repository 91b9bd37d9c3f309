/**
 * The sequence model: self-attention that says what comes next, by softmax cross-entropy over the
 * catalogue or an unbiased draw of it (Klenitskiy & Vasilev, RecSys 2023: with it SASRec beats its successors).
 */
import { integer, seededRandom } from '../../../math/random.ts'
import type { Parameters } from '../../../tensor/trainer.ts'
import type { Best } from '../../course.ts'
import type { SavedModel } from '../../trainer.ts'
import { type AttentionModel, openAttentionModel } from '../attention/attention-model.ts'
import { wordTable } from '../attention/batches.ts'
import {
  type AttentionCourse,
  chosenBefore,
  runAttention,
  type StepOptions,
} from '../attention/course.ts'
import type { NetworkOptions } from '../attention/network.ts'
import type { NextFitContext, NextModel, NextTrainer } from '../next-trainer.ts'
import { rankTargets } from '../rank-targets.ts'
import type { Cases, Sequences } from '../sequences.ts'

export interface AttentionOptions extends Omit<NetworkOptions, 'items' | 'words'>, StepOptions {
  /** At most. */
  readonly epochs: number
  /** Without a validation part. */
  readonly epochsUnseen: number
  /** Ends after so many epochs that were no better on validation data. */
  readonly patience: number
  /** Asked after each epoch, at most. */
  readonly validCases: number
  /** Learns also from what items say of themselves, where that is known. */
  readonly readsWords: boolean
}

export const attentionDefaults: AttentionOptions = {
  width: 64,
  blocks: 2,
  heads: 2,
  length: 50,
  dropout: 0.4,
  wordsPerItem: 8,
  rate: 0.003,
  decay: 0.01,
  batch: 256,
  drawn: 3_000,
  epochs: 60,
  epochsUnseen: 20,
  patience: 3,
  validCases: 5_000,
  readsWords: true,
  threads: 1,
}

export function attentionTrainer(options: Partial<AttentionOptions> = {}): NextTrainer {
  const chosen = { ...attentionDefaults, ...options }
  return {
    name: 'attention',
    usesChance: true,
    async fit(train, context) {
      const plan = planOf(train, chosen, context)
      const before = await chosenBefore(context, plan.seed)
      return modelOf(train, plan, before ?? (await choose(train, plan)))
    },
  }
}

interface Plan extends Omit<AttentionCourse, 'phase' | 'judge' | 'epochs' | 'patience'> {
  readonly options: AttentionOptions
}

function planOf(train: Sequences, options: AttentionOptions, context: NextFitContext): Plan {
  const words =
    options.readsWords && train.words ? wordTable(train.words, options.wordsPerItem) : undefined
  const network = { ...options, items: train.items.size, words: words?.size ?? 0 }
  return { options, network, words, context, seed: integer(context.random, 0, 2 ** 31) }
}

/** Until the validation part gets no better; without one, for a set number of epochs. */
async function choose(train: Sequences, plan: Plan): Promise<Best> {
  const { epochs, epochsUnseen, patience } = plan.options
  const valid = sample(plan)
  if (!valid) {
    return runAttention(train, { ...plan, phase: 'choose', epochs: epochsUnseen, patience })
  }
  let asked: AttentionModel | undefined
  const judge = async (parameters: Parameters): Promise<number> => {
    asked ??= await opened(train, plan, { epoch: 0, value: 0, parameters })
    await asked.replace(parameters)
    return ndcgOf(asked, valid, plan)
  }
  try {
    return await runAttention(train, { ...plan, phase: 'choose', epochs, patience, judge })
  } finally {
    await asked?.close?.()
  }
}

async function modelOf(train: Sequences, plan: Plan, best: Best): Promise<NextModel> {
  const { patience } = plan.options
  const model = await opened(train, plan, best)
  return {
    ...model,
    async refit(whole, context) {
      const course = { ...plan, context, patience, phase: 'whole', epochs: best.epoch } as const
      return modelOf(whole, plan, await runAttention(whole, course))
    },
  }
}

function opened(
  sequences: Sequences,
  { options, network, words }: Plan,
  { epoch, parameters }: Best,
): Promise<AttentionModel> {
  const { threads } = options
  const chosen = { epochs: epoch }
  return openAttentionModel({ sequences, options: network, words, parameters, threads, chosen })
}

/** The same cases after every epoch. */
function sample({ options, seed, context: { valid } }: Plan): Cases | undefined {
  if (!valid || valid.targets.length <= options.validCases) return valid
  const random = seededRandom(seed)
  const share = options.validCases / valid.targets.length
  const kept = [...valid.targets.keys()].filter(() => random() < share)
  return {
    histories: kept.map((n) => valid.histories[n]!),
    targets: Int32Array.from(kept, (n) => valid.targets[n]!),
    candidates: valid.candidates && kept.map((n) => valid.candidates![n]!),
  }
}

async function ndcgOf(model: NextModel, cases: Cases, plan: Plan): Promise<number> {
  const { network, seed, context } = plan
  const random = seededRandom(seed)
  const { signal } = context
  const ranks = await rankTargets(model, cases, { items: network.items, random, signal })
  let sum = 0
  for (const rank of ranks) if (rank < 10) sum += 1 / Math.log2(rank + 2)
  return sum / Math.max(1, ranks.length)
}

/** @throws KithError `invalid-input` when it was learned from another catalogue */
export async function loadAttention(saved: SavedModel, sequences: Sequences): Promise<NextModel> {
  const option = (name: string): number => Number(saved.meta[name])
  const perItem = option('wordsPerItem')
  const words =
    option('words') > 0 && sequences.words ? wordTable(sequences.words, perItem) : undefined
  const network = {
    items: sequences.items.size,
    words: words?.size ?? 0,
    wordsPerItem: perItem,
    width: option('width'),
    blocks: option('blocks'),
    heads: option('heads'),
    length: option('length'),
    dropout: option('dropout'),
  }
  const parameters = Object.fromEntries(
    Object.entries(saved.tensors).map(([name, { data }]) => [name, data as Float32Array]),
  )
  const threads = option('threads')
  return openAttentionModel({ sequences, options: network, words, parameters, threads })
}
