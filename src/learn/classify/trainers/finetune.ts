/**
 * A pretrained encoder that learns the task itself: its head alone, LoRA beside its weights, or all
 * of them (`src/learn/text/`). Several folds make an ensemble, each stopped on its own held-out part.
 */
import { KithError } from '../../../errors.ts'
import { integer } from '../../../math/random.ts'
import { openForward, type TensorForward } from '../../../tensor/forward.ts'
import type { Parameters } from '../../../tensor/trainer.ts'
import { type Projection, projections, type Tuning } from '../../text/layers.ts'
import { type TextNetwork, wordTable } from '../../text/text-network.ts'
import { classificationGraph } from '../../text/train/classification.ts'
import { type FinetuneOptions, finetune, logitsOf } from '../../text/train/finetune.ts'
import type { SavedModel } from '../../trainer.ts'
import { type Calibration, calibrate, probabilitiesOf } from '../calibrate.ts'
import type {
  Classifier,
  ClassifierTrainer,
  ClassifyContext,
  LabelledTexts,
  OpenNetwork,
} from '../classifier.ts'
import { foldsOf, heldOut, partOf } from '../folds.ts'

/** As a spec names them: whole numbers for choices. */
export const finetuneDefaults = {
  /** 0 LoRA, 1 all weights, 2 the head alone. */
  whole: 0,
  /** 1: the table of words too, with all weights. */
  table: 0,
  /** Layers below this one stay as they are. */
  from: 0,
  rank: 8,
  alpha: 16,
  /** LoRA on so many of query, value, key, output, wide, narrow. */
  on: 6,
  /** 1: products with weights that stay are worked out in eight bits. */
  rounds: 1,
  rate: 1e-3,
  /** 1: half a cosine, 0: linear. */
  curved: 0,
  warmUp: 0.06,
  decay: 0.01,
  clip: 1,
  batch: 32,
  epochs: 6,
  patience: 2,
  tokens: 96,
  dropout: 0.1,
  encoderDropout: 0,
  loraDropout: 0,
  smoothing: 0,
  wordDropout: 0,
  spanMask: 0,
  charNoise: 0,
  mixup: 0,
  adversary: 0,
  cosine: 0,
  /** Members of an ensemble; 1: one, stopped on the validation part. */
  folds: 1,
} as const
export type FinetuneSpec = Readonly<Record<keyof typeof finetuneDefaults, number>>

const lorasInOrder: readonly Projection[] = ['query', 'value', 'key', 'output', 'wide', 'narrow']
/** Of the training texts, where there is no validation part. */
const heldShare = 0.1

export function finetuneTrainer(spec: FinetuneSpec): ClassifierTrainer {
  return {
    name: 'finetune',
    usesChance: true,
    async fit(train, context) {
      const network = openFor(train.texts, context.openNetwork)
      const members = membersOf(train, spec, context)
      const learned: Member[] = []
      for (const member of members) {
        learned.push(await fitMember(network, member, spec, context, learned.length))
      }
      const { classes } = train
      return openFinetuned({ spec, network, classes, learned }, context)
    },
    async load(saved, { openNetwork }) {
      const known = finetunedOf(saved)
      const network = needNetworks(openNetwork)(known.networkName)
      return openFinetuned({ ...known, network }, {})
    },
  }
}

interface Part {
  readonly rest: LabelledTexts
  readonly held: LabelledTexts
}

/** What was learned by one fit, and how believable its logits are on texts it did not see. */
interface Member {
  readonly parameters: Parameters
  readonly calibration: Calibration
}

function membersOf(
  train: LabelledTexts,
  { folds }: FinetuneSpec,
  context: ClassifyContext,
): Part[] {
  const { valid, random } = context
  if (folds < 2) return [valid ? { rest: train, held: valid } : heldOut(train, heldShare, random)]
  const fold = foldsOf(train.labels, folds, random)
  return Array.from({ length: folds }, (_, own) => ({
    rest: partOf(train, (n) => fold[n] !== own),
    held: partOf(train, (n) => fold[n] === own),
  }))
}

async function fitMember(
  network: TextNetwork,
  { rest, held }: Part,
  spec: FinetuneSpec,
  context: ClassifyContext,
  place: number,
): Promise<Member> {
  const options = optionsOf(spec)
  const { random, signal, machine, progress, report, checkpoint } = context
  const classes = rest.classes.length
  const best = await finetune({
    ...{ network, classes, train: rest, valid: held, options },
    seed: integer(random, 0, 2 ** 31),
    context: {
      ...{ signal, machine },
      // A checkpoint is of one fit: the members of an ensemble are made again.
      checkpoint: spec.folds < 2 ? checkpoint : undefined,
      progress: (done, total) => progress?.(place * total + done, Math.max(1, spec.folds) * total),
      report: (curve, step, value) =>
        report?.(spec.folds < 2 ? curve : `fold ${place + 1} ${curve}`, step, value),
    },
  })
  const { parameters } = best
  const forward = await openLogits(network, classes, spec, parameters, machine?.threads)
  const logits = await logitsOf(forward, network, held.texts, {
    ...{ maxTokens: spec.tokens, words: parameters[wordTable], signal },
  })
  await forward.close()
  return { parameters, calibration: calibrate(Float64Array.from(logits), held.labels, classes) }
}

