/**
 * How the texts of a fit go into a graph: as rows of words, or, where the lower layers stay as they are,
 * as what those layers say of them. That is the same in every epoch, so it is worked out once.
 */
import { planBatches } from '../../../math/plan-batches.ts'
import type { Feeds } from '../../../tensor/feeds.ts'
import { openForward, type TensorForward } from '../../../tensor/forward.ts'
import { encoderGraph, encoderInputs } from '../encoder-graph.ts'
import { layersOf } from '../layers.ts'
import type { TextNetwork } from '../text-network.ts'
import { hiddenRowsOf, rowsOf } from '../token-batch.ts'

export interface Reading {
  /** The layer that its rows go into. */
  readonly first: number
  /** Tokens of each text. */
  readonly lengths: readonly number[]
  /** @param texts their numbers @param words the table of words, where it is not the network's own */
  feeds(texts: ArrayLike<number>, words?: Float32Array): Feeds
}

export function readingOf(
  network: TextNetwork,
  texts: readonly string[],
  maxTokens: number,
): Reading {
  const tokens = tokensOf(network, texts, maxTokens)
  return {
    first: 0,
    lengths: tokens.map(({ length }) => length),
    feeds: (some, words) =>
      rowsOf(
        network,
        Array.from(some, (n) => tokens[n]!),
        words && { words },
      ),
  }
}

export function tokensOf(
  network: TextNetwork,
  texts: readonly string[],
  maxTokens: number,
): Int32Array[] {
  const limit = Math.min(maxTokens, network.form.maxTokens)
  return texts.map((text) => network.vocabulary.encode(text, limit))
}

const mostBytes = 2 ** 31

/** Whether what is said of so many tokens is little enough to be kept. */
export function fitsMemory({ form }: TextNetwork, { lengths }: Reading): boolean {
  const tokens = lengths.reduce((sum, length) => sum + length, 0)
  return 4 * tokens * form.width <= mostBytes
}

export interface LowerOptions {
  /** Layers below it are worked out here. */
  readonly from: number
  /** Their products in eight bits. */
  readonly rounds: boolean
  readonly threads?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** The same texts, read by the layers below `from`. */
export async function readByLower(
  network: TextNetwork,
  reading: Reading,
  { from, rounds, threads, signal }: LowerOptions,
): Promise<Reading> {
  const { form } = network
  const inputs = encoderInputs(form)
  const layers = layersOf(network, { kind: 'head' }, { rounds })
  const { hidden } = encoderGraph({ ...form, layers: from }, layers, inputs)
  const forward = await openForward({ hidden }, { parameters: {}, threads })
  const said: Float32Array[] = []
  const { lengths } = reading
  const unpooled: Reading = {
    ...reading,
    feeds(some) {
      const { shares: _, ...rows } = reading.feeds(some)
      return rows
    },
  }
  await eachBatch(forward, unpooled, { signal }, (batch, answers) => {
    const { data, shape } = answers['hidden']!
    const stride = shape[1]! * form.width
    for (const [at, n] of batch.entries()) {
      said[n] = (data as Float32Array).slice(at * stride, at * stride + lengths[n]! * form.width)
    }
  })
  await forward.close()
  return {
    first: from,
    lengths,
    feeds: (some) =>
      hiddenRowsOf(
        form,
        Array.from(some, (n) => said[n]!),
      ),
  }
}

export interface ReadingRun {
  readonly words?: Float32Array | undefined
  readonly signal?: AbortSignal | undefined
}

/** [texts × width] of the output of that name. @param forward of a graph that begins at `first` */
export async function answersTo(
  forward: TensorForward,
  reading: Reading,
  name: string,
  run: ReadingRun = {},
): Promise<Float32Array> {
  let all = new Float32Array(0)
  await eachBatch(forward, reading, run, (batch, answers) => {
    const { data, shape } = answers[name]!
    const width = shape[1]!
    if (all.length === 0) all = new Float32Array(reading.lengths.length * width)
    for (const [at, n] of batch.entries()) {
      all.set((data as Float32Array).subarray(at * width, (at + 1) * width), n * width)
    }
  })
  return all
}

const tokensOfRun = 2_048

async function eachBatch(
  forward: TensorForward,
  { lengths, feeds }: Reading,
  { words, signal }: ReadingRun,
  use: (batch: readonly number[], answers: Awaited<ReturnType<TensorForward['run']>>) => void,
): Promise<void> {
  for (const batch of planBatches(lengths, tokensOfRun)) {
    signal?.throwIfAborted()
    use(batch, await forward.run(feeds(batch, words)))
  }
}
