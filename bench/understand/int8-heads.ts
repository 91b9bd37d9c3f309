/** What eight bits cost the shipped heads: each on its own measured part, with vectors of float and of int8 weights. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shippedFile } from '../../src/built.ts'
import { type Embedding, embeddingOf } from '../../src/domain/embedding.ts'
import type { LabelledTexts, TextEncoder } from '../../src/learn/classify/classifier.ts'
import { loadClassifier } from '../../src/learn/classify/classifier-trainers.ts'
import { headRecipes } from '../../src/learn/classify/heads/recipes.ts'
import { readClassifyData, splitOf } from '../../src/learn/classify/labelled/labelled-data.ts'
import { savedModelOf } from '../../src/learn/runs/saved-model.ts'
import type { TextNetwork } from '../../src/learn/text/text-network.ts'
import { seededRandom } from '../../src/math/random.ts'
import { type BundledNetwork, openBundledNetwork } from '../../src/text-networks.ts'
import { renderRows } from '../rows.ts'
import { type Alone, openAlone } from './alone.ts'

export interface HeadFigures {
  readonly head: string
  readonly texts: number
  readonly float: number
  readonly int8: number
  /** Share of texts that are given the same label. */
  readonly same: number
}

const mostTexts = 1_000
/** Heads of one encoder each, whose measured part no head of ours has learned from. */
const compared: readonly (readonly [string, BundledNetwork, string])[] = [
  ['spam-en', 'minilm', 'minilm-l6-v2@1'],
  ['emotion-en', 'minilm', 'minilm-l6-v2@1'],
  ['sentiment-zh', 'bge', 'bge-small-zh-v1.5@1'],
  ['emotion-zh', 'bge', 'bge-small-zh-v1.5@1'],
  ['rumour-zh', 'bge', 'bge-small-zh-v1.5@1'],
]

/** @param data the folder of data sets */
export async function benchInt8Heads(data: string, threads: number): Promise<HeadFigures[]> {
  const figures: HeadFigures[] = []
  for (const [head, name, space] of compared) {
    figures.push(await compare(head, openBundledNetwork(name), space, data, threads))
  }
  const rows = figures.map(({ head, texts, float, int8, same }) => [
    ...[head, String(texts), float.toFixed(4), int8.toFixed(4), same.toFixed(4)],
  ])
  const heading = ['head', 'texts', 'accuracy float', 'int8', 'same label']
  process.stdout.write(`${renderRows([heading, ...rows])}\n`)
  return figures
}

async function compare(
  head: string,
  network: TextNetwork,
  space: string,
  data: string,
  threads: number,
): Promise<HeadFigures> {
  const { texts, labels } = await measuredPart(head, data)
  const answers: number[][] = []
  for (const precision of ['float', 'int8'] as const) {
    const alone = await openAlone(network, precision, threads)
    answers.push(await answersOf(head, texts, encoderOf(alone, network, space)))
    await alone.close()
  }
  const [float, int8] = answers as [number[], number[]]
  const share = (isCounted: (n: number) => boolean): number =>
    texts.filter((_, n) => isCounted(n)).length / texts.length
  return {
    head,
    texts: texts.length,
    float: share((n) => float[n] === labels[n]),
    int8: share((n) => int8[n] === labels[n]),
    same: share((n) => float[n] === int8[n]),
  }
}

/** As `kith train heads` measured it: the lot of the seed is the same. */
async function measuredPart(head: string, data: string): Promise<LabelledTexts> {
  const recipe = headRecipes.find(({ name }) => name === head)!
  const inside = (path: string | undefined) => (path === undefined ? undefined : join(data, path))
  const files = { ...recipe, train: join(data, recipe.train) }
  const [found] = await readClassifyData({
    ...files,
    ...{ valid: inside(recipe.valid), test: inside(recipe.test) },
  })
  const { test } = splitOf(found!, seededRandom(1 + 2 ** 33))
  return {
    ...test,
    texts: test.texts.slice(0, mostTexts),
    labels: test.labels.slice(0, mostTexts),
  }
}

async function answersOf(
  head: string,
  texts: readonly string[],
  encoder: TextEncoder,
): Promise<number[]> {
  const file = shippedFile(`../../src/understand/heads/${head}.safetensors`, import.meta.url)
  const saved = savedModelOf(await readFile(fileURLToPath(file)))
  const classifier = await loadClassifier(saved, { encoder })
  const rows = await classifier.classify(texts)
  const width = classifier.classes.length
  return texts.map((_, n) => {
    const row = [...rows.subarray(n * width, (n + 1) * width)]
    return row.indexOf(Math.max(...row))
  })
}

/** Text by text: eight bits have one scale for a whole batch. */
function encoderOf(alone: Alone, network: TextNetwork, space: string): TextEncoder {
  return {
    spaces: [space],
    async encode(texts) {
      const found: (Embedding | undefined)[] = []
      for (const text of texts) {
        const tokens = network.vocabulary.encode(text, network.form.maxTokens)
        found.push(tokens.length > 2 ? embeddingOf(space, await alone.encode([tokens])) : undefined)
      }
      return found
    },
  }
}
