/**
 * A plane for each class over hashed runs of words and letters, the encoder's vector, or both at once
 * (as in Wang and Manning 2012 one cheap classifier that is hard to beat). Probabilities are calibrated on
 * texts that other folds were learned from.
 */
import { type Calibration, calibrate, probabilitiesOf } from '../calibrate.ts'
import type {
  Classifier,
  ClassifierTrainer,
  ClassifyContext,
  LabelledTexts,
} from '../classifier.ts'
import { outOfScope } from '../classifier.ts'
import {
  learnColumns,
  needEncoder,
  type VectorColumns,
  vectorRows,
  widthOf,
} from '../features/vectors.ts'
import { createRows, learnVocabulary, narrowed, type Vocabulary } from '../features/vocabulary.ts'
import { foldsOf, partOf } from '../folds.ts'
import { loadLinear, saveLinear } from '../linear/save-linear.ts'
import { type Rows, scoresOf, separate, type Weights } from '../linear/separate.ts'

export interface LinearOptions {
  /** Longest run of words; 0: no words. */
  readonly words: number
  /** Longest run of letters in a word; 0: none. */
  readonly letters: number
  /** Texts that a run must occur in. */
  readonly least: number
  /** Features are hashed to 2^bits. */
  readonly bits: number
  /** Only so many features, the strongest of a first fit; 0: all. */
  readonly keep: number
  /** Length of the encoder's vector beside words and letters of length one; 0: none. */
  readonly vector: number
  readonly cost: number
  readonly balance: number
  readonly passes: number
  /** For calibration. */
  readonly folds: number
}

export const linearDefaults: LinearOptions = {
  words: 2,
  letters: 5,
  least: 2,
  bits: 20,
  keep: 0,
  vector: 0,
  cost: 1,
  balance: 0,
  passes: 20,
  folds: 4,
}

/** What a classifier of this kind knows. */
export interface LinearParts {
  readonly classes: readonly string[]
  readonly vocabulary: Vocabulary
  readonly columns: VectorColumns
  readonly vector: number
  readonly weights: Weights
  readonly calibration: Calibration
}

export function linearTrainer(name: string, options: LinearOptions): ClassifierTrainer {
  return {
    name,
    usesChance: true,
    async fit(whole, context) {
      const train = partOf(whole, (n) => whole.labels[n] !== outOfScope)
      const parts = await fitParts(train, options, name, context)
      return linearClassifier(parts, name, context.encoder)
    },
    async load(saved, { encoder }) {
      return linearClassifier(loadLinear(saved), name, encoder)
    },
  }
}

async function fitParts(
  train: LabelledTexts,
  options: LinearOptions,
  name: string,
  context: ClassifyContext,
): Promise<LinearParts> {
  const { texts, labels, classes } = train
  const { vector } = options
  const encoder = vector > 0 ? needEncoder(context.encoder, name) : undefined
  const columns = encoder ? await learnColumns(texts, encoder, context.signal) : { spaces: [] }
  const dense = encoder
    ? await vectorRows(texts, columns, encoder, context.signal)
    : new Float32Array(0)
  for (let at = 0; at < dense.length; at++) dense[at]! *= vector
  let vocabulary = learnVocabulary(texts, options, options.words > 0 ? options.least : Infinity)
  const rowsFor = (one: Vocabulary): Rows => ({
    sparse: texts.map(createRows(one)),
    features: one.buckets.length,
    dense,
    denseWidth: widthOf(columns),
  })
  let rows = rowsFor(vocabulary)
  if (options.keep > 0 && rows.features > options.keep) {
    const strong = strongest(
      separate(rows, labels, classes.length, { ...options, ...context }),
      rows,
      options.keep,
    )
    vocabulary = narrowed(vocabulary, strong)
    rows = rowsFor(vocabulary)
  }
  const calibration = await calibrated(rows, labels, classes.length, options, context)
  const weights = separate(rows, labels, classes.length, { ...options, ...context })
  return { classes, vocabulary, columns, vector, weights, calibration }
}

/** Places of the features with the largest weight in any plane, ascending. */
function strongest(weights: Weights, { features }: Rows, keep: number): Int32Array {
  const strength = new Float32Array(features)
  for (const row of weights)
    for (let at = 0; at < features; at++) strength[at] = Math.max(strength[at]!, Math.abs(row[at]!))
  const order = Int32Array.from(strength, (_, at) => at).sort((a, b) => strength[b]! - strength[a]!)
  return order.slice(0, keep).sort()
}

/** Scores of each fold by planes of the others. */
async function calibrated(
  rows: Rows,
  labels: Int32Array,
  classes: number,
  options: LinearOptions,
  { random, signal, progress }: ClassifyContext,
): Promise<Calibration> {
  const foldOf = foldsOf(labels, options.folds, random)
  const scores = new Float64Array(labels.length * classes)
  for (let fold = 0; fold < options.folds; fold++) {
    const [others, own] = [false, true].map((isOwn) => placesOf(foldOf, fold, isOwn))
    const known = Int32Array.from(others!, (n) => labels[n]!)
    const weights = separate(pick(rows, others!), known, classes, { ...options, random, signal })
    const given = scoresOf(pick(rows, own!), weights, classes)
    for (const [at, n] of own!.entries())
      scores.set(given.subarray(at * classes, (at + 1) * classes), n * classes)
    progress?.(fold + 1, options.folds + 1)
    // A fit must not keep a server from answering.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return calibrate(scores, labels, classes)
}

function placesOf(foldOf: Int32Array, fold: number, isOwn: boolean): number[] {
  return [...foldOf.keys()].filter((n) => (foldOf[n] === fold) === isOwn)
}

function pick(rows: Rows, places: readonly number[]): Rows {
  const { denseWidth } = rows
  const dense = new Float32Array(places.length * denseWidth)
  for (const [at, n] of places.entries())
    dense.set(rows.dense.subarray(n * denseWidth, (n + 1) * denseWidth), at * denseWidth)
  return { ...rows, dense, sparse: places.map((n) => rows.sparse[n]!) }
}

export function linearClassifier(
  parts: LinearParts,
  name: string,
  own: ClassifyContext['encoder'],
): Classifier {
  const { classes, vocabulary, columns, vector, weights, calibration } = parts
  const rowOf = createRows(vocabulary)
  return {
    classes,
    async classify(texts, { signal, encoder = own } = {}) {
      const denseWidth = widthOf(columns)
      const dense =
        denseWidth > 0
          ? await vectorRows(texts, columns, needEncoder(encoder, name), signal)
          : new Float32Array(0)
      for (let at = 0; at < dense.length; at++) dense[at]! *= vector
      const sparse = texts.map(rowOf)
      const rows = { sparse, dense, denseWidth, features: vocabulary.buckets.length }
      return probabilitiesOf(scoresOf(rows, weights, classes.length), calibration)
    },
    save: () => saveLinear(parts, name),
  }
}
