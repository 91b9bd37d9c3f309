/**
 * By text alone, with an encoder as it came or fine-tuned on what people have together: the same two
 * rows twice, so that the difference is the fine-tuning and nothing else. Items that nobody has yet
 * are ranked by their text like all others.
 */
import { KithError } from '../../errors.ts'
import { integer, type Random, seededRandom } from '../../math/random.ts'
import type { Dataset } from '../data/dataset.ts'
import { merged, type Tuning } from '../text/layers.ts'
import { openTextEncoder } from '../text/text-encoder.ts'
import type { TextNetwork } from '../text/text-network.ts'
import { type ContrastiveOptions, learnPairs } from '../text/train/contrastive.ts'
import { engagementPairs } from '../text/train/engagement-pairs.ts'
import type { EncodeTexts, FitContext, Trainer } from '../trainer.ts'
import { contentTrainer } from './content.ts'
import { type Factors, factorModel } from './factor-model.ts'

export interface TunedTextOptions extends Omit<ContrastiveOptions, 'tuning'> {
  readonly tuning: Tuning
  readonly pairsPerEpoch: number
  /** Share of the pairs whose left side is a person, described by so many of their things. */
  readonly people: number
  readonly past: number
  /** Share of the people whose pairs say when to stop. */
  readonly heldOut: number
}

export const tunedTextDefaults: TunedTextOptions = {
  tuning: {
    ...{ kind: 'lora', rank: 16, alpha: 32, dropout: 0, from: 0 },
    on: ['query', 'key', 'value', 'output', 'wide', 'narrow'],
  },
  ...{ temperature: 0.07, encoderDropout: 0, rate: 5e-4, warmUp: 0.1, decay: 0.01, clip: 1 },
  ...{ batch: 64, epochs: 2, patience: 2, maxTokens: 32 },
  ...{ pairsPerEpoch: 3_200, people: 0.3, past: 4, heldOut: 0.1 },
}

type OpenNetwork = (name: string) => TextNetwork

/** `text-…` compares an item with the mean of what a person has; `content-…` learns a projection first. */
export function tunedTextTrainers(
  openNetwork: OpenNetwork,
  options: Partial<TunedTextOptions> = {},
): Trainer[] {
  const chosen = { ...tunedTextDefaults, ...options }
  const encoderOf = sharedEncoders(openNetwork, chosen)
  return [false, true].flatMap((isTuned) =>
    [false, true].map(
      (isProjected): Trainer => ({
        name: `${isProjected ? 'content' : 'text'}-${isTuned ? 'tuned' : 'frozen'}`,
        usesChance: isTuned || isProjected,
        async fit(train, context) {
          const encode = await encoderOf(train, context, isTuned)
          if (isProjected) return contentTrainer().fit(train, { ...context, encode })
          return factorModel(await meanFactors(train, encode), undefined, context.machine)
        },
      }),
    ),
  )
}

/** Two rows with one encoder learn and read it once: the same data and the same seed give the same one. */
function sharedEncoders(openNetwork: OpenNetwork, options: TunedTextOptions) {
  const known = new WeakMap<Dataset, Map<string, EncodeTexts>>()
  return async (train: Dataset, context: FitContext, isTuned: boolean): Promise<EncodeTexts> => {
    const seed = integer(context.random, 0, 2 ** 31)
    const ofTrain = known.get(train) ?? new Map<string, EncodeTexts>()
    known.set(train, ofTrain)
    const name = isTuned ? `tuned by ${seed}` : 'frozen'
    const found = ofTrain.get(name)
    if (found) return found
    const plain = openNetwork(networkFor(train))
    const own = { ...context, random: seededRandom(seed) }
    const network = isTuned ? await tunedOn(train, plain, options, own) : plain
    const encode = rememberingLast(readBy(network, context))
    ofTrain.set(name, encode)
    return encode
  }
}

function readBy(network: TextNetwork, { machine, signal }: FitContext): EncodeTexts {
  return async (texts) => {
    const encoder = await openTextEncoder(network, { threads: machine?.threads, maxTokens: 96 })
    try {
      return { width: encoder.width, data: await encoder.encode(texts, { signal }) }
    } finally {
      await encoder.close()
    }
  }
}

/** Rows ask for the texts of all items, so the last answer is the next one too. */
function rememberingLast(encode: EncodeTexts): EncodeTexts {
  let last: { texts: readonly string[]; vectors: Awaited<ReturnType<EncodeTexts>> } | undefined
  return async (texts) => {
    const isSame =
      last?.texts.length === texts.length && texts.every((t, n) => t === last!.texts[n])
    if (!last || !isSame) last = { texts: [...texts], vectors: await encode(texts) }
    return { ...last.vectors, data: last.vectors.data.slice() }
  }
}

/** The network after it learned which of these things go together. */
export async function tunedOn(
  train: Dataset,
  network: TextNetwork,
  options: TunedTextOptions,
  context: Pick<FitContext, 'random' | 'signal' | 'machine' | 'progress' | 'report' | 'checkpoint'>,
): Promise<TextNetwork> {
  const seed = integer(context.random, 0, 2 ** 31)
  // By the number of a person, so that a fit that is taken up again holds out the same ones.
  const isHeld = (user: number): boolean => (user * 7_919) % 1_000 < options.heldOut * 1_000
  const pairs = engagementPairs(train, options, (user) => !isHeld(user))
  const valid = engagementPairs(train, options, isHeld)
  const { batch, pairsPerEpoch, tuning } = options
  const best = await learnPairs({
    ...{ network, options, seed, context },
    pairs: (_, random: Random) => pairs.draw(pairsPerEpoch, random),
    pairsPerEpoch: pairs.count === 0 ? 0 : pairsPerEpoch,
    valid: valid.draw(Math.min(valid.count, 8 * batch), context.random),
  })
  return merged(network, tuning, best.parameters)
}

/** By what most of the texts are written in. */
function networkFor({ facts = [] }: Dataset): string {
  const texts = facts.map(({ text }) => text).filter((text) => text !== '')
  if (texts.length === 0) {
    throw new KithError(
      'invalid-input',
      'Rows by text need texts of items: give them with --items, or leave these rows out.',
    )
  }
  const chinese = texts.filter((text) => /\p{Script=Han}/u.test(text)).length
  return chinese > texts.length / 2 ? 'bge' : 'minilm'
}

/** A person points where the mean of their things points. */
async function meanFactors(
  { interactions, facts = [] }: Dataset,
  encode: EncodeTexts,
): Promise<Factors> {
  const { width, data: items } = await encode(facts.map(({ text }) => text))
  for (const [item, { text }] of facts.entries()) {
    // What says nothing is near to nobody.
    if (text.trim() === '') items.fill(0, item * width, (item + 1) * width)
  }
  const users = new Float32Array(interactions.rows * width)
  for (let user = 0; user < interactions.rows; user++) {
    const row = users.subarray(user * width, (user + 1) * width)
    for (let at = interactions.starts[user]!; at < interactions.starts[user + 1]!; at++) {
      const item = interactions.columnOf[at]! * width
      for (let d = 0; d < width; d++) row[d]! += items[item + d]!
    }
  }
  return { width, users, items }
}
