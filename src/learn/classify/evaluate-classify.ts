/**
 * `kith evaluate classify` below the command line: trainers side by side on labelled texts, majority and naive
 * Bayes among them. Choices are made on validation texts, held out of the training texts where none are given.
 */
import { KithError } from '../../errors.ts'
import type { Note } from '../data/dataset.ts'
import { type EvaluateProgress, type EvaluationRow, rowsOf } from '../evaluate/evaluate.ts'
import type { Measurement } from '../evaluate/measure.ts'
import { evaluationTable } from '../evaluate/table.ts'
import { fitCheckpoints } from '../runs/fit-checkpoints.ts'
import { record } from '../runs/record.ts'
import type { Registry } from '../runs/registry.ts'
import type { OpenRun } from '../runs/start-run.ts'
import { reportTo } from '../runs/track.ts'
import type { OpenNetwork, TextEncoder } from './classifier.ts'
import { classifierTrainerOf } from './classifier-trainers.ts'
import {
  type ClassifyData,
  type ClassifyFiles,
  readClassifyData,
  readRelated,
  runDataOf,
} from './labelled/labelled-data.ts'
import { measureClassify } from './measure-classify.ts'
import { type PublishedClassify, publishedClassify } from './published.ts'

export interface EvaluateClassifyOptions extends ClassifyFiles {
  readonly models: readonly string[]
  /** The first is the one that answers are chosen for. */
  readonly metrics: readonly string[]
  readonly seeds: number
  readonly shots?: number | undefined
  readonly part?: 'valid' | 'test' | undefined
  /** Learns from training and validation texts once everything is chosen. */
  readonly fitsValid?: boolean | undefined
  readonly encoder?: TextEncoder | undefined
  readonly openNetwork?: OpenNetwork | undefined
  /** A file of labelled texts of another task, for trainers that learn from one first. */
  readonly related?: string | undefined
  readonly registry?: Registry | undefined
  readonly resumes?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  readonly clock: () => number
  readonly progress?: EvaluateProgress | undefined
}

export interface ClassifyJson {
  readonly task: 'classify'
  readonly data: string
  readonly part: 'valid' | 'test'
  readonly fitsValid: boolean
  readonly seeds: number
  readonly sizes: Readonly<Record<'train' | 'valid' | 'test' | 'classes', number>>
  readonly notes: readonly string[]
  readonly rows: readonly EvaluationRow[]
  readonly published: readonly PublishedClassify[]
}

export async function evaluateClassify(
  options: EvaluateClassifyOptions,
): Promise<{ readonly table: string; readonly json: ClassifyJson }> {
  const { seeds, part = 'test', fitsValid = false } = options
  if (!Number.isInteger(seeds) || seeds < 1)
    throw new KithError('invalid-input', `seeds = ${seeds}: give a whole number from 1.`)
  const trainers = options.models.map(classifierTrainerOf)
  const sets = await readClassifyData(options)
  const related = options.related === undefined ? undefined : await readRelated(options.related)
  const metrics = metricsOf(options)
  const notes = new Set<string>()
  const note: Note = (text) => notes.add(text)
  const json = await kept(options, { sets, note, metrics }, async (run): Promise<ClassifyJson> => {
    const measurements = new Map<string, Measurement[]>(trainers.map(({ name }) => [name, []]))
    for (let seed = 1; seed <= seeds; seed++) {
      for (const trainer of trainers) {
        const checkpoint = run?.checkpoint(trainer.name, seed)
        const report = run?.report(`${trainer.name}/seed ${seed}`)
        const asked = {
          ...{ ...options, sets, metrics, part, fitsValid, related },
          ...{ checkpoint, report },
        }
        measurements.get(trainer.name)!.push(await measureClassify(trainer, seed, asked))
        await checkpoint?.discard()
      }
    }
    return {
      task: 'classify',
      data: options.train,
      part,
      fitsValid,
      seeds,
      sizes: sizesOf(sets),
      notes: [...notes],
      rows: rowsOf(measurements, ['accuracy']),
      published:
        part === 'test' && options.shots === undefined
          ? publishedClassify(sets, options.namesTeach)
          : [],
    }
  })
  return { table: tableOf(json, metrics), json }
}

function metricsOf({ metrics, outOfScope }: EvaluateClassifyOptions): string[] {
  const scope = outOfScope === undefined ? [] : ['in-scope-accuracy', 'out-of-scope-recall']
  return [...new Set([...metrics, 'accuracy', 'macro-f1', ...scope])]
}

function sizesOf(sets: readonly ClassifyData[]): ClassifyJson['sizes'] {
  const sum = (part: 'train' | 'valid' | 'test'): number =>
    sets.reduce((all, one) => all + (one[part]?.texts.length ?? 0), 0)
  const classes = Math.max(...sets.map((one) => one.classes.length))
  return { train: sum('train'), valid: sum('valid'), test: sum('test'), classes }
}

interface Asked {
  readonly sets: readonly ClassifyData[]
  readonly metrics: readonly string[]
  readonly note: Note
}

/** What a fit writes to while the run is kept. */
interface RunRecords {
  checkpoint(trainer: string, seed: number): ReturnType<ReturnType<typeof fitCheckpoints>>
  report(fit: string): ReturnType<typeof reportTo>
}

async function kept(
  options: EvaluateClassifyOptions,
  { sets, metrics, note }: Asked,
  work: (run?: RunRecords) => Promise<ClassifyJson>,
): Promise<ClassifyJson> {
  const { registry, models, signal, clock, resumes = false, part = 'test' } = options
  if (!registry) return work()
  const data = runDataOf(options.train, sets)
  const chosen = {
    task: 'classify',
    measured: part,
    metric: metrics[0]!,
    shots: options.shots ?? 0,
    labelNames: options.namesTeach ?? false,
    related: options.related ?? 'none',
  }
  const keep = fitCheckpoints({ registry, resumes, note, clock })
  const seeds = Array.from({ length: options.seeds }, (_, index) => index + 1)
  const plan = { kind: 'evaluate', models, seeds, options: chosen, data } as const
  return record({ registry, plan, signal }, async ({ track }: OpenRun) => {
    const result = await work({
      checkpoint: (trainer, seed) => keep({ data: data.hash, trainer, seed, options: chosen }),
      report: (fit) => reportTo(track, fit),
    })
    const rows = result.rows.map(({ model, metrics: figures, seconds, memoryMb }) => ({
      ...{ model, segment: 'all', metrics: { ...figures }, seconds, memoryMb },
    }))
    return { result, end: { rows, notes: result.notes } }
  })
}

function tableOf(json: ClassifyJson, metrics: readonly string[]): string {
  const { train, valid, test, classes } = json.sizes
  const held = [
    valid === 0 ? 'validation a tenth of train' : '',
    test === 0 ? 'test a fifth of train' : '',
  ]
  return [
    `${json.data} · part ${json.part}${json.fitsValid ? ', fitted on train + valid' : ''} · seeds ${json.seeds}`,
    `${classes} classes · ${train} train · ${valid} valid · ${test} test texts${held
      .filter(Boolean)
      .map((one) => ` · ${one}`)
      .join('')}`,
    '',
    evaluationTable(json.rows, [...metrics, 'calibration-error'], json.published),
    ...[...new Set(json.published.map(({ source }) => source))].map(
      (source) => `published: ${source}`,
    ),
    ...(json.notes.length > 0 ? ['', ...json.notes.map((one) => `note: ${one}`)] : []),
  ].join('\n')
}
