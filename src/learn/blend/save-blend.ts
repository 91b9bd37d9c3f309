/** A blend at rest: the tensors of its members side by side, each under its name. */
import { KithError } from '../../errors.ts'
import type { Dataset } from '../data/dataset.ts'
import type { SavedModel, Trainer } from '../trainer.ts'
import type { WeightedMember } from './members.ts'
import { type Scaling, scalings } from './scale.ts'

/** Undefined where a member cannot be saved. */
export function savingOf(
  members: readonly WeightedMember[],
  scaling: Scaling,
): (() => SavedModel) | undefined {
  if (!members.every(({ model }) => model.save)) return undefined
  return () => {
    const tensors: Record<string, SavedModel['tensors'][string]> = {}
    const meta: Record<string, SavedModel['meta'][string]> = { scaling }
    for (const { trainer, weight, model } of members) {
      const saved = model.save!()
      meta[`weight/${trainer.name}`] = weight
      Object.assign(tensors, prefixed(saved.tensors, trainer.name))
      Object.assign(meta, prefixed(saved.meta, trainer.name))
    }
    return { tensors, meta }
  }
}

export async function loadMembers(
  { tensors, meta }: SavedModel,
  train: Dataset,
  trainers: readonly Trainer[],
): Promise<{ readonly members: WeightedMember[]; readonly scaling: Scaling }> {
  const scaling = scalings.find((one) => one === meta['scaling'])
  const members: WeightedMember[] = []
  for (const trainer of trainers) {
    const weight = meta[`weight/${trainer.name}`]
    if (typeof weight !== 'number' || !trainer.load) continue
    const saved = { tensors: within(tensors, trainer.name), meta: within(meta, trainer.name) }
    members.push({ trainer, weight, model: await trainer.load(saved, train) })
  }
  const wanted = Object.keys(meta).filter((key) => key.startsWith('weight/')).length
  if (scaling && wanted > 0 && members.length === wanted) return { members, scaling }
  throw new KithError(
    'invalid-input',
    `The saved blend has ${wanted} members and ${members.length} of them can be loaded here: fit it again.`,
  )
}

function prefixed<Value>(
  record: Readonly<Record<string, Value>>,
  name: string,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [`member/${name}/${key}`, value]),
  )
}

function within<Value>(
  record: Readonly<Record<string, Value>>,
  name: string,
): Record<string, Value> {
  const prefix = `member/${name}/`
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  )
}
