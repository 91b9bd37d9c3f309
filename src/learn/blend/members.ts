/** The members of a blend: fitted one after another, left out where the data does not suit them. */
import { isKithError, KithError } from '../../errors.ts'
import type { Dataset } from '../data/dataset.ts'
import type { FitContext, Model, Trainer } from '../trainer.ts'

export interface Member {
  readonly trainer: Trainer
  readonly model: Model
}

export interface WeightedMember extends Member {
  readonly weight: number
}

/** A member that cannot learn from such data is left out, and says why. */
export async function fitMembers(
  trainers: readonly Trainer[],
  learned: Dataset,
  context: FitContext,
): Promise<Member[]> {
  const members: Member[] = []
  for (const trainer of trainers) {
    const model = await fitMember(trainer, learned, context).catch(closing(members))
    if (model) members.push({ trainer, model })
  }
  if (members.length > 0) return members
  const names = trainers.map(({ name }) => name).join(', ')
  const message = `No member of the blend can learn from this data; tried: ${names}.`
  throw new KithError('invalid-input', message)
}

async function fitMember(
  trainer: Trainer,
  train: Dataset,
  context: FitContext,
): Promise<Model | undefined> {
  context.signal?.throwIfAborted()
  try {
    return await trainer.fit(train, memberContext(trainer, context))
  } catch (problem) {
    if (!isKithError(problem) || problem.code !== 'invalid-input') throw problem
    context.note?.(`blend without ${trainer.name}: ${problem.message}`)
    return undefined
  }
}

/** One checkpoint cannot hold several fits. */
function memberContext({ name }: Trainer, context: FitContext): FitContext {
  const { report } = context
  return {
    ...context,
    checkpoint: undefined,
    report: report && ((curve, step, value) => report(`${name}/${curve}`, step, value)),
  }
}

export async function fitAgain(
  used: readonly WeightedMember[],
  train: Dataset,
  context: FitContext,
): Promise<WeightedMember[]> {
  const again: WeightedMember[] = []
  for (const { trainer, weight } of used) {
    const fit = trainer.fit(train, memberContext(trainer, context))
    again.push({ trainer, weight, model: await fit.catch(closing(again)) })
  }
  return again
}

export async function closeMembers(members: readonly Member[]): Promise<void> {
  await Promise.all(members.map(({ model }) => model.close?.()))
}

/** For `catch`: frees what was made so far and goes on throwing. */
export function closing(members: readonly Member[]): (problem: unknown) => Promise<never> {
  return async (problem) => {
    await closeMembers(members)
    throw problem
  }
}
