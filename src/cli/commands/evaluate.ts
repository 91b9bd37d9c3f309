/** `kith evaluate recommend`: our feed beside baselines, on data in plain formats. */
import type { Command } from 'commander'
import { z } from 'zod'
import { openEvaluationRankers } from '../../evaluation/home-ranker.ts'
import { splitNames } from '../../learn/data/load.ts'
import { evaluateRecommend } from '../../learn/evaluate/evaluate-recommend.ts'
import { searchRecommend } from '../../learn/search/search-recommend.ts'
import type { CommandContext } from '../context.ts'
import { parseFlags } from '../parse.ts'
import { addEvaluateClassify } from './evaluate-classify.ts'
import { addEvaluateCommunities } from './evaluate-communities.ts'
import {
  addMeasuringOptions,
  list,
  type MeasuringFlags,
  measuringFlags,
  printMeasured,
} from './evaluate-flags.ts'
import { addEvaluateLanguage } from './evaluate-language.ts'
import { addEvaluateLinks } from './evaluate-links.ts'
import { addEvaluateNext } from './evaluate-next.ts'
import { addEvaluatePolicies } from './evaluate-policies.ts'
import { addEvaluateProbes } from './evaluate-probes.ts'
import { addEvaluateRerank } from './evaluate-rerank.ts'
import { addEvaluateRetrieval } from './evaluate-retrieval.ts'

const share = z.number().min(0).max(1)
const schema = z.object({
  ...measuringFlags,
  data: z.string().optional(),
  train: z.string().optional(),
  valid: z.string().optional(),
  test: z.string().optional(),
  social: z.string().optional(),
  items: z.string().optional(),
  split: z.enum([...splitNames, 'replay']).optional(),
  ratios: list
    .transform((parts) => parts.map(Number))
    .pipe(z.tuple([share, share, share]))
    .optional(),
  fitValid: z.boolean().optional(),
  candidates: z.coerce.number().int().min(1).optional(),
  segments: z.boolean().optional(),
  tags: z.boolean().optional(),
  against: z.string().optional(),
  search: z.string().optional(),
  trials: z.coerce.number().int().min(1).max(10_000),
})

export function addEvaluateCommand(program: Command, context: CommandContext): void {
  const evaluate = program
    .command('evaluate')
    .description('measure quality on data in plain formats')
  const recommend = evaluate
    .command('recommend')
    .description('recall and NDCG of rankers, the live home feed among them, full ranking')
    .option(
      '--data <folder>',
      'a folder of a known data set: lastfm, lastfm-8-2, gowalla, ml-100k, weibo, llm-games',
    )
    .option('--train <file>', '`user item item …` lines, or `user item [value] [time]`')
    .option('--valid <file>', 'to choose options on')
    .option('--test <file>', 'to measure on')
    .option('--social <file>', '`user user` ties')
    .option('--items <file>', '`id text` of items')
    .option(
      '--split <how>',
      'files, random (each person), random-all, leave-one-out, time, cold-items, cold-people or replay',
    )
    .option('--ratios <shares>', 'of train, valid and test, as in 0.8,0.1,0.1')
    .option('--fit-valid', 'fit on training and validation together')
    .option('--no-fit-valid', 'fit on training alone, also where others publish it together')
    .option('--search <model>', 'choose its options on the validation part instead of measuring')
    .option('--trials <n>', 'so many choices are tried by --search', '30')
    .option(
      '--candidates <n>',
      'order test items among so many others by lot, instead of all items',
    )
    .option('--against <model>', 'compare every row with this one, not with the best baseline')
    .option('--segments', 'also print cold people, head and tail, languages, and reliability')
    .option('--no-tags', 'texts of items without the tags people gave them')
  const defaults = {
    ...{ models: 'random,popular,friends,item-knn,home', at: '10,20', seeds: '3' },
  }
  addMeasuringOptions(recommend, defaults).action((flags: MeasuringFlags) =>
    runEvaluate(context, flags),
  )
  addEvaluateProbes(evaluate, context)
  addEvaluateClassify(evaluate, context)
  addEvaluateLanguage(evaluate, context)
  addEvaluateNext(evaluate, context)
  addEvaluatePolicies(evaluate, context)
  addEvaluateRerank(evaluate, context)
  addEvaluateLinks(evaluate, context)
  addEvaluateCommunities(evaluate, context)
  addEvaluateRetrieval(evaluate, context)
}

async function runEvaluate(context: CommandContext, flags: MeasuringFlags): Promise<void> {
  const parsed = parseFlags(schema, flags)
  const { search, trials: _, data, fitValid, tags, ...options } = parsed
  if (search !== undefined) return runSearch(context, { ...parsed, search }, flags)
  const rankers = await openEvaluationRankers(context.config(), context.log(), context.signal)
  try {
    await printMeasured(context, flags, (measuring) =>
      evaluateRecommend({
        ...{ ...options, ...rankers, ...measuring },
        ...{ folder: data, fitsValid: fitValid, usesTags: tags },
      }),
    )
  } finally {
    await rankers.close()
  }
}

type SearchFlags = z.infer<typeof schema> & { readonly search: string }

function runSearch(
  context: CommandContext,
  { data, tags, search, models: _, seeds: __, ...options }: SearchFlags,
  flags: MeasuringFlags,
): Promise<void> {
  const asked = { ...options, folder: data, usesTags: tags, model: search }
  return printMeasured(context, flags, (measuring) => searchRecommend({ ...asked, ...measuring }))
}
