/** The floor of every table: items by lot. */
import { rowModel, type Trainer } from '../trainer.ts'

export function randomTrainer(): Trainer {
  return {
    name: 'random',
    usesChance: true,
    async fit(train, { random }) {
      const scoreRow = (_user: number, row: Float32Array): void => {
        for (let item = 0; item < row.length; item++) row[item] = random()
      }
      return rowModel(train.items.size, scoreRow, { knowsStrangers: true })
    },
  }
}
