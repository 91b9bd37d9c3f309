/**
 * An encoder learns from a platform: by hidden words of its texts, or by pairs of what its people have
 * together. What came out is a folder that `ENCODER=onnx:FOLDER` opens; how it went is kept as a run.
 */
import { KithError } from '../../errors.ts'
import { seededRandom, shuffle } from '../../math/random.ts'
import type { CourseContext } from '../course.ts'
import { rawRunData } from '../data/data-hash.ts'
import { catalogueOf, datasetOf } from '../data/dataset.ts'
import type { RawData } from '../data/load.ts'
import { fitCheckpoints } from '../runs/fit-checkpoints.ts'
import { record } from '../runs/record.ts'
import type { Registry } from '../runs/registry.ts'
import { reportTo } from '../runs/track.ts'
import type { FitReport } from '../trainer.ts'
import { keptNeighbours } from './keep/kept-neighbours.ts'
import { writeNetwork } from './keep/network-folder.ts'
import type { Precision } from './keep/onnx-encoder.ts'
import { withLayers, withWordsOf } from './keep/prune.ts'
import { merged, type Tuning } from './layers.ts'
import { openTextEncoder } from './text-encoder.ts'
import type { TextNetwork } from './text-network.ts'
import { learnPairs, type Pair } from './train/contrastive.ts'
import { engagementPairs } from './train/engagement-pairs.ts'
import { learnMaskedWords } from './train/masked-words.ts'

export interface TrainEncoderOptions {
  readonly network: TextNetwork
  /** By hidden words, or by pairs. */
  readonly by: 'words' | 'pairs'
  /** Texts of items, and for pairs what people have. */
  readonly data: RawData
  /** Pairs that are given instead. */
  readonly pairs?: readonly Pair[] | undefined
  /** Texts that nothing is learned from: their neighbours should stay. Default: some held out. */
  readonly frozen?: readonly string[] | undefined
  readonly tuning: Tuning
  readonly rate: number
  readonly epochs: number
  readonly batch: number
  readonly maxTokens: number
  readonly temperature: number
  /** Pairs of an epoch, at most. */
  readonly pairsPerEpoch: number
  /** Only these layers, before anything is learned. */
  readonly layers?: readonly number[] | undefined
  /** Only the words that occur, afterwards. */
  readonly fewWords: boolean
  readonly precision: Precision
  readonly out: string
  readonly seed: number
  readonly registry: Registry
  readonly resumes: boolean
  readonly threads?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly clock: () => number
  readonly progress?: ((phase: string, done: number, total: number) => void) | undefined
}

export interface TrainedEncoder {
  readonly run: string
  readonly out: string
  readonly metrics: Readonly<Record<string, number>>
}

/** Held out of the texts: to measure perplexity and forgetting on. */
const heldTexts = 500
const neighbours = 10

export async function trainEncoder(options: TrainEncoderOptions): Promise<TrainedEncoder> {
  const { registry, data, by, signal, seed } = options
  const begun = options.layers ? withLayers(options.network, options.layers) : options.network
  const texts = textsOf(data)
  const { held, rest } = heldOut(texts, seed)
  const started = options.clock()
  const model = `encoder ${begun.name} by ${by}`
  const plan = {
    ...{ kind: 'train' as const, models: [model], seeds: [seed] },
    options: factsOf(options),
    data: rawRunData(data),
  }
  return record({ registry, plan, signal }, async (run) => {
    const context = contextOf(options, plan, reportTo(run.track, ''))
    const learned = await learn(begun, { rest, held }, options, context)
    const network = options.fewWords ? withWordsOf(learned.network, texts) : learned.network
    const frozen = options.frozen ?? held
    const kept = await neighboursKept(options.network, network, frozen, options)
    await writeNetwork(options.out, network, { precision: options.precision })
    await context.checkpoint?.discard()
    const metrics = { ...learned.metrics, [`kept neighbours@${neighbours}`]: kept }
    const spread = Object.entries(metrics).map(([name, mean]) => [name, { mean, sd: 0 }] as const)
    const seconds = (options.clock() - started) / 1_000
    const row = { model, segment: 'all', metrics: Object.fromEntries(spread), seconds }
    return { result: { run: run.id, out: options.out, metrics }, end: { rows: [row] } }
  })
}

interface Parts {
  readonly rest: readonly string[]
  readonly held: readonly string[]
}

interface Learned {
  readonly network: TextNetwork
  readonly metrics: Readonly<Record<string, number>>
}

function learn(
  network: TextNetwork,
  parts: Parts,
  options: TrainEncoderOptions,
  context: CourseContext,
): Promise<Learned> {
  return options.by === 'words'
    ? byWords(network, parts, options, context)
    : byPairs(network, options, context)
}

