/** A step of fine-tuning MiniLM by LoRA on 32 texts of 32 tokens, and what 10,000 texts would take. */
import { encoderGraph, encoderInputs } from '../../src/learn/text/encoder-graph.ts'
import { layersOf, type Tuning } from '../../src/learn/text/layers.ts'
import { rowsOf } from '../../src/learn/text/token-batch.ts'
import { seededRandom } from '../../src/math/random.ts'
import { compileTraining } from '../../src/tensor/compile.ts'
import { input } from '../../src/tensor/expression.ts'
import { dense } from '../../src/tensor/layers.ts'
import { crossEntropy } from '../../src/tensor/losses.ts'
import { adamW } from '../../src/tensor/optimizers.ts'
import { steady } from '../../src/tensor/schedules.ts'
import { openTrainer } from '../../src/tensor/trainer.ts'
import { openBundledNetwork } from '../../src/text-networks.ts'
import type { UnderstandBench } from '../understand.ts'
import { posts } from './texts.ts'

export interface LoraFigures {
  readonly tuning: string
  readonly threads: number
  /** Seconds of one step: the best, and half of all are quicker than the median. */
  readonly best: number
  readonly median: number
  readonly steps: number
  /** Minutes of 10,000 texts × 3 epochs in batches of 32, by the median. */
  readonly extrapolated: number
}

const batch = 32
const words = 30
const classes = 7

const lora: Tuning = {
  kind: 'lora',
  rank: 8,
  alpha: 16,
  on: ['query', 'value'],
  dropout: 0,
  from: 0,
}

/** As a classifier is trained, then for comparison. */
const ways: readonly Way[] = [
  { name: 'LoRA of rank 8 on queries and values', tuning: lora, rounds: true },
  { name: 'the same, all in floats', tuning: lora, rounds: false },
  { name: 'every layer', tuning: { kind: 'full', from: 0, words: false }, rounds: false },
]

interface Way {
  readonly name: string
  readonly tuning: Tuning
  /** Products with weights that stay are worked out in eight bits. */
  readonly rounds: boolean
}

/** On one thread whatever was asked for, as the goal is. */
export async function benchLora({ seconds }: UnderstandBench): Promise<LoraFigures[]> {
  const figures: LoraFigures[] = []
  for (const way of ways) figures.push(await measure(way, seconds))
  for (const { tuning, best, median, steps, extrapolated } of figures) {
    process.stdout.write(
      `${tuning}, ${batch} × ${words + 2} tokens on 1 thread: ${best.toFixed(3)} s a step at best, ` +
        `${median.toFixed(3)} in the middle of ${steps}; 10,000 texts × 3 epochs would take ` +
        `${extrapolated.toFixed(1)} minutes\n`,
    )
  }
  return figures
}

async function measure({ name, tuning, rounds }: Way, seconds: number): Promise<LoraFigures> {
  const network = openBundledNetwork('minilm')
  const { pooled } = encoderGraph(
    network.form,
    layersOf(network, tuning, { rounds }),
    encoderInputs(network.form),
  )
  const loss = crossEntropy(dense('head', pooled, classes), input('labels', 'int32', ['batch']))
  const training = compileTraining({
    loss,
    optimizer: adamW({ decay: 0.01 }),
    schedule: steady(1e-4),
    clip: 1,
  })
  const trainer = await openTrainer(training, { random: seededRandom(1), threads: 1 })
  const times: number[] = []
  const end = performance.now() + 1000 * seconds
  for (let step = 0; step < 6 || performance.now() < end; step++) {
    const start = performance.now()
    const tokens = posts('en', batch, { length: words, seed: step }).map((text) => {
      return network.vocabulary.encode(text, words + 2)
    })
    const labels = Int32Array.from(tokens, (_, n) => (n + step) % classes)
    await trainer.step({ ...rowsOf(network, tokens), labels })
    if (step > 0) times.push((performance.now() - start) / 1000)
  }
  await trainer.close()
  const [best = 0] = times.sort((a, b) => a - b)
  const median = times[times.length >> 1] ?? best
  const extrapolated = (median * Math.ceil(10_000 / batch) * 3) / 60
  return { tuning: name, threads: 1, best, median, steps: times.length, extrapolated }
}
