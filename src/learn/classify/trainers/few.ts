/**
 * For few texts a class: regression that begins at the means of the classes, over an encoder that may
 * first learn a related task and then these texts. Several members differ by lot and answer together.
 */
import { openTextEncoder, type TextEncoder } from '../../text/text-encoder.ts'
import type { TextNetwork } from '../../text/text-network.ts'
import type { SavedModel } from '../../trainer.ts'
import { type Calibration, calibrate, probabilitiesOf } from '../calibrate.ts'
import {
  type Classifier,
  type ClassifierTrainer,
  type ClassifyContext,
  type LabelledTexts,
  type OpenNetwork,
  outOfScope,
} from '../classifier.ts'
import { partOf } from '../folds.ts'
import {
  type Adaptation,
  type AdaptOptions,
  adapt,
  placed,
  withAdaptation,
} from '../prototypes/adapt.ts'
import { addScores, foldScores, planesOverVectors } from '../prototypes/over-vectors.ts'
import { regress } from '../prototypes/regression.ts'
import { needNetworks, openFor } from './finetune.ts'
import { linearClassifier } from './linear.ts'

export const fewDefaults = {
  /** Of the regression: cosines times it; how dear it is to leave the means; its steps and rate. */
  scale: 15,
  hold: 0.003,
  steps: 150,
  rate: 0.02,
  /** Of the encoder on the texts themselves; 0: it stays as it is. */
  epochs: 0,
  batch: 32,
  learn: 0.0005,
  rank: 8,
  dropout: 0,
  encoderDropout: 0.1,
  /** Of the encoder on the related texts, where there are any. */
  relatedEpochs: 0,
  relatedLearn: 0.0005,
  tokens: 48,
  members: 1,
} as const
export type FewSpec = Readonly<Record<keyof typeof fewDefaults, number>>

interface Member {
  readonly adaptations: readonly Adaptation[]
  /** [classes × width] */
  readonly planes: Float32Array
}

interface Few {
  readonly spec: FewSpec
  readonly network: TextNetwork
  readonly classes: readonly string[]
  readonly members: readonly Member[]
  readonly calibration: Calibration
}

export function fewTrainer(spec: FewSpec): ClassifierTrainer {
  return {
    name: 'few',
    usesChance: true,
    async fit(whole, context) {
      const train = partOf(whole, (n) => whole.labels[n] !== outOfScope)
      const learns = spec.epochs > 0 || (spec.relatedEpochs > 0 && context.related !== undefined)
      if (!learns)
        return linearClassifier(
          await planesOverVectors(train, spec, context),
          'vectors',
          context.encoder,
        )
      const network = openFor(train.texts, context.openNetwork)
      const members: Member[] = []
      for (let n = 0; n < spec.members; n++)
        members.push(await fitMember(network, train, spec, context))
      const parts = { spec, network, classes: train.classes, members }
      const calibration = await calibrated(parts, train, context)
      return fewClassifier({ ...parts, calibration }, context)
    },
    async load(saved, { openNetwork }) {
      return fewClassifier(fewOf(saved, needNetworks(openNetwork)), {})
    },
  }
}

async function fitMember(
  network: TextNetwork,
  train: LabelledTexts,
  spec: FewSpec,
  context: ClassifyContext,
): Promise<Member> {
  const { related } = context
  const courses = [
    { texts: related, epochs: spec.relatedEpochs, rate: spec.relatedLearn, name: 'related' },
    { texts: train, epochs: spec.epochs, rate: spec.learn, name: 'own' },
  ]
  const adaptations: Adaptation[] = []
  let learned = network
  for (const { texts, epochs, rate, name } of courses) {
    if (!texts || epochs === 0) continue
    const options: AdaptOptions = { ...spec, epochs, rate }
    const { random, signal, machine, progress } = context
    const adaptation = await adapt(learned, texts, options, {
      ...{ random, signal, machine, progress },
      report: (curve, step, value) => context.report?.(`${name} ${curve}`, step, value),
    })
    adaptations.push(adaptation)
    learned = withAdaptation(learned, adaptation)
  }
  const planes = await regress(await placed(learned, train, spec, context), spec, context)
  return { adaptations, planes }
}

type Parts = Omit<Few, 'calibration'>

