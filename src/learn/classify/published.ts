/** What papers report on data sets that can be recognised by their classes and their test texts. */
import type { ClassifyData } from './labelled/labelled-data.ts'

export interface PublishedClassify {
  readonly model: string
  readonly source: string
  readonly metrics: Readonly<Record<string, number>>
}

interface KnownSet {
  readonly classes: number
  readonly test: number
  /** Training texts, where one test part goes with several training parts. */
  readonly train?: number
  readonly source: string
  readonly metrics: readonly string[]
  readonly rows: Readonly<Record<string, readonly number[]>>
}

const tweeteval = 'Barbieri et al., Findings of EMNLP 2020'
const fewShot = 'Zhang et al., EMNLP 2021'
const accuracy = ['accuracy']

const known: readonly KnownSet[] = [
  tweets(4, 1421, 'macro-f1', [0.647, 0.652, 0.761, 0.793]),
  tweets(2, 784, 'f1:irony', [0.617, 0.631, 0.597, 0.821]),
  tweets(2, 860, 'macro-f1', [0.523, 0.734, 0.795, 0.795]),
  tweets(3, 1249, 'pooled:mean-f1:against+favor', [0.673, 0.654, 0.68, 0.712]),
  set(2, 1200, 'bertorch, dev part', { 'naive Bayes': [0.903], BERT: [0.946], ERNIE: [0.952] }),
  set(2, 467, 'Yuan et al., ICDM 2019', { 'naive Bayes': [0.925], GLAN: [0.944] }),
  shots(77, 3080, 385, { RoBERTa: [0.7404], USE: [0.7629], DNNC: [0.804], CPFT: [0.8086] }),
  shots(77, 3080, 770, { RoBERTa: [0.8427], DNNC: [0.8671], CPFT: [0.872], ICDA: [0.8979] }),
  shots(150, 4500, 750, { RoBERTa: [0.8799], USE: [0.8782], DNNC: [0.9102], CPFT: [0.9234] }),
  shots(150, 4500, 1500, { RoBERTa: [0.9155], DNNC: [0.9376], CPFT: [0.9418], ICDA: [0.9484] }),
  {
    classes: 150,
    test: 5500,
    source: 'Larson et al., EMNLP 2019',
    metrics: ['in-scope-accuracy', 'out-of-scope-recall'],
    rows: {
      SVM: [0.91, 0.145],
      Rasa: [0.915, 0.453],
      MLP: [0.935, 0.474],
      BERT: [0.969, 0.403],
      'BERT with threshold': [0.962, 0.523],
    },
  },
]

function tweets(
  classes: number,
  test: number,
  metric: string,
  figures: readonly number[],
): KnownSet {
  const names = ['SVM', 'FastText', 'RoBERTa-base', 'BERTweet']
  const rows = Object.fromEntries(names.map((name, n) => [name, [figures[n]!]]))
  return { classes, test, source: tweeteval, metrics: [metric], rows }
}

function set(
  classes: number,
  test: number,
  source: string,
  rows: Readonly<Record<string, readonly number[]>>,
): KnownSet {
  return { classes, test, source, rows, metrics: accuracy }
}

function shots(
  classes: number,
  test: number,
  train: number,
  rows: Readonly<Record<string, readonly number[]>>,
): KnownSet {
  return { ...set(classes, test, fewShot, rows), train }
}

export function publishedClassify(
  sets: readonly ClassifyData[],
  namesTeach = false,
): PublishedClassify[] {
  const classes = sets[0]?.classes.length
  const sizeOf = (part: 'train' | 'test'): number =>
    sets.reduce((sum, one) => sum + (one[part]?.texts.length ?? 0), 0)
  const found = known.find(
    (one) =>
      one.classes === classes &&
      one.test === sizeOf('test') &&
      (one.train === undefined || one.train + (namesTeach ? one.classes : 0) === sizeOf('train')),
  )
  if (!found) return []
  return Object.entries(found.rows).map(([model, figures]) => ({
    model,
    source: found.source,
    metrics: Object.fromEntries(figures.map((figure, n) => [found.metrics[n]!, figure])),
  }))
}
