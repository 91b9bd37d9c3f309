/** `kith train-shared-space`: learns the space that Chinese and English share from parallel text. */
import { mkdir } from 'node:fs/promises'
import type { Command } from 'commander'
import { z } from 'zod'
import { fitSharedSpace } from '../../learn/bilingual/fit-shared-space.ts'
import { readParallel } from '../../learn/bilingual/read-parallel.ts'
import { writeSharedHead } from '../../learn/bilingual/shared-head.ts'
import { record } from '../../learn/runs/record.ts'
import { runRegistry } from '../../run-registry.ts'
import { openSharedParts } from '../../shared-space.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'

const schema = z.object({
  folder: z.string(),
  out: z.string(),
  version: z.string(),
  without: z.string().optional(),
  rounds: z.coerce.number().int().min(1).max(50),
  kept: z.coerce.number().int().min(1).max(10),
  leastUses: z.coerce.number().int().min(0),
  meanTexts: z.coerce.number().int().min(10).max(100_000),
})

export function addTrainSharedSpace(program: Command, context: CommandContext): void {
  program
    .command('train-shared-space')
    .description('learn the space that Chinese and English share, from parallel text')
    .requiredOption('--folder <folder>', 'pairs.tsv, zh.txt, en.txt, signs.txt (see the docs)')
    .requiredOption('--out <folder>', 'where the head goes')
    .option('--version <name>', 'part of the name of the space', '1')
    .option('--without <folder>', 'sentences of its files are left out of what is learned from')
    .option('--rounds <n>', 'of expectation and maximisation', '5')
    .option('--kept <n>', 'translations of a word', '3')
    .option('--least-uses <n>', 'a word of several signs must be in so many texts', '3')
    .option('--mean-texts <n>', 'texts a language that the means are taken over', '1500')
    .option('--json', 'one JSON object on the last line')
    .action((flags: object) => train(context, flags))
}

async function train(context: CommandContext, flags: { json?: boolean }): Promise<void> {
  const { output, signal } = context
  const { folder, out, version, without, ...options } = parseFlags(schema, flags)
  const { texts, facts } = await readParallel(folder, without)
  const log = context.log()
  const encoders = await openSharedParts(log)
  const chosen = {
    ...options,
    ...{ mostWords: 30, leastShare: 0.06, leastTexts: 3 },
    // Both of what the Chinese encoder says of an English text count like a view.
    weights: { chinese: 2, english: 1, words: 1 },
  }
  const { weights, ...plain } = chosen
  const plan = {
    kind: 'train' as const,
    name: 'shared space',
    models: ['shared-zh-en'],
    options: { ...plain, ...weights },
    seeds: [0],
    data: {
      name: 'parallel text',
      hash: facts.hash,
      users: 0,
      items: facts.pairs,
      interactions: 0,
    },
  }
  try {
    await record({ registry: runRegistry(context.config(), log), plan, signal }, async (run) => {
      const report = (name: string, step: number, value: number) => {
        run.track.log(name, step, value)
      }
      const head = await fitSharedSpace(texts, encoders, chosen, { signal, report })
      await mkdir(out, { recursive: true })
      await writeSharedHead(out, head, version)
      const found = {
        ...facts,
        words: head.lexicon.toEnglish.size,
        stems: head.lexicon.toChinese.size,
      }
      output.text(
        `${facts.pairs} pairs, ${facts.overlapping} of measured sentences left out · ${found.words} Chinese words, ${found.stems} English stems · ${out}`,
      )
      if (flags.json) output.json({ run: run.id, ...found })
      return { result: undefined }
    })
  } finally {
    await Promise.all([encoders.chinese.close(), encoders.english.close()])
  }
}
