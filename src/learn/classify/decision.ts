/**
 * From probabilities to an answer. The greatest probability is best for accuracy; for F1 some classes
 * deserve a lower bar, and where texts may be out of scope there is a least probability. Both are
 * chosen on validation data and never looked at again.
 */
import { greatest } from './calibrate.ts'
import { type LabelledTexts, outOfScope } from './classifier.ts'
import type { ClassifyMetric } from './metrics.ts'

export interface Decision {
  /** [classes] what each probability is multiplied by first */
  readonly weights: Float32Array
  /** Below this greatest probability a text is out of scope; 0: never. */
  readonly inScopeFrom: number
}

/** [texts] classes, or `outOfScope` */
export function decide(
  probabilities: Float32Array,
  { weights, inScopeFrom }: Decision,
): Int32Array {
  const classes = weights.length
  const row = new Float32Array(classes)
  return Int32Array.from({ length: probabilities.length / classes }, (_, n) => {
    let most = 0
    for (let k = 0; k < classes; k++) {
      const probability = probabilities[n * classes + k]!
      most = Math.max(most, probability)
      row[k] = probability * weights[k]!
    }
    return most < inScopeFrom ? outOfScope : greatest(row)
  })
}

export function plainDecision(classes: number): Decision {
  return { weights: new Float32Array(classes).fill(1), inScopeFrom: 0 }
}

/** Multiples tried for a class, of few classes only: with many there is too little to choose on. */
const multiples = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.7, 2, 2.5]
const mostClasses = 10
/** Less than this over the root of the texts is taken for luck: half of what a share varies by. */
const leastGain = 0.25

/** One class after another, twice round, each time what serves the metric best. */
export function chooseWeights(
  probabilities: Float32Array,
  valid: LabelledTexts,
  metric: ClassifyMetric,
): Float32Array {
  const { labels, classes } = valid
  const weights = new Float32Array(classes.length).fill(1)
  if (classes.length > mostClasses) return weights
  const worth = (): number =>
    metric({ classes, labels, said: decide(probabilities, { weights, inScopeFrom: 0 }) })
  let best = worth()
  for (let turn = 0; turn < 2 * classes.length; turn++) {
    const k = turn % classes.length
    const before = weights[k]!
    let chosen = before
    for (const multiple of multiples) {
      weights[k] = multiple
      const value = worth()
      if (value < best + leastGain / Math.sqrt(labels.length)) continue
      best = value
      chosen = multiple
    }
    weights[k] = chosen
  }
  return weights
}

const thresholds = 400

/** The least probability at which accuracy within scope and recall outside are best together. */
export function chooseScope(
  probabilities: Float32Array,
  { labels, classes }: LabelledTexts,
  worthOf: ClassifyMetric,
): number {
  if (!labels.includes(outOfScope)) return 0
  const weights = new Float32Array(classes.length).fill(1)
  let best = { worth: Number.NEGATIVE_INFINITY, from: 0 }
  for (let step = 0; step < thresholds; step++) {
    const inScopeFrom = step / thresholds
    const said = decide(probabilities, { weights, inScopeFrom })
    const worth = worthOf({ classes, labels, said })
    if (worth > best.worth) best = { worth, from: inScopeFrom }
  }
  return best.from
}