const common = { warmUp: 0.1, decay: 0.01, clip: 1, patience: 2 } as const

async function byWords(
  network: TextNetwork,
  { rest, held }: Parts,
  options: TrainEncoderOptions,
  context: CourseContext,
): Promise<Learned> {
  if (held.length === 0) {
    throw new KithError(
      'invalid-input',
      `There are ${rest.length} different text(s), and hidden words are learned from at least ten. Give more with --items or --data.`,
    )
  }
  const { best, perplexity, perplexityBefore } = await learnMaskedWords({
    ...{ network, train: rest, valid: held, seed: options.seed, context },
    options: { ...common, ...options, share: 0.15, drawn: 1_000 },
  })
  return {
    network: merged(network, options.tuning, best.parameters),
    metrics: { 'perplexity before': perplexityBefore, perplexity },
  }
}

async function byPairs(
  network: TextNetwork,
  options: TrainEncoderOptions,
  context: CourseContext,
): Promise<Learned> {
  const { seed, tuning, batch } = options
  const { draw, valid, count } = pairSource(options)
  const best = await learnPairs({
    ...{ network, seed, context, valid },
    pairs: (_, random) => draw(Math.min(count, options.pairsPerEpoch), random),
    pairsPerEpoch: Math.max(batch, Math.min(count, options.pairsPerEpoch)),
    options: { ...common, ...options, encoderDropout: 0 },
  })
  return {
    network: merged(network, tuning, best.parameters),
    metrics: { 'pair loss': -best.value },
  }
}

function pairSource({ pairs, data, batch, seed }: TrainEncoderOptions) {
  const random = seededRandom(seed)
  const most = 8 * batch
  if (pairs) {
    const order = shuffle(random, [...pairs])
    const valid = order.splice(0, Math.min(most, Math.floor(order.length / 10)))
    return {
      ...{ valid, count: order.length },
      draw: (count: number, lots: () => number) => shuffle(lots, [...order]).slice(0, count),
    }
  }
  const catalogue = catalogueOf({ interactions: data.train, items: data.items })
  const train = datasetOf(data.train, catalogue)
  const isHeld = (user: number): boolean => user % 10 === 7
  const how = { people: 0.3, past: 4 }
  const own = engagementPairs(train, how, (user) => !isHeld(user))
  const others = engagementPairs(train, how, isHeld)
  if (own.count === 0) {
    throw new KithError(
      'invalid-input',
      'Nobody here has two items with a text, so nothing goes together. Give texts with --items, pairs with --pairs, or learn by words.',
    )
  }
  const valid = others.draw(Math.min(others.count, most), random)
  return { draw: own.draw, count: own.count, valid }
}

function textsOf({ items = [] }: RawData): string[] {
  return [...new Set(items.map(({ text }) => text.trim()).filter((text) => text !== ''))]
}

function heldOut(texts: readonly string[], seed: number): Parts {
  const order = shuffle(seededRandom(seed), [...texts])
  const count = Math.min(heldTexts, Math.floor(order.length / 10))
  return { held: order.slice(0, count), rest: order.slice(count) }
}

async function neighboursKept(
  before: TextNetwork,
  after: TextNetwork,
  texts: readonly string[],
  { threads, signal, maxTokens }: TrainEncoderOptions,
): Promise<number> {
  const [first, second] = [before, after].map(async (network) => {
    const encoder = await openTextEncoder(network, { threads, maxTokens })
    try {
      return await encoder.encode(texts, { signal })
    } finally {
      await encoder.close()
    }
  })
  return keptNeighbours(await first!, await second!, texts.length, neighbours)
}

function contextOf(
  { registry, resumes, clock, signal, threads, seed, progress }: TrainEncoderOptions,
  {
    models: [trainer = ''],
    options,
    data,
  }: { models: string[]; options: Facts; data: { hash: string } },
  report: FitReport,
) {
  const checkpoint = fitCheckpoints({ registry, resumes, clock, note: () => {} })
  return {
    ...{ signal, report, machine: { threads } },
    checkpoint: checkpoint({ data: data.hash, trainer, seed, options }),
    progress: (done: number, total: number) => progress?.('steps', done, total),
  }
}

type Facts = Record<string, string | number | boolean>

function factsOf(options: TrainEncoderOptions): Facts {
  const { tuning, by, rate, epochs, batch, maxTokens, temperature, fewWords, precision } = options
  const { layers = [], pairsPerEpoch, network } = options
  return {
    ...{ base: network.name, by, tuning: JSON.stringify(tuning), rate, epochs, batch, maxTokens },
    ...{ temperature, pairsPerEpoch, layers: layers.join(','), fewWords, precision },
  }
}
