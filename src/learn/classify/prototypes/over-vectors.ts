/** The planes of few texts over an encoder's vectors as they are: kept and loaded as those of `vectors`. */
import { calibrate } from '../calibrate.ts'
import type { ClassifyContext, LabelledTexts } from '../classifier.ts'
import { learnColumns, needEncoder, vectorRows, widthOf } from '../features/vectors.ts'
import { learnVocabulary } from '../features/vocabulary.ts'
import { foldsOf } from '../folds.ts'
import { type LinearParts, linearDefaults } from '../trainers/linear.ts'
import { type PlacedTexts, type RegressionOptions, regress } from './regression.ts'

/** With an encoder that stays as it is: planes over its vectors, kept and loaded as those of `vectors`. */
export async function planesOverVectors(
  train: LabelledTexts,
  options: RegressionOptions,
  context: ClassifyContext,
): Promise<LinearParts> {
  const encoder = needEncoder(context.encoder, 'few')
  const { labels, classes } = train
  const columns = await learnColumns(train.texts, encoder, context.signal)
  const width = widthOf(columns)
  const placedIn = async (texts: readonly string[]): Promise<Float32Array> =>
    vectorRows(texts, columns, encoder, context.signal)
  const texts = { vectors: await placedIn(train.texts), width, labels, classes: classes.length }
  const planes = await regress(texts, options, context)
  const valid = context.valid && {
    scores: scoresOf(await placedIn(context.valid.texts), planes, width),
    labels: context.valid.labels,
  }
  const known = valid ?? { scores: await foldScores(texts, options, context), labels }
  const calibration = calibrate(known.scores, known.labels, classes.length)
  const rows = classes.map((_, k) => planes.subarray(k * width, (k + 1) * width))
  return {
    ...{ classes, columns, calibration, vector: 1 },
    vocabulary: learnVocabulary([], { ...linearDefaults, words: 0, letters: 0 }, Infinity),
    weights: planesOf(rows),
  }
}

/** As `separate` gives them: a constant behind each, and one plane for two classes. */
function planesOf(rows: readonly Float32Array[]): Float32Array[] {
  const [one, other] = rows
  if (rows.length !== 2) return rows.map((row) => Float32Array.of(...row, 0))
  return [Float32Array.of(...other!.map((value, d) => (value - one![d]!) / 2), 0)]
}

/** [texts × classes] */
function scoresOf(vectors: Float32Array, planes: Float32Array, width: number): Float64Array {
  const classes = planes.length / width
  const scores = new Float64Array((vectors.length / width) * classes)
  const texts = { vectors, width, classes }
  for (let n = 0; n < vectors.length / width; n++) addScores(scores, n, texts, planes)
  return scores
}

const folds = 4

/** Of each fold by planes of the others, [texts × classes]. */
export async function foldScores(
  texts: PlacedTexts,
  options: RegressionOptions,
  context: ClassifyContext,
): Promise<Float64Array> {
  const { vectors, width, labels, classes } = texts
  const foldOf = foldsOf(labels, folds, context.random)
  const scores = new Float64Array(labels.length * classes)
  for (let fold = 0; fold < folds; fold++) {
    const others = [...labels.keys()].filter((n) => foldOf[n] !== fold)
    const some = new Float32Array(others.length * width)
    for (const [at, n] of others.entries())
      some.set(vectors.subarray(n * width, (n + 1) * width), at * width)
    const known = { ...texts, vectors: some, labels: Int32Array.from(others, (n) => labels[n]!) }
    const planes = await regress(known, options, context)
    for (const n of labels.keys()) if (foldOf[n] === fold) addScores(scores, n, texts, planes)
  }
  return scores
}

/** Of one text with every plane, added to its row of scores. */
export function addScores(
  scores: Float64Array,
  n: number,
  { vectors, width, classes }: Pick<PlacedTexts, 'vectors' | 'width' | 'classes'>,
  planes: Float32Array,
): void {
  for (let k = 0; k < classes; k++) {
    let sum = 0
    for (let d = 0; d < width; d++) sum += vectors[n * width + d]! * planes[k * width + d]!
    scores[n * classes + k]! += sum
  }
}
