/** Friends only: what the people one is tied to have, each by the logarithm of how much. */
import { KithError } from '../../errors.ts'
import { rowColumns } from '../data/csr.ts'
import { rowModel, type Trainer } from '../trainer.ts'

export function friendsTrainer(): Trainer {
  return {
    name: 'friends',
    usesChance: false,
    async fit({ interactions, ties }) {
      if (!ties) {
        throw new KithError(
          'invalid-input',
          'The row "friends" needs ties between people: give a file of "user friend" lines with --social, or leave the row out.',
        )
      }
      const scoreRow = (user: number, row: Float32Array): void => {
        for (const friend of rowColumns(ties, user)) {
          const { starts, columnOf, values } = interactions
          for (let entry = starts[friend]!; entry < starts[friend + 1]!; entry++) {
            row[columnOf[entry]!]! += Math.log1p(values[entry]!)
          }
        }
      }
      return rowModel(interactions.columns, scoreRow, { knowsStrangers: true })
    },
  }
}
