/** Every row that `kith evaluate next` and `rerank` can name. A new one is one file and one line here. */
import { KithError } from '../../errors.ts'
import type { NextTrainer } from './next-trainer.ts'
import { alikeTrainer } from './trainers/alike.ts'
import { attentionTrainer } from './trainers/attention.ts'
import { attentionBlendTrainer, countedBlendTrainer } from './trainers/blend.ts'
import {
  coOccurrenceTrainer,
  decayedItemKnnTrainer,
  markovTrainer,
  sequenceKnnTrainer,
} from './trainers/follow.ts'
import { nextPopularTrainer } from './trainers/popular.ts'
import { nextRandomTrainer } from './trainers/random.ts'

const nextTrainers: readonly NextTrainer[] = [
  nextRandomTrainer(),
  nextPopularTrainer(),
  coOccurrenceTrainer(),
  decayedItemKnnTrainer(),
  markovTrainer(),
  alikeTrainer(),
  sequenceKnnTrainer(),
  countedBlendTrainer(),
  attentionTrainer(),
  attentionBlendTrainer(),
]

/** @throws KithError `invalid-input` for a name that is not there, with those that are */
export function nextTrainersNamed(names: readonly string[]): NextTrainer[] {
  const byName = new Map(nextTrainers.map((trainer) => [trainer.name, trainer]))
  return [...new Set(names)].map((name) => {
    const trainer = byName.get(name)
    if (trainer) return trainer
    const known = [...byName.keys()].join(', ')
    throw new KithError('invalid-input', `There is no model "${name}" here; there are: ${known}.`)
  })
}
