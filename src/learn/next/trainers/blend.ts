/**
 * Several models in one score: pairs in order, pairs without, what came right after, popularity, words and
 * self-attention, weighed on validation data. It is the row that is meant to be used.
 */

import { gatherEvidence } from '../blend/evidence.ts'
import { climb, type Part, termOf } from '../blend/weights.ts'
import type { NextFitContext, NextModel, NextTrainer } from '../next-trainer.ts'
import { refitted } from '../next-trainer.ts'
import type { Sequences } from '../sequences.ts'
import { alikeTrainer } from './alike.ts'
import { attentionTrainer } from './attention.ts'
import { followTrainer, plain, sequenceKnnTrainer } from './follow.ts'
import { nextPopularTrainer } from './popular.ts'

export interface BlendOptions {
  /** Models of one score; those that need what the data lacks must be left out by the caller. */
  readonly members: (train: Sequences) => readonly NextTrainer[]
  /** Validation cases the weights are chosen on, at most. */
  readonly cases: number
}

const cosine = { ...plain, pairPower: 0.5, fromPower: 0.5, toPower: 0.5, shrinkage: 2 }
const after = { ...plain, pairPower: 4, backward: 0, historyPower: 4 }

function counted({ words }: Sequences): NextTrainer[] {
  return [
    sequenceKnnTrainer(),
    followTrainer('cosine', { ...cosine, historyFade: 0.8 }),
    followTrainer('after', after),
    followTrainer('together', plain),
    nextPopularTrainer(),
    ...(words ? [alikeTrainer()] : []),
  ]
}

/** What counting alone gives: no network is trained. */
export function countedBlendTrainer(): NextTrainer {
  return blendTrainer('counted-blend', { members: counted, cases: 6_000 })
}

export function attentionBlendTrainer(): NextTrainer {
  const members = (train: Sequences): NextTrainer[] => [...counted(train), attentionTrainer()]
  return blendTrainer('blend', { members, cases: 6_000 })
}

function blendTrainer(name: string, options: BlendOptions): NextTrainer {
  return {
    name,
    usesChance: true,
    async fit(train, context) {
      const trainers = options.members(train)
      const models: NextModel[] = []
      for (const trainer of trainers) models.push(await trainer.fit(train, context))
      const parts = await chosenParts(train, models, options, context)
      return blended(train, trainers, models, parts)
    },
  }
}

/** Without validation data all count alike. */
async function chosenParts(
  { items }: Sequences,
  models: readonly NextModel[],
  { cases }: BlendOptions,
  { valid, random, signal, progress }: NextFitContext,
): Promise<readonly Part[]> {
  if (!valid) return models.map(() => ({ weight: 1, softness: 1 }))
  const asked = { items: items.size, cases, random, signal, progress }
  const scored = models.map((model) => fromZero(model, items.size))
  return climb(await gatherEvidence(scored, valid, asked)).parts
}

/** Logits become shares of 1: what is added up starts at 0. */
function fromZero(model: NextModel, items: number): NextModel {
  if (!model.givesLogits) return model
  return {
    async score(histories, scores) {
      await model.score(histories, scores)
      for (let row = 0; row < histories.length; row++) {
        toShares(scores.subarray(row * items, (row + 1) * items))
      }
    },
  }
}

function toShares(row: Float32Array): void {
  const most = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  let sum = 0
  for (let item = 0; item < row.length; item++) sum += row[item] = Math.exp(row[item]! - most)
  for (let item = 0; item < row.length; item++) row[item]! /= sum
}

function blended(
  { items }: Sequences,
  trainers: readonly NextTrainer[],
  models: readonly NextModel[],
  parts: readonly Part[],
): NextModel {
  const scored = models.map((model) => fromZero(model, items.size))
  let one = new Float32Array(0)
  return {
    chosen: chosenText(trainers, models, parts),
    async score(histories, scores) {
      const size = histories.length * items.size
      if (one.length < size) one = new Float32Array(size)
      scores.fill(0, 0, size)
      for (const [n, part] of parts.entries()) {
        if (part.weight === 0) continue
        await scored[n]!.score(histories, one)
        for (let cell = 0; cell < size; cell++) scores[cell]! += termOf(one[cell]!, part)
      }
    },
    async refit(whole, context) {
      const next: NextModel[] = []
      for (const [n, trainer] of trainers.entries()) {
        next.push(await refitted(trainer, models[n]!, whole, context))
      }
      return blended(whole, trainers, next, parts)
    },
    async close() {
      for (const model of models) await model.close?.()
    },
  }
}

/** `name weight/softness`, for the record. */
function chosenText(
  trainers: readonly NextTrainer[],
  models: readonly NextModel[],
  parts: readonly Part[],
): Record<string, string | number> {
  return Object.fromEntries(
    parts.flatMap(({ weight, softness }, n): [string, string | number][] => [
      [trainers[n]!.name, `${weight.toFixed(3)}/${softness.toPrecision(2)}`],
      ...Object.entries(models[n]!.chosen ?? {}),
    ]),
  )
}
