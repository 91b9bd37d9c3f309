/** `kith evaluate recommend`: our feed beside baselines, on data in plain formats. */
import type { Command } from 'commander'
import { z } from 'zod'
import { openEvaluationRankers } from '../../home-ranker.ts'
import { splitNames } from '../../learn/data/load.ts'
import { evaluateRecommend } from '../../learn/evaluate/evaluate-recommend.ts'
import { searchRecommend } from '../../learn/search/search-recommend.ts'
import { runRegistry } from '../../run-registry.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { addEvaluateCommunities } from './evaluate-communities.ts'
import { list } from './evaluate-flags.ts'
import { addEvaluateLinks } from './evaluate-links.ts'
import { addEvaluateNext } from './evaluate-next.ts'
import { addEvaluateProbes } from './evaluate-probes.ts'
import { addEvaluateRerank } from './evaluate-rerank.ts'

const share = z.number().min(0).max(1)
const schema = z.object({
  data: z.string().optional(),
  train: z.string().optional(),
  valid: z.string().optional(),
  test: z.string().optional(),
  social: z.string().optional(),
  items: z.string().optional(),
  models: list,
  at: list
    .transform((parts) => parts.map(Number))
    .pipe(z.array(z.number().int().min(1).max(1_000))),
  seeds: z.coerce.number().int().min(1).max(100),
  split: z.enum([...splitNames, 'replay']).optional(),
  ratios: list
    .transform((parts) => parts.map(Number))
    .pipe(z.tuple([share, share, share]))
    .optional(),
  fitValid: z.boolean().optional(),
  onValid: z.boolean().optional(),
  candidates: z.coerce.number().int().min(1).optional(),
  segments: z.boolean().optional(),
  tags: z.boolean().optional(),
  record: z.boolean().optional(),
  resume: z.boolean().optional(),
  search: z.string().optional(),
  trials: z.coerce.number().int().min(1).max(10_000),
})

export function addEvaluateCommand(program: Command, context: CommandContext): void {
  const evaluate = program
    .command('evaluate')
    .description('measure quality on data in plain formats')
  evaluate
    .command('recommend')
    .description('recall and NDCG of rankers, the live home feed among them, full ranking')
    .option(
      '--data <folder>',
      'a folder of a known data set: lastfm, lastfm-8-2, gowalla, ml-100k, weibo',
    )
    .option('--train <file>', '`user item item …` lines, or `user item [value] [time]`')
    .option('--valid <file>', 'to choose options on')
    .option('--test <file>', 'to measure on')
    .option('--social <file>', '`user user` ties')
    .option('--items <file>', '`id text` of items')
    .option('--models <names>', 'rows of the table', 'random,popular,friends,item-knn,home')
    .option('--at <k>', 'list lengths', '10,20')
    .option('--seeds <n>', 'repeat with so many seeds', '3')
    .option(
      '--split <how>',
      'files, random (each person), random-all, leave-one-out, time, cold-items, cold-people or replay',
    )
    .option('--ratios <shares>', 'of train, valid and test, as in 0.8,0.1,0.1')
    .option('--fit-valid', 'fit on training and validation together')
    .option('--no-fit-valid', 'fit on training alone, also where others publish it together')
    .option(
      '--on-valid',
      'measure on the validation part, to choose options; the test stays unseen',
    )
    .option('--search <model>', 'choose its options on the validation part instead of measuring')
    .option('--trials <n>', 'so many choices are tried by --search', '30')
    .option(
      '--candidates <n>',
      'order test items among so many others by lot, instead of all items',
    )
    .option('--segments', 'also print cold people, head and tail, languages, and reliability')
    .option('--no-tags', 'texts of items without the tags people gave them')
    .option('--no-record', 'do not keep it as a run (see `kith runs`)')
    .option('--resume', 'go on where fits of the same data, options and seed were killed')
    .option('--json', 'one JSON object on the last line')
    .action((flags: object) => runEvaluate(context, flags))
  addEvaluateProbes(evaluate, context)
  addEvaluateNext(evaluate, context)
  addEvaluateRerank(evaluate, context)
  addEvaluateLinks(evaluate, context)
  addEvaluateCommunities(evaluate, context)
}

async function runEvaluate(context: CommandContext, flags: { json?: boolean }): Promise<void> {
  const { output, createProgress, signal } = context
  const parsed = parseFlags(schema, flags)
  const { search, trials, ...measured } = parsed
  if (search !== undefined) return runSearch(context, { ...parsed, search }, flags.json)
  const { data, fitValid, tags, record, resume: resumes, ...options } = measured
  const config = context.config()
  const rankers = await openEvaluationRankers(config, context.log(), signal)
  const bar = createProgress()
  try {
    const { table, json } = await evaluateRecommend({
      ...options,
      ...rankers,
      folder: data,
      fitsValid: fitValid,
      usesTags: tags,
      resumes,
      registry: record === false ? undefined : runRegistry(config, context.log()),
      signal,
      clock: () => performance.now(),
      progress: (phase, done, total) => bar.update(phase, done, total),
    })
    bar.stop()
    output.text(table)
    if (flags.json) output.json(json)
  } finally {
    bar.stop()
    await rankers.close()
  }
}

type SearchFlags = z.infer<typeof schema> & { readonly search: string }

async function runSearch(
  context: CommandContext,
  { data, tags, search, record, models: _, seeds: __, ...options }: SearchFlags,
  wantsJson = false,
): Promise<void> {
  const { output, createProgress, signal } = context
  const bar = createProgress()
  try {
    const { table, json } = await searchRecommend({
      ...options,
      folder: data,
      usesTags: tags,
      model: search,
      registry: record === false ? undefined : runRegistry(context.config(), context.log()),
      signal,
      clock: () => performance.now(),
      progress: (phase, done, total) => bar.update(phase, done, total),
    })
    bar.stop()
    output.text(table)
    if (wantsJson) output.json(json)
  } finally {
    bar.stop()
  }
}
