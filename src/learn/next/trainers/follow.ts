/** Rows that are one table of pairs each, from the plainest to the one chosen with care. */
import { addFollows, type FollowOptions, followsOf } from '../follow.ts'
import { historyModel, type NextTrainer } from '../next-trainer.ts'

export const plain: FollowOptions = {
  pairPower: 0,
  backward: 1,
  fromPower: 0,
  toPower: 0,
  shrinkage: 0,
  linePower: 0,
  historyPower: 0,
  historyFade: 1,
  neighbours: 2_000,
}

/** How often both were had by one person, summed over the history. */
export function coOccurrenceTrainer(): NextTrainer {
  return followTrainer('co-occurrence', plain)
}

/** The position-decayed item-to-item kNN that stands as the bar: 1/distance between, halved per step back. */
export function decayedItemKnnTrainer(): NextTrainer {
  return followTrainer('item-knn', { ...plain, pairPower: 1, historyFade: 0.5 })
}

/** Only what came right after the last item. */
export function markovTrainer(): NextTrainer {
  const options = { pairPower: 8, backward: 0, historyPower: 8 }
  return followTrainer('markov', { ...plain, ...options })
}

/** Chosen on the validation part of Beauty by random search; the optimum is flat. */
export const sequenceKnnDefaults: FollowOptions = {
  pairPower: 0.6,
  backward: 0.3,
  fromPower: 0.3,
  toPower: 0.2,
  shrinkage: 3.5,
  linePower: 0.1,
  historyPower: 0.7,
  historyFade: 0.6,
  neighbours: 2_000,
}

export function sequenceKnnTrainer(options: Partial<FollowOptions> = {}): NextTrainer {
  return followTrainer('sequence-knn', { ...sequenceKnnDefaults, ...options })
}

export function followTrainer(name: string, options: FollowOptions): NextTrainer {
  return {
    name,
    usesChance: false,
    async fit(train, context) {
      const follows = await followsOf(train, options, context)
      return historyModel(train.items.size, (history, row) => addFollows(follows, history, row))
    },
  }
}
