/** The floor of every table: items by lot. */
import { historyModel, type NextTrainer } from '../next-trainer.ts'

export function nextRandomTrainer(): NextTrainer {
  return {
    name: 'random',
    usesChance: true,
    async fit({ items }, { random }) {
      return historyModel(items.size, (_history, row) => {
        for (let item = 0; item < row.length; item++) row[item] = random()
      })
    },
  }
}
