/** Every text is what most texts are: the least that a classifier must beat. */
import type { ClassifierTrainer } from '../classifier.ts'
import { classShares, repeatedRow } from '../shares.ts'

export function majorityTrainer(): ClassifierTrainer {
  return {
    name: 'majority',
    usesChance: false,
    async fit(train) {
      const shares = classShares(train)
      return {
        classes: train.classes,
        classify: async (texts) => repeatedRow(shares, texts.length),
      }
    },
  }
}
