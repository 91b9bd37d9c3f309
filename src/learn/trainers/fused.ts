/**
 * Text and graph in one: σ(W'·h_text + U'·h_graph + C'·h_circle + …), see `fused/head.ts`. What the data lacks
 * (texts, ties) is left out; items and people without a past are scored by what is left of them.
 */

import type { Random } from '../../math/random.ts'
import { type Dataset, size, subset } from '../data/dataset.ts'
import { type FitOptions, fitFused } from '../fused/fit.ts'
import { circlePart, graphPart, type Part, textPart } from '../fused/parts.ts'
import type { FitContext, Machine, Model, Trainer } from '../trainer.ts'
import { type Factors, factorModel, factorsOf } from './factor-model.ts'

export interface FusedOptions extends FitOptions {
  /** Of the graph's spectral embedding. */
  readonly components: number
  /** Parts to do without, to see what each gives. */
  readonly without: readonly Part['name'][]
}

export const fusedDefaults: FusedOptions = {
  textWidth: 64,
  loss: 'softmax',
  dropout: 0.1,
  rate: 0.01,
  decay: 0.01,
  batch: 512,
  drawn: 512,
  epochs: 30,
  asked: 0.3,
  patience: 6,
  components: 128,
  without: [],
}

export function fusedTrainer(options: Partial<FusedOptions> = {}): Trainer {
  const chosen = { ...fusedDefaults, ...options }
  return {
    name: 'fused',
    usesChance: true,
    async fit(train, context) {
      const { asked, seen } = divide(train, chosen.asked, context.random)
      const parts = await partsOf(train, seen, chosen, context)
      return fusedModel(await fitFused(train, asked, parts, chosen, context), context.machine)
    },
    async load(saved) {
      return fusedModel(factorsOf(saved))
    },
  }
}

/** Whoever has nothing is scored by their circle and by what is popular. */
function fusedModel(factors: Factors, machine?: Machine): Model {
  return { ...factorModel(factors, undefined, machine), knowsStrangers: true }
}

/** By lot. What is too little to be divided is all of it asked and seen. */
function divide(
  train: Dataset,
  share: number,
  random: Random,
): { readonly asked: Dataset; readonly seen: Dataset } {
  const isAsked = train.interactions.columnOf.map(() => Number(random() < share))
  const asked = subset(train, (entry) => isAsked[entry] === 1)
  const seen = subset(train, (entry) => isAsked[entry] === 0)
  const isDivided = size(asked) > 0 && size(seen) > 0
  return isDivided ? { asked, seen } : { asked: train, seen: train }
}

async function partsOf(
  train: Dataset,
  seen: Dataset,
  options: FusedOptions,
  context: FitContext,
): Promise<Part[]> {
  const graph = await graphPart(
    train,
    seen,
    { components: options.components, iterations: 6 },
    context,
  )
  const hasTexts = context.encode && train.facts?.some(({ text }) => text !== '')
  const parts = [graph]
  if (train.ties) parts.push(circlePart(train.ties, graph))
  if (hasTexts && !options.without.includes('text')) parts.push(await textPart(train, context))
  return parts.filter(({ name }) => !options.without.includes(name))
}
