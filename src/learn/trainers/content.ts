/**
 * By text alone: where a person's history and an item point after a learned projection of their
 * texts, trained on what people have together. It scores items that nobody has yet.
 */

import { type FitOptions, fitFused } from '../fused/fit.ts'
import { textPart } from '../fused/parts.ts'
import type { Trainer } from '../trainer.ts'
import { factorModel, factorsOf } from './factor-model.ts'

export const contentDefaults: FitOptions = {
  textWidth: 64,
  loss: 'softmax',
  dropout: 0.1,
  rate: 0.01,
  decay: 0.01,
  batch: 512,
  drawn: 512,
  epochs: 20,
  asked: 1,
  patience: 6,
}

export function contentTrainer(options: Partial<FitOptions> = {}): Trainer {
  const chosen = { ...contentDefaults, ...options }
  return {
    name: 'content',
    usesChance: true,
    async fit(train, context) {
      const parts = [await textPart(train, context)]
      const factors = await fitFused(train, train, parts, chosen, context)
      return factorModel(factors, undefined, context.machine)
    },
    async load(saved) {
      return factorModel(factorsOf(saved))
    },
  }
}