/** On validation texts; without them on folds of the encoder as it came, which has seen no label. */
async function calibrated(
  parts: Parts,
  train: LabelledTexts,
  context: ClassifyContext,
): Promise<Calibration> {
  const { valid } = context
  const classes = train.classes.length
  if (valid) {
    const scores = openScores(parts, context.machine)
    try {
      return calibrate(await scores.of(valid.texts, context.signal), valid.labels, classes)
    } finally {
      await scores.close()
    }
  }
  const texts = await placed(parts.network, train, parts.spec, context)
  return calibrate(await foldScores(texts, parts.spec, context), train.labels, classes)
}

/** The members' encoders, opened when first asked. */
function openScores(
  { network, members, classes, spec }: Parts,
  machine: ClassifyContext['machine'],
) {
  const opened = members.map((): Promise<TextEncoder> | undefined => undefined)
  return {
    /** [texts × classes], the mean over the members. */
    async of(texts: readonly string[], signal?: AbortSignal): Promise<Float64Array> {
      const scores = new Float64Array(texts.length * classes.length)
      for (const [place, { adaptations, planes }] of members.entries()) {
        opened[place] ??= openTextEncoder(adaptations.reduce(withAdaptation, network), {
          ...{ threads: machine?.threads, maxTokens: spec.tokens },
        })
        const encoder = await opened[place]
        const vectors = await encoder.encode(texts, { signal })
        const rows = { vectors, width: encoder.width, classes: classes.length }
        for (let n = 0; n < texts.length; n++) addScores(scores, n, rows, planes)
      }
      return scores.map((score) => score / members.length)
    },
    async close(): Promise<void> {
      for (const one of opened) await (await one)?.close()
    },
  }
}

function fewClassifier(few: Few, { machine }: Pick<ClassifyContext, 'machine'>): Classifier {
  const scores = openScores(few, machine)
  let last: Promise<unknown> = Promise.resolve()
  return {
    classes: few.classes,
    classify(texts, { signal } = {}) {
      // One after the other: an encoder reads one list at a time.
      const answer = last.then(async () =>
        probabilitiesOf(await scores.of(texts, signal), few.calibration),
      )
      last = answer.catch(() => undefined)
      return answer
    },
    save: () => savedOf(few),
    close: scores.close,
  }
}

function savedOf({ spec, network, classes, members, calibration }: Few): SavedModel {
  const own = members.flatMap(({ adaptations, planes }, place) => [
    [`${place} planes`, planes] as const,
    ...adaptations.flatMap(({ parameters }, step) =>
      Object.entries(parameters).map(([path, data]) => [`${place}/${step}/${path}`, data] as const),
    ),
  ])
  const tensors = [...own, ['shifts', calibration.shifts] as const]
  return {
    tensors: Object.fromEntries(
      tensors.map(([path, data]) => [path, { shape: [data.length], data }]),
    ),
    meta: {
      ...{ trainer: 'few', network: network.name, spec: JSON.stringify(spec) },
      ...{ classes: JSON.stringify(classes), sharpness: calibration.sharpness },
      ...{ members: members.length, steps: members[0]!.adaptations.length },
    },
  }
}

function fewOf({ tensors, meta }: SavedModel, openNetwork: OpenNetwork): Few {
  const spec = JSON.parse(String(meta['spec'])) as FewSpec
  const floats = (path: string): Float32Array => Float32Array.from(tensors[path]!.data)
  const members = Array.from({ length: Number(meta['members']) }, (_, place): Member => {
    const adaptations = Array.from({ length: Number(meta['steps']) }, (__, step) => {
      const prefix = `${place}/${step}/`
      const paths = Object.keys(tensors).filter((path) => path.startsWith(prefix))
      const named = paths.map((path) => [path.slice(prefix.length), floats(path)] as const)
      return { rank: spec.rank, parameters: Object.fromEntries(named) }
    })
    return { adaptations, planes: floats(`${place} planes`) }
  })
  return {
    ...{ spec, members, network: openNetwork(String(meta['network'])) },
    classes: JSON.parse(String(meta['classes'])) as string[],
    calibration: { sharpness: Number(meta['sharpness']), shifts: floats('shifts') },
  }
}
