/** `kith train encoder`: an encoder of your own, learned from texts or from what people have together. */
import type { Command } from 'commander'
import { z } from 'zod'
import { loadData, type RawData } from '../../learn/data/load.ts'
import { readItems } from '../../learn/data/read/read.ts'
import { readNetwork } from '../../learn/text/keep/network-folder.ts'
import { type Projection, projections, type Tuning } from '../../learn/text/layers.ts'
import { readLines, readPairs } from '../../learn/text/read-pairs.ts'
import type { TextNetwork } from '../../learn/text/text-network.ts'
import { trainEncoder } from '../../learn/text/train-encoder.ts'
import { ownData } from '../../own-data.ts'
import { runRegistry } from '../../run-registry.ts'
import { bundledNetworks, openBundledNetwork } from '../../text-networks.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { list } from './evaluate-flags.ts'

const whole = z.coerce.number().int().min(1)
const schema = z.object({
  base: z.string(),
  by: z.enum(['pairs', 'words']),
  out: z.string(),
  data: z.string().optional(),
  train: z.string().optional(),
  items: z.string().optional(),
  pairs: z.string().optional(),
  frozen: z.string().optional(),
  full: z.boolean().optional(),
  rank: whole.max(256),
  rate: z.coerce.number().positive().max(1),
  epochs: whole.max(1_000),
  batch: whole.min(2).max(1_024),
  tokens: whole.min(4).max(512),
  temperature: z.coerce.number().positive(),
  pairsPerEpoch: whole,
  layers: list.transform((parts) => parts.map(Number)).optional(),
  fewWords: z.boolean().optional(),
  precision: z.enum(['float', 'int8']),
  seed: z.coerce.number().int().min(0),
  threads: whole.max(64),
  resume: z.boolean().optional(),
})
type Flags = z.infer<typeof schema>

/** @param program where `train` is already */
export function addTrainEncoder(program: Command, context: CommandContext): void {
  const train = program.commands.find((command) => command.name() === 'train') ?? program
  train
    .command('encoder')
    .description('an encoder learns from texts (words) or from what people have together (pairs)')
    .option(
      '--base <name>',
      `${bundledNetworks.join(', ')} or a folder made by this command`,
      'minilm',
    )
    .option('--by <what>', '`pairs` of what belongs together, or hidden `words` of texts', 'pairs')
    .requiredOption('--out <folder>', 'where the encoder goes: ENCODER=onnx:FOLDER opens it')
    .option('--data <folder>', 'a folder of a known data set; without any data: your own network')
    .option('--train <file>', '`user item [value] [time]` lines')
    .option('--items <file>', '`id text` of items')
    .option('--pairs <file>', 'two texts a line with a tab between, instead of events')
    .option('--frozen <file>', 'texts, one a line, whose neighbours should stay')
    .option('--full', 'all weights learn, not LoRA beside them')
    .option('--rank <n>', 'of LoRA', '16')
    .option('--rate <n>', 'the largest learning rate', '0.0005')
    .option('--epochs <n>', 'at most', '3')
    .option('--batch <n>', 'texts or pairs of a step', '64')
    .option('--tokens <n>', 'longer texts are cut', '64')
    .option('--temperature <n>', 'of pairs', '0.07')
    .option('--pairs-per-epoch <n>', 'drawn anew for each', '6400')
    .option('--layers <numbers>', 'only these layers, as in 0,2,4')
    .option('--few-words', 'keep only the words that occur in the texts')
    .option('--precision <how>', 'of model.onnx: float or int8', 'float')
    .option('--seed <n>', 'the same seed gives the same encoder', '1')
    .option('--threads <n>', 'of the computing', '1')
    .option('--resume', 'go on where this very training was stopped')
    .action((_: object, command: Command) => run(context, command.optsWithGlobals()))
}

async function run(context: CommandContext, given: { json?: boolean }): Promise<void> {
  const { output, createProgress, signal } = context
  const flags = parseFlags(schema, given)
  const config = context.config()
  const bar = createProgress()
  try {
    const trained = await trainEncoder({
      ...{ ...flags, maxTokens: flags.tokens, tuning: tuningOf(flags), signal },
      network: await openBase(flags.base),
      data: await dataOf(flags, context),
      pairs: flags.pairs === undefined ? undefined : await readPairs(flags.pairs),
      frozen: flags.frozen === undefined ? undefined : await readLines(flags.frozen),
      ...{ fewWords: flags.fewWords ?? false, resumes: flags.resume ?? false },
      registry: runRegistry(config, context.log()),
      clock: () => performance.now(),
      progress: (phase, done, total) => bar.update(phase, done, total),
    })
    bar.stop()
    for (const [name, value] of Object.entries(trained.metrics)) {
      output.text(`${name}: ${value.toPrecision(4)}`)
    }
    output.text(`Open it with ENCODER=onnx:${trained.out} (run ${trained.run}).`)
    if (given.json) output.json(trained)
  } finally {
    bar.stop()
  }
}

async function openBase(base: string): Promise<TextNetwork> {
  const isBundled = bundledNetworks.some((name) => name === base)
  return isBundled ? openBundledNetwork(base) : readNetwork(base)
}

function tuningOf({ full, rank }: Flags): Tuning {
  if (full) return { kind: 'full', from: 0, words: false }
  const on = Object.keys(projections) as Projection[]
  return { kind: 'lora', rank, alpha: 2 * rank, dropout: 0, from: 0, on }
}

async function dataOf(flags: Flags, context: CommandContext): Promise<RawData> {
  const { data: folder, train, items, pairs } = flags
  if (pairs !== undefined) return pairsAsData(pairs)
  if (folder === undefined && train === undefined && items !== undefined) {
    return { name: items, train: [], items: await readItems(items) }
  }
  if (folder === undefined && train === undefined) return ownData(context.config(), context.log())
  return loadData({ folder, train, items }, () => {})
}

/** Their texts, for words that stay and for what is held out. */
async function pairsAsData(path: string): Promise<RawData> {
  const texts = (await readPairs(path)).flat()
  return { name: path, train: [], items: texts.map((text, n) => ({ id: String(n), text })) }
}
