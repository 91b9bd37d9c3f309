/** The baseline to beat first: the items most people have, the same list for everybody. */
import { rowModel, type Trainer } from '../trainer.ts'

export function popularTrainer(): Trainer {
  return {
    name: 'popular',
    usesChance: false,
    async fit({ interactions }) {
      const people = new Float32Array(interactions.columns)
      for (const item of interactions.columnOf) people[item]! += 1
      return rowModel(interactions.columns, (_user, row) => row.set(people), {
        knowsStrangers: true,
      })
    },
  }
}
