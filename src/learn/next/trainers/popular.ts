/** The items had most often, the same list after every history. */
import { historyModel, type NextTrainer } from '../next-trainer.ts'
import { countsOf } from '../sequences.ts'

export function nextPopularTrainer(): NextTrainer {
  return {
    name: 'popular',
    usesChance: false,
    async fit(train) {
      const counts = countsOf(train)
      return historyModel(train.items.size, (_history, row) => row.set(counts))
    },
  }
}
