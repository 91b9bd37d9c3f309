/** A run from its start to its end: folder, record, track. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CodeVersion, Run, RunData, RunKind, RunRow, RunState } from '../../domain/run.ts'
import type { Log } from '../../log.ts'
import type { Random } from '../../math/random.ts'
import type { SavedModel } from '../trainer.ts'
import { putFile } from './put-file.ts'
import { claimRun, leaveRun, putRun } from './run-record.ts'
import { modelFile } from './saved-model.ts'
import { openJsonlSink } from './track/jsonl.ts'
import { openTensorboardSink } from './track/tensorboard.ts'
import { openTrack, type Track, type TrackSink } from './track.ts'

export interface RunPlan {
  readonly kind: RunKind
  /** What the id is called after; by default the models. */
  readonly name?: string | undefined
  readonly models: readonly string[]
  readonly options?: Run['options'] | undefined
  readonly seeds: readonly number[]
  readonly data: RunData
}

export interface OpenRun {
  readonly id: string
  readonly folder: string
  readonly track: Track
  /** What a trainer's `load` makes the model of again; in place of what was kept before. */
  keepModel(model: SavedModel): Promise<void>
  /** Closes the track and writes the end down. Only the first call counts. */
  finish(end: RunEnd): Promise<Run>
}

export interface RunEnd {
  readonly state: Exclude<RunState, 'running'>
  readonly rows?: readonly RunRow[] | undefined
  readonly notes?: readonly string[] | undefined
  readonly problem?: string | undefined
  readonly gate?: Run['gate']
}

export interface RunKeeping {
  /** Made when the first run starts. */
  readonly folder: string
  readonly code: CodeVersion
  readonly now: () => Date
  readonly random: Random
  readonly log: Log
  /** Where curves go beside the run's own files. */
  readonly sinks?: ((run: Run) => TrackSink[]) | undefined
}

export async function startRun(plan: RunPlan, options: RunKeeping): Promise<OpenRun> {
  const { kind, models, options: chosen = {}, seeds, data } = plan
  const { code, now, log, sinks } = options
  const name = plan.name ?? models.join(', ')
  const startedAt = now()
  const id = await makeFolder(startedAt, name, options)
  const folder = join(options.folder, id)
  const facts = { id, kind, name, models: [...models], options: chosen, seeds: [...seeds], data }
  let run: Run = {
    ...{ ...facts, code, startedAt: startedAt.toISOString(), state: 'running' },
    ...{ rows: [], notes: [] },
  }
  await claimRun(folder)
  await putRun(folder, run)
  const own = [openJsonlSink(join(folder, 'curves.jsonl')), openTensorboardSink(folder, startedAt)]
  const track = openTrack({ sinks: [...own, ...(sinks?.(run) ?? [])], now, log })

  return {
    id,
    folder,
    track,
    keepModel: (model) => putFile(join(folder, 'model.safetensors'), modelFile(model)),
    async finish({ state, rows = [], notes = [], problem, gate }) {
      if (run.state !== 'running') return run
      const end = { state, rows: [...rows], notes: [...notes], endedAt: now().toISOString() }
      run = { ...run, ...end, ...(problem && { problem }), ...(gate && { gate }) }
      await track.close(run)
      await putRun(folder, run)
      await leaveRun(folder)
      return run
    },
  }
}

/** Two runs of one millisecond differ by lot; of two with one lot, the second draws again. */
async function makeFolder(at: Date, name: string, options: RunKeeping): Promise<string> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const time = at.toISOString().replace(/[:.Z]/g, '')
  for (;;) {
    const lot = Math.floor(options.random() * 0x10000)
      .toString(16)
      .padStart(4, '0')
    const id = `${time}-${slugOf(name)}-${lot}`
    try {
      await mkdir(join(options.folder, id), { mode: 0o700 })
      return id
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
  return slug.replace(/^-+|-+$/g, '') || 'run'
}
