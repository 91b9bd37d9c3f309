/** The floor of every table: items by lot. */
import { rowModel, type Trainer } from '../trainer.ts'

export function randomTrainer(): Trainer {
  return {
    name: 'random',
    usesChance: true,
    async fit(train, { random }) {
      return rowModel(train.items.size, (_user, row) => {
        for (let item = 0; item < row.length; item++) row[item] = random()
      })
    },
  }
}
