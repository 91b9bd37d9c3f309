/** Fits the head of a fused model: epochs, validation, checkpoints. */
import { integer, seededRandom } from '../../math/random.ts'
import { compileTraining } from '../../tensor/compile.ts'
import { openForward } from '../../tensor/forward.ts'
import { adamW } from '../../tensor/optimizers.ts'
import { cosine } from '../../tensor/schedules.ts'
import { openTrainer, type TensorTrainer } from '../../tensor/trainer.ts'
import { type Dataset, size } from '../data/dataset.ts'
import type { FitContext, SavedModel } from '../trainer.ts'
import { type Factors, factorsOf, tensorsOf } from '../trainers/factor-model.ts'
import { type Batch, batchesOf } from './batches.ts'
import { createHead, type Head, type HeadOptions, tablesOf } from './head.ts'
import { type Part, popularityOf } from './parts.ts'
import { validationNdcg } from './validate.ts'

export interface FitOptions extends HeadOptions {
  readonly rate: number
  readonly decay: number
  readonly batch: number
  /** Negatives of a batch. */
  readonly drawn: number
  readonly epochs: number
  /**
   * The share of the pairs that is learned from, while the graph's embedding is of the others: an
   * embedding that has seen a pair gives its answer away. 1: all pairs, for parts that have not.
   */
  readonly asked: number
  /** Epochs without a better validation before it stops. */
  readonly patience: number
}

/** What is known after an epoch. */
interface Best {
  readonly factors: Factors
  readonly ndcg: number
  readonly epoch: number
}

const workAhead = 2

/** @param asked the pairs to learn from; parts may not have seen them but in sums of people */
export async function fitFused(
  train: Dataset,
  asked: Dataset,
  parts: readonly Part[],
  options: FitOptions,
  context: FitContext,
): Promise<Factors> {
  const { random, checkpoint, signal, progress, report, valid } = context
  const head = createHead(parts, options)
  const tables = tablesOf(parts, popularityOf(train))
  const steps = Math.max(1, Math.floor(size(asked) / options.batch)) * options.epochs
  const training = compileTraining({
    loss: head.loss,
    optimizer: adamW({ decay: options.decay }),
    schedule: cosine({ rate: options.rate, steps, warmUp: Math.ceil(steps / 50), floor: 0.05 }),
    clip: 5,
  })
  const seed = integer(random, 0, 2 ** 31)
  const saved = await checkpoint?.load()
  const trainer = await openTrainer(training, {
    random,
    saved: saved && stateOf(saved),
    threads: context.machine?.threads,
  })
  let look: Look | undefined
  try {
    look = await openLook(head, parts, tables, trainer, train)
    await trainer.hold(tables)
    let { epoch, best } = saved ? progressOf(saved) : { epoch: 0, best: undefined }
    while (epoch < options.epochs && !isStale(best, epoch, options)) {
      const batches = batchesOf(asked.interactions, train.interactions, {
        ...options,
        random: seededRandom(seed + epoch),
      })
      const loss = await fitEpoch(trainer, batches, signal)
      epoch += 1
      report?.('loss', epoch, loss)
      progress?.(epoch, options.epochs)
      best = await better(best, epoch, await look.factors(), { train, valid, report })
      await checkpoint?.save(await savedFit(trainer, epoch, best))
    }
    return best?.factors ?? (await look.factors())
  } finally {
    await Promise.all([trainer.close(), look?.close()])
  }
}

function isStale(best: Best | undefined, epoch: number, { patience }: FitOptions): boolean {
  return best !== undefined && epoch - best.epoch >= patience
}

/** Without a validation part, what came last is taken for the best. */
async function better(
  best: Best | undefined,
  epoch: number,
  factors: Factors,
  { train, valid, report }: { train: Dataset } & Pick<FitContext, 'valid' | 'report'>,
): Promise<Best> {
  if (!valid || size(valid) === 0) return { factors, ndcg: 0, epoch }
  const ndcg = await validationNdcg(factors, train, valid)
  report?.('validation ndcg@10', epoch, ndcg)
  return best && best.ndcg >= ndcg ? best : { factors, ndcg, epoch }
}

/** Returns the mean loss. The next batches are made while the worker works. */
async function fitEpoch(
  trainer: TensorTrainer,
  batches: Iterable<Batch>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const underWay: Promise<number>[] = []
  let total = 0
  let steps = 0
  for (const feeds of batches) {
    signal?.throwIfAborted()
    underWay.push(trainer.step({ ...feeds }).then(({ loss }) => loss))
    if (underWay.length > workAhead) total += await underWay.shift()!
    steps += 1
  }
  for (const loss of underWay) total += await loss
  return total / Math.max(1, steps)
}

interface Look {
  factors(): Promise<Factors>
  close(): Promise<void>
}

/** Everybody and everything as the parameters are now. */
async function openLook(
  { people, items }: Head,
  parts: readonly Part[],
  tables: Record<string, Float32Array>,
  trainer: TensorTrainer,
  train: Dataset,
): Promise<Look> {
  const forward = await openForward({ people, items }, { parameters: await trainer.parameters() })
  const giving = parts.map(({ name }) => `${name} given`)
  await forward.hold(
    Object.fromEntries(Object.entries(tables).filter(([name]) => !giving.includes(name))),
  )
  const count = (length: number): Int32Array => Int32Array.from({ length }, (_, n) => n)
  return {
    async factors() {
      await forward.replace(await trainer.parameters())
      const { interactions } = train
      const { people: ofPeople, items: ofItems } = await forward.run({
        users: count(interactions.rows),
        negatives: count(interactions.columns),
      })
      return {
        width: ofItems!.shape[1]!,
        users: ofPeople!.data as Float32Array,
        items: ofItems!.data as Float32Array,
      }
    },
    close: forward.close,
  }
}

const bestPrefix = 'best '

async function savedFit(trainer: TensorTrainer, epoch: number, best: Best): Promise<SavedModel> {
  const { tensors, meta } = await trainer.save()
  const factors = Object.entries(tensorsOf(best.factors))
  return {
    tensors: {
      ...tensors,
      ...Object.fromEntries(factors.map(([name, tensor]) => [bestPrefix + name, tensor])),
    },
    meta: { ...meta, epoch, bestEpoch: best.epoch, bestNdcg: best.ndcg },
  }
}

function stateOf({ tensors, meta }: SavedModel): SavedModel {
  const own = Object.entries(tensors).filter(([name]) => !name.startsWith(bestPrefix))
  return { tensors: Object.fromEntries(own), meta }
}

function progressOf({ tensors, meta }: SavedModel): { epoch: number; best: Best } {
  const own = Object.entries(tensors).flatMap(([name, tensor]) =>
    name.startsWith(bestPrefix) ? [[name.slice(bestPrefix.length), tensor] as const] : [],
  )
  const { epoch, bestEpoch, bestNdcg } = meta
  const factors = factorsOf({ tensors: Object.fromEntries(own), meta: {} })
  return {
    epoch: Number(epoch),
    best: { factors, epoch: Number(bestEpoch), ndcg: Number(bestNdcg) },
  }
}
