/** One trainer, one seed: fit, choose how to answer on validation data, answer the test, count. */
import { seededRandom } from '../../math/random.ts'
import { mean } from '../../math/stats.ts'
import type { Measurement } from '../evaluate/measure.ts'
import { memoryPeak } from '../evaluate/memory-peak.ts'
import type { Checkpoint, FitReport } from '../trainer.ts'
import { calibrationError } from './calibrate.ts'
import {
  type Classifier,
  type ClassifierTrainer,
  type ClassifyContext,
  type LabelledTexts,
  type OpenNetwork,
  outOfScope,
  type TextEncoder,
} from './classifier.ts'
import { chooseScope, chooseWeights, type Decision, decide, plainDecision } from './decision.ts'
import { joined } from './folds.ts'
import { type ClassifyData, type ClassifySplit, splitOf } from './labelled/labelled-data.ts'
import { classifyMetric, pooledPrefix } from './metrics.ts'

export interface MeasureClassifyOptions {
  readonly sets: readonly ClassifyData[]
  /** The first is the one that answers are chosen for. */
  readonly metrics: readonly string[]
  readonly part: 'valid' | 'test'
  readonly shots?: number | undefined
  /** Learns anew from training and validation texts once everything has been chosen. */
  readonly fitsValid?: boolean | undefined
  readonly encoder?: TextEncoder | undefined
  readonly openNetwork?: OpenNetwork | undefined
  /** Texts of another task, for trainers that learn from them first. */
  readonly related?: LabelledTexts | undefined
  readonly clock: () => number
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((phase: string, done: number, total: number) => void) | undefined
  readonly report?: FitReport | undefined
  readonly checkpoint?: Checkpoint | undefined
}

const textsAtOnce = 500

/** Means over the sets, where there are several. */
export async function measureClassify(
  trainer: ClassifierTrainer,
  seed: number,
  options: MeasureClassifyOptions,
): Promise<Measurement> {
  const memory = memoryPeak()
  const parts: SetFigures[] = []
  for (const data of options.sets) {
    parts.push(await measureSet(trainer, seed, data, options))
    memory.sample()
  }
  const names = [...parts[0]!.metrics.keys()]
  const right = parts.flatMap((part) => [...part.right])
  return {
    metrics: new Map(names.map((name) => [name, figureOf(name, parts)])),
    byPerson: new Map([['accuracy', Float64Array.from(right)]]),
    fitSeconds: parts.reduce((sum, part) => sum + part.fitSeconds, 0),
    rankSeconds: parts.reduce((sum, part) => sum + part.classifySeconds, 0),
    ...memory.figures(),
  }
}

type SetFigures = Awaited<ReturnType<typeof measureSet>>

function figureOf(name: string, parts: readonly SetFigures[]): number {
  if (!name.startsWith(pooledPrefix)) return mean(parts.map((part) => part.metrics.get(name)!))
  const { classes } = parts[0]!.answers
  const together = (of: 'labels' | 'said') =>
    Int32Array.from(parts.flatMap(({ answers }) => [...answers[of]]))
  return classifyMetric(
    name,
    classes,
  )({
    classes,
    labels: together('labels'),
    said: together('said'),
  })
}

async function measureSet(
  trainer: ClassifierTrainer,
  seed: number,
  data: ClassifyData,
  options: MeasureClassifyOptions,
) {
  const { metrics, part, clock, shots, fitsValid } = options
  const split = splitOf(data, seededRandom(seed + 2 ** 33), shots)
  const began = clock()
  const context = contextOf(trainer, seed, data, options)
  const learnsAll = (fitsValid ?? false) && part === 'test'
  const { classifier, decision } = await decided(trainer, split, { ...options, learnsAll }, context)
  const fitted = clock()
  const tested = split[part]
  const probabilities = await answersOf(classifier, tested.texts, options)
  await classifier.close?.()
  const said = decide(probabilities, decision)
  const answers = { classes: data.classes, labels: tested.labels, said }
  return {
    metrics: new Map([
      ...metrics.map((name) => [name, classifyMetric(name, data.classes)(answers)] as const),
      ['calibration-error', calibrationError(probabilities, tested.labels, data.classes.length)],
    ]),
    answers,
    right: tested.labels.map((label, n) => (label === said[n] ? 1 : 0)),
    fitSeconds: (fitted - began) / 1000,
    classifySeconds: (clock() - fitted) / 1000,
  }
}

function contextOf(
  trainer: ClassifierTrainer,
  seed: number,
  { name }: ClassifyData,
  { signal, encoder, openNetwork, related, report, checkpoint, progress }: MeasureClassifyOptions,
): ClassifyContext {
  const phase = [trainer.name, `seed ${seed}`, name].filter(Boolean).join(', ')
  return {
    ...{ random: seededRandom(seed + 2 ** 32), signal, encoder, openNetwork, related },
    report:
      report &&
      ((curve, step, value) => report(name === '' ? curve : `${name}/${curve}`, step, value)),
    // One checkpoint cannot serve several fits.
    checkpoint: name === '' ? checkpoint : undefined,
    progress: (done, total) => progress?.(`${phase}: fit`, done, total),
  }
}

interface Decided {
  readonly classifier: Classifier
  readonly decision: Decision
}

/** How to answer is chosen on validation texts that the classifier was not learned from. */
async function decided(
  trainer: ClassifierTrainer,
  { train, valid }: ClassifySplit,
  { metrics, signal, learnsAll }: DecideOptions,
  context: ClassifyContext,
): Promise<Decided> {
  const { classes } = train
  const fitAll = () => trainer.fit(joined(train, valid), context)
  const isPlain = metrics[0] === 'accuracy' && !valid.labels.includes(outOfScope)
  if (isPlain && learnsAll)
    return { classifier: await fitAll(), decision: plainDecision(classes.length) }
  const first = await trainer.fit(train, { ...context, valid })
  const known = await answersOf(first, valid.texts, { signal })
  const goal = classifyMetric(metrics[0]!, classes)
  const { weights } = plainDecision(classes.length)
  const decision = {
    weights: metrics[0] === 'accuracy' ? weights : chooseWeights(known, valid, goal),
    inScopeFrom: chooseScope(known, valid, scopeGoal(classes)),
  }
  if (!learnsAll) return { classifier: first, decision }
  await first.close?.()
  return { classifier: await fitAll(), decision }
}

interface DecideOptions extends Pick<MeasureClassifyOptions, 'metrics' | 'signal'> {
  /** The validation texts too, once everything is chosen. */
  readonly learnsAll: boolean
}

/** Being right within scope counts four times as much as noticing what is out of it. */
function scopeGoal(classes: readonly string[]) {
  const inside = classifyMetric('in-scope-accuracy', classes)
  const outside = classifyMetric('out-of-scope-recall', classes)
  return (answers: Parameters<typeof inside>[0]): number => 4 * inside(answers) + outside(answers)
}

async function answersOf(
  classifier: Classifier,
  texts: readonly string[],
  { signal }: Pick<MeasureClassifyOptions, 'signal'>,
): Promise<Float32Array> {
  const width = classifier.classes.length
  const rows = new Float32Array(texts.length * width)
  for (let start = 0; start < texts.length; start += textsAtOnce) {
    signal?.throwIfAborted()
    const some = await classifier.classify(texts.slice(start, start + textsAtOnce), { signal })
    rows.set(some, start * width)
  }
  return rows
}
