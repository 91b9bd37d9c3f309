/** What the graph trainers share beyond the fit: refusing empty data, and models that load. */
import { KithError } from '../../errors.ts'
import { type Dataset, size } from '../data/dataset.ts'
import type { FitContext, Machine, Model, Trainer } from '../trainer.ts'
import { type Factors, factorModel, factorsOf } from '../trainers/factor-model.ts'

export interface GraphRecipe {
  readonly name: string
  /** True: people with ties but without interactions get a place in the graph. */
  readonly knowsStrangers: boolean
  learn(train: Dataset, context: FitContext): Promise<Factors>
}

export function graphTrainer({ name, knowsStrangers, learn }: GraphRecipe): Trainer {
  const modelOf = (factors: Factors, machine?: Machine): Model => ({
    ...factorModel(factors, undefined, machine),
    knowsStrangers,
  })
  return {
    name,
    usesChance: true,
    async fit(train, context) {
      if (size(train) === 0) {
        throw new KithError(
          'invalid-input',
          `The trainer "${name}" has no interaction to learn from: give it data, or leave it out.`,
        )
      }
      return modelOf(await learn(train, context), context.machine)
    },
    async load(saved) {
      return modelOf(factorsOf(saved))
    },
  }
}
