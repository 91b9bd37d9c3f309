/** The parts of a labelled data set in one numbering of classes; a data set may be several that are averaged. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RunData } from '../../../domain/run.ts'
import { KithError } from '../../../errors.ts'
import type { Random } from '../../../math/random.ts'
import { type LabelledTexts, outOfScope } from '../classifier.ts'
import { heldOut, partOf } from '../folds.ts'
import { type LabelledPart, type LabelledRow, readLabelled } from './read-labelled.ts'

export interface ClassifyFiles {
  readonly train: string
  readonly valid?: string | undefined
  /** Left out: a fifth of every class of the training file, by the lot of the seed. */
  readonly test?: string | undefined
  readonly text?: string | undefined
  readonly label?: string | undefined
  /** The label of texts that are none of the classes. */
  readonly outOfScope?: string | undefined
  /** The name of each class, as words, is one more training text. */
  readonly namesTeach?: boolean | undefined
}

/** One data set, or one target of several (tweeteval's stance). */
export interface ClassifyData {
  readonly name: string
  readonly classes: readonly string[]
  readonly train: LabelledTexts
  readonly valid?: LabelledTexts | undefined
  readonly test?: LabelledTexts | undefined
}

export interface ClassifySplit {
  readonly train: LabelledTexts
  readonly valid: LabelledTexts
  readonly test: LabelledTexts
  /** The validation part is some of the training file. */
  readonly isValidHeldOut: boolean
}

const testShare = 0.2
const validShare = 0.1

/** A folder of folders with `train_text.txt` is as many data sets. */
export async function readClassifyData(files: ClassifyFiles): Promise<ClassifyData[]> {
  const targets = targetsOf(files.train)
  return Promise.all(
    targets.map((target) => {
      const inside = (path: string | undefined): string | undefined =>
        path === undefined || target === '' ? path : join(path, target)
      const own = {
        train: inside(files.train)!,
        valid: inside(files.valid),
        test: inside(files.test),
      }
      return readOne(target, { ...files, ...own })
    }),
  )
}

function targetsOf(path: string): string[] {
  if (path.includes(',') || !existsSync(path) || !statSync(path).isDirectory()) return ['']
  const folders = readdirSync(path).filter((name) => existsSync(join(path, name, 'train_text.txt')))
  return folders.length > 0 ? folders.sort() : ['']
}

async function readOne(name: string, files: ClassifyFiles): Promise<ClassifyData> {
  const read = (path: string | undefined, part: LabelledPart) =>
    path === undefined ? undefined : readLabelled(path, { ...files, part })
  const [train = [], valid, test] = await Promise.all([
    read(files.train, 'train'),
    read(files.valid, 'valid'),
    read(files.test, 'test'),
  ])
  const named = new Set(
    train.map(({ label }) => label).filter((label) => label !== files.outOfScope),
  )
  const classes = [...named].sort()
  if (classes.length < 2) {
    throw new KithError(
      'invalid-input',
      `"${files.train}" has ${classes.length} class(es): give texts of at least two.`,
    )
  }
  const numbered = (rows: readonly LabelledRow[] | undefined) =>
    rows && numberedTexts(rows, classes, files.outOfScope)
  const taught = files.namesTeach ? [...train, ...namesAsTexts(classes)] : train
  return { name, classes, train: numbered(taught)!, valid: numbered(valid), test: numbered(test) }
}

/** Texts of another task, in its own numbering of classes. */
export async function readRelated(path: string): Promise<LabelledTexts> {
  const rows = await readLabelled(path, { part: 'train' })
  return numberedTexts(rows, [...new Set(rows.map(({ label }) => label))].sort(), undefined)
}

/** `card_arrival` says what its texts are about; a number says nothing. */
function namesAsTexts(classes: readonly string[]): LabelledRow[] {
  return classes
    .filter((name) => /\p{L}{2}/u.test(name))
    .map((label) => ({ label, text: label.replace(/[_-]+/g, ' ').trim() }))
}

function numberedTexts(
  rows: readonly LabelledRow[],
  classes: readonly string[],
  outside: string | undefined,
): LabelledTexts {
  const numbers = new Map(classes.map((name, n) => [name, n]))
  if (outside !== undefined) numbers.set(outside, outOfScope)
  const labels = rows.map(({ label }) => {
    const number = numbers.get(label)
    if (number !== undefined) return number
    throw new KithError(
      'invalid-input',
      `The label "${label}" is in no training text. Train on it too, or name it with --out-of-scope.`,
    )
  })
  return { texts: rows.map(({ text }) => text), labels: Int32Array.from(labels), classes }
}

/** What is not given is held out of the training texts. @param shots training texts per class; all when left out */
export function splitOf(data: ClassifyData, random: Random, shots?: number): ClassifySplit {
  const tested = data.test
    ? { rest: data.train, held: data.test }
    : heldOut(data.train, testShare, random)
  const whole = shots === undefined ? tested.rest : fewOf(tested.rest, shots, random)
  if (data.valid)
    return { train: whole, valid: data.valid, test: tested.held, isValidHeldOut: false }
  const { rest, held } = heldOut(whole, validShare, random)
  return { train: rest, valid: held, test: tested.held, isValidHeldOut: true }
}

/** Of every class as many, by lot. */
function fewOf(whole: LabelledTexts, shots: number, random: Random): LabelledTexts {
  const left = new Map<number, number>()
  const lots = whole.texts.map((_, n) => ({ n, lot: random() })).sort((a, b) => a.lot - b.lot)
  const kept = new Set<number>()
  for (const { n } of lots) {
    const label = whole.labels[n]!
    const taken = left.get(label) ?? 0
    if (taken >= shots) continue
    left.set(label, taken + 1)
    kept.add(n)
  }
  return partOf(whole, (n) => kept.has(n))
}

/** The facts of a run: people are none here, items are texts. */
export function runDataOf(name: string, sets: readonly ClassifyData[]): RunData {
  const hash = createHash('sha256')
  let texts = 0
  for (const { train, valid, test, classes } of sets) {
    hash.update(JSON.stringify(classes))
    for (const part of [train, valid, test]) {
      hash.update(`${part?.texts.length ?? 0}\n`)
      if (part) hash.update(JSON.stringify([part.texts, [...part.labels]]))
      texts += part?.texts.length ?? 0
    }
  }
  return { name, hash: hash.digest('hex'), users: 0, items: texts, interactions: texts }
}
