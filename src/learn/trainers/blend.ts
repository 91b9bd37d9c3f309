/**
 * A weighted sum of other trainers' scores. Weights are chosen on held-out interactions, and members that
 * help are then fitted on everything given.
 */
import { KithError } from '../../errors.ts'
import { shuffle } from '../../math/random.ts'
import { candidatesOf } from '../blend/candidates.ts'
import { type ChosenWeights, chooseWeights } from '../blend/choose-weights.ts'
import {
  closeMembers,
  closing,
  fitAgain,
  fitMembers,
  type Member,
  type WeightedMember,
} from '../blend/members.ts'
import { loadMembers, savingOf } from '../blend/save-blend.ts'
import { type Scaling, scaleScores } from '../blend/scale.ts'
import { rowColumns } from '../data/csr.ts'
import { activeUsers, type Dataset, size } from '../data/dataset.ts'
import { randomSplit } from '../data/split.ts'
import type { FitContext, Model, Trainer } from '../trainer.ts'

export interface BlendOptions {
  readonly members: readonly Trainer[]
  /** List length of the NDCG that weights are chosen by. */
  readonly at: number
  /** Share of each person's interactions held out where no validation part is given. */
  readonly heldOut: number
  /** Weights are chosen on at most so many people. */
  readonly mostPeople: number
  /** So many of each member's best stand to choice. */
  readonly depth: number
  /** NDCG that a member must bring to be in. */
  readonly leastGain: number
}

export const blendDefaults: Omit<BlendOptions, 'members'> = {
  at: 20,
  heldOut: 0.15,
  mostPeople: 3_000,
  depth: 100,
  leastGain: 2e-4,
}

export function blendTrainer(
  options: Partial<BlendOptions> & Pick<BlendOptions, 'members'>,
): Trainer {
  const chosen = { ...blendDefaults, ...options }
  return {
    name: 'blend',
    usesChance: true,
    async fit(train, context) {
      const parts = innerParts(train, chosen, context)
      const fitted = await fitMembers(chosen.members, parts.learned, context)
      const choice = await choose(fitted, parts, chosen, context).catch(closing(fitted))
      tell(fitted, choice, context)
      const weighted = fitted.map((member, n) => ({ ...member, weight: choice.weights[n]! }))
      const used = weighted.filter(({ weight }) => weight > 0)
      await closeMembers(parts.isWhole ? weighted.filter(({ weight }) => weight === 0) : weighted)
      const serving = parts.isWhole ? used : await fitAgain(used, train, context)
      return blendModel(serving, choice.scaling, train)
    },
    async load(saved, train) {
      const { members, scaling } = await loadMembers(saved, train, chosen.members)
      return blendModel(members, scaling, train)
    },
  }
}

interface InnerParts {
  readonly learned: Dataset
  readonly heldOut: Dataset
  /** True: members learn from everything there is, and need no second fit. */
  readonly isWhole: boolean
}

function innerParts(
  train: Dataset,
  { heldOut }: BlendOptions,
  { valid, random }: FitContext,
): InnerParts {
  if (valid && size(valid) > 0) return { learned: train, heldOut: valid, isWhole: true }
  const split = randomSplit(train, [1 - heldOut, heldOut, 0], random)
  if (size(split.valid) === 0) {
    throw new KithError(
      'invalid-input',
      'A blend chooses its weights on held-out interactions, and nobody has two of them: give more data or a validation part.',
    )
  }
  return { learned: split.train, heldOut: split.valid, isWhole: false }
}

async function choose(
  members: readonly Member[],
  { learned, heldOut }: Pick<InnerParts, 'learned' | 'heldOut'>,
  { mostPeople, depth, at, leastGain }: BlendOptions,
  { random, signal, progress }: FitContext,
): Promise<ChosenWeights> {
  const people = shuffle(random, activeUsers(heldOut)).subarray(0, mostPeople).sort()
  const models = members.map(({ model }) => model)
  const candidates = await candidatesOf(models, learned, heldOut, {
    people,
    depth,
    signal,
    progress,
  })
  return chooseWeights(candidates, { at, leastGain, signal })
}

function tell(
  members: readonly Member[],
  { weights, alone, ndcg, scaling }: ChosenWeights,
  { report, note }: FitContext,
): void {
  for (const [place, { trainer }] of members.entries()) {
    report?.(`weight/${trainer.name}`, 0, weights[place]!)
    report?.(`ndcg alone/${trainer.name}`, 0, alone[place]!)
  }
  report?.('ndcg', 0, ndcg)
  const parts = members.flatMap(({ trainer }, place) =>
    weights[place]! > 0 ? [`${weights[place]!.toFixed(3)} ${trainer.name}`] : [],
  )
  note?.(
    `blend by ${scaling}: ${parts.join(' + ')}; NDCG held out ${ndcg.toFixed(4)}, best alone ${Math.max(...alone).toFixed(4)}`,
  )
}

function blendModel(members: readonly WeightedMember[], scaling: Scaling, train: Dataset): Model {
  const items = train.interactions.columns
  let part = new Float32Array(0)
  const save = savingOf(members, scaling)
  return {
    knowsStrangers: members.some(({ model }) => model.knowsStrangers),
    ...(save && { save }),
    async score(users, scores) {
      const cells = users.length * items
      if (part.length < cells) part = new Float32Array(cells)
      scores.fill(0, 0, cells)
      for (const { model, weight } of members) {
        await model.score(users, part)
        for (const [place, user] of users.entries()) {
          const row = part.subarray(place * items, (place + 1) * items)
          scaleScores(row, rowColumns(train.interactions, user), scaling)
          addScaled(scores.subarray(place * items), row, weight)
        }
      }
    },
    close: () => closeMembers(members),
  }
}

function addScaled(target: Float32Array, row: Float32Array, weight: number): void {
  for (let item = 0; item < row.length; item++) target[item]! += weight * row[item]!
}
