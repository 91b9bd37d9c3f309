/** The items had most often, the same list after every history. */
import { historyModel, type NextTrainer } from '../next-trainer.ts'
import { countsOf } from '../sequences.ts'

export function nextPopularTrainer(): NextTrainer {
  return {
    name: 'popular',
    usesChance: false,
    async fit(train, { whole = train }) {
      const counts = countsOf(whole)
      return historyModel(whole.items.size, (_history, row) => row.set(counts))
    },
  }
}