function optionsOf(spec: FinetuneSpec): FinetuneOptions {
  const { rate, warmUp, decay, clip, batch, epochs, patience, dropout, encoderDropout } = spec
  const { smoothing, mixup, adversary, wordDropout, spanMask, charNoise } = spec
  return {
    ...{ rate, warmUp, decay, clip, batch, epochs, patience, dropout, encoderDropout },
    ...{ smoothing, mixup, adversary, noise: { wordDropout, spanMask, charNoise } },
    tuning: tuningOf(spec),
    rounds: spec.rounds > 0,
    schedule: spec.curved > 0 ? 'cosine' : 'linear',
    maxTokens: spec.tokens,
    usesCosine: spec.cosine > 0,
  }
}

function tuningOf({ whole, from, table, rank, alpha, on, loraDropout }: FinetuneSpec): Tuning {
  if (whole === 2) return { kind: 'head' }
  if (whole === 1) return { kind: 'full', from, words: table > 0 }
  return {
    ...{ kind: 'lora', from, rank, alpha, dropout: loraDropout },
    on: lorasInOrder.slice(0, Math.min(on, Object.keys(projections).length)),
  }
}

function openLogits(
  network: TextNetwork,
  classes: number,
  spec: FinetuneSpec,
  parameters: Parameters,
  threads: number | undefined,
): Promise<TensorForward> {
  const { logits } = classificationGraph(network, classes, optionsOf(spec))
  return openForward({ logits }, { parameters, threads })
}

interface Finetuned {
  readonly spec: FinetuneSpec
  readonly network: TextNetwork
  readonly classes: readonly string[]
  readonly learned: readonly Member[]
}

/** The probabilities of the members together are their mean. */
async function openFinetuned(
  finetuned: Finetuned,
  { machine }: Pick<ClassifyContext, 'machine'>,
): Promise<Classifier> {
  const { network, classes, spec, learned } = finetuned
  const [first] = learned as [Member]
  const forward = await openLogits(
    network,
    classes.length,
    spec,
    first.parameters,
    machine?.threads,
  )
  let current = first
  async function rowsOf(member: Member, texts: readonly string[], signal?: AbortSignal) {
    if (member !== current) await forward.replace(member.parameters)
    current = member
    const words = member.parameters[wordTable]
    const logits = await logitsOf(forward, network, texts, {
      ...{ maxTokens: spec.tokens, words, signal },
    })
    return probabilitiesOf(Float64Array.from(logits), member.calibration)
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    classes,
    classify(texts, { signal } = {}) {
      // One after the other: the members take turns in one graph.
      const answer = last.then(async () => {
        const rows = new Float32Array(texts.length * classes.length)
        for (const member of learned) {
          const own = await rowsOf(member, texts, signal)
          for (const [at, share] of own.entries()) rows[at]! += share / learned.length
        }
        return rows
      })
      last = answer.catch(() => undefined)
      return answer
    },
    save: () => savedOf(finetuned),
    close: forward.close,
  }
}

function savedOf({ spec, network, classes, learned }: Finetuned): SavedModel {
  const tensors = learned.flatMap(({ parameters, calibration }, place) => [
    ...Object.entries(parameters).map(([path, data]) => [`${place}/${path}`, data] as const),
    [`${place} shifts`, calibration.shifts] as const,
  ])
  const sharpness = learned.map(({ calibration }) => calibration.sharpness)
  return {
    tensors: Object.fromEntries(
      tensors.map(([path, data]) => [path, { shape: [data.length], data }]),
    ),
    meta: {
      ...{ trainer: 'finetune', network: network.name, spec: JSON.stringify(spec) },
      ...{ classes: JSON.stringify(classes), sharpness: JSON.stringify(sharpness) },
    },
  }
}

function finetunedOf({ tensors, meta }: SavedModel) {
  const read = <Value>(key: string): Value => JSON.parse(String(meta[key])) as Value
  const learned = read<number[]>('sharpness').map((sharpness, place): Member => {
    const own = Object.entries(tensors).flatMap(([path, { data }]) =>
      path.startsWith(`${place}/`)
        ? [[path.slice(`${place}/`.length), Float32Array.from(data)] as const]
        : [],
    )
    const shifts = Float32Array.from(tensors[`${place} shifts`]!.data)
    return { parameters: Object.fromEntries(own), calibration: { sharpness, shifts } }
  })
  return {
    ...{ networkName: String(meta['network']), learned },
    ...{ spec: read<FinetuneSpec>('spec'), classes: read<string[]>('classes') },
  }
}

/** Texts of which a fifth of the letters are Chinese are read by the Chinese encoder. */
export function openFor(
  texts: readonly string[],
  openNetwork: OpenNetwork | undefined,
): TextNetwork {
  let [han, letters] = [0, 0]
  for (const text of texts) {
    han += text.match(/\p{Script=Han}/gu)?.length ?? 0
    letters += text.match(/\p{L}/gu)?.length ?? 0
  }
  return needNetworks(openNetwork)(han >= 0.2 * letters && han > 0 ? 'bge' : 'minilm')
}

export function needNetworks(openNetwork: OpenNetwork | undefined): OpenNetwork {
  if (openNetwork) return openNetwork
  throw new KithError(
    'invalid-input',
    'Fine-tuning needs the weights of an encoder, and none were given. Run it by `kith evaluate classify` or `kith train classifier`.',
  )
}
