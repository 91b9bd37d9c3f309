/** Multinomial naive Bayes with add-one smoothing (Manning et al. 2008, eq. 13.2): the bar that papers print. */
import { softmaxRow } from '../../../math/softmax.ts'
import type { ClassifierTrainer, LabelledTexts } from '../classifier.ts'
import { classShares } from '../shares.ts'
import { wordsOf } from '../words.ts'

export function naiveBayesTrainer(): ClassifierTrainer {
  return {
    name: 'naive-bayes',
    usesChance: false,
    async fit(train) {
      const { classes } = train
      const width = classes.length
      const priors = classShares(train).map(Math.log)
      const chances = chancesOf(train)
      return {
        classes,
        async classify(texts) {
          const rows = new Float32Array(texts.length * width)
          for (const [n, text] of texts.entries()) {
            const row = rows.subarray(n * width, (n + 1) * width)
            row.set(priors)
            for (const word of wordsOf(text)) addTo(row, chances.get(word))
            softmaxRow(row)
          }
          return rows
        },
      }
    },
  }
}

/** Of every word, log P(word | class), [classes]. */
function chancesOf({ texts, labels, classes }: LabelledTexts): Map<string, Float32Array> {
  const counts = new Map<string, Float32Array>()
  const totals = new Float64Array(classes.length)
  for (const [n, text] of texts.entries()) {
    const label = labels[n]!
    if (label < 0) continue
    for (const word of wordsOf(text)) {
      const row = counts.get(word) ?? new Float32Array(classes.length)
      row[label]! += 1
      totals[label]! += 1
      counts.set(word, row)
    }
  }
  for (const row of counts.values()) {
    for (const [k, total] of totals.entries())
      row[k] = Math.log((row[k]! + 1) / (total + counts.size))
  }
  return counts
}

function addTo(row: Float32Array, seen: Float32Array | undefined): void {
  if (!seen) return
  for (let k = 0; k < row.length; k++) row[k]! += seen[k]!
}
