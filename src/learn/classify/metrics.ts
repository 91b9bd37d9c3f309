/** Official figures of labelled data sets, each from what was said of every text. */
import { KithError } from '../../errors.ts'
import { mean } from '../../math/stats.ts'
import { outOfScope } from './classifier.ts'

export interface Answers {
  readonly classes: readonly string[]
  /** [texts] what they are; `outOfScope` for none of the classes */
  readonly labels: Int32Array
  /** [texts] what was said */
  readonly said: Int32Array
}

/** 0–1, larger is better. */
export type ClassifyMetric = (answers: Answers) => number

/**
 * `accuracy` (out of scope is one more class) · `macro-f1` · `f1:CLASS` · `mean-f1:CLASS+CLASS` ·
 * `in-scope-accuracy` · `out-of-scope-recall`. With `pooled:` before it, over the texts of several
 * data sets together instead of the mean over the sets.
 * @throws KithError `invalid-input` for another name, or a class that does not exist
 */
export function classifyMetric(name: string, classes: readonly string[]): ClassifyMetric {
  if (name.startsWith(pooledPrefix)) return classifyMetric(name.slice(pooledPrefix.length), classes)
  const [kind, ...rest] = name.split(':')
  const wanted = rest.join(':')
  if (kind === 'f1') return (answers) => f1Of(answers, classNamed(wanted, classes))
  if (kind === 'mean-f1') {
    const members = wanted.split('+').map((one) => classNamed(one, classes))
    return (answers) => mean(members.map((member) => f1Of(answers, member)))
  }
  const plain = plainMetrics[name]
  if (plain) return plain
  const known = [...Object.keys(plainMetrics), 'f1:CLASS', 'mean-f1:CLASS+CLASS'].join(', ')
  throw new KithError('invalid-input', `There is no metric "${name}"; there are: ${known}.`)
}

export const pooledPrefix = 'pooled:'

const plainMetrics: Readonly<Record<string, ClassifyMetric>> = {
  accuracy: ({ labels, said }) => shareOf(labels, said, () => true),
  'macro-f1': (answers) => mean(answers.classes.map((_, k) => f1Of(answers, k))),
  'in-scope-accuracy': ({ labels, said }) => shareOf(labels, said, (label) => label >= 0),
  'out-of-scope-recall': ({ labels, said }) =>
    shareOf(labels, said, (label) => label === outOfScope),
}

function classNamed(name: string, classes: readonly string[]): number {
  const number = classes.indexOf(name)
  if (number >= 0) return number
  throw new KithError(
    'invalid-input',
    `There is no class "${name}"; there are: ${classes.join(', ')}.`,
  )
}

/** Harmonic mean of precision and recall; 0 where nothing was found. */
function f1Of({ labels, said }: Answers, wanted: number): number {
  let both = 0
  let either = 0
  for (const [n, label] of labels.entries()) {
    if (label === wanted && said[n] === wanted) both += 1
    either += (label === wanted ? 1 : 0) + (said[n] === wanted ? 1 : 0)
  }
  return either === 0 ? 0 : (2 * both) / either
}

function shareOf(
  labels: Int32Array,
  said: Int32Array,
  isAsked: (label: number) => boolean,
): number {
  let asked = 0
  let right = 0
  for (const [n, label] of labels.entries()) {
    if (!isAsked(label)) continue
    asked += 1
    if (said[n] === label) right += 1
  }
  return asked === 0 ? Number.NaN : right / asked
}
