/**
 * Every run of learning, kept: a folder of runs, `<id>/run.json` with its facts and its table,
 * `curves.jsonl` and TensorBoard's event file beside it, and the model where one was saved.
 */
import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Curve, Run, RunFilter } from '../../domain/run.ts'
import { KithError } from '../../errors.ts'
import type { SavedModel } from '../trainer.ts'
import {
  type FileCheckpoint,
  type FitKey,
  fileCheckpoint,
  type Unfinished,
  unfinishedIn,
} from './checkpoint.ts'
import { readRun } from './run-record.ts'
import { savedModelOf } from './saved-model.ts'
import { type OpenRun, type RunKeeping, type RunPlan, startRun } from './start-run.ts'
import { readCurves } from './track/jsonl.ts'

export interface Registry {
  /** A new run, on disk from this moment. */
  start(plan: RunPlan): Promise<OpenRun>
  /** Newest first. */
  list(filter?: RunFilter): Promise<Run[]>
  /** @throws KithError `not-found` */
  get(id: string): Promise<Run>
  /** @throws KithError `not-found` */
  curves(id: string): Promise<Curve[]>
  /** The model that a run kept. @throws KithError `not-found` */
  model(id: string): Promise<SavedModel>
  /** Where a fit keeps what it needs to go on after a kill; of this version of the code. */
  checkpoint(fit: Omit<FitKey, 'code'>): FileCheckpoint
  /** Fits that were killed, or are under way: they left a checkpoint. */
  unfinished(): Promise<Unfinished[]>
  /** Forgets the checkpoints that are asked for. */
  forget(isMeant: (fit: Unfinished) => boolean): Promise<void>
  /** With its curves and its model. @throws KithError `not-found`, or `conflict` while it runs */
  remove(id: string): Promise<void>
}

/** A fit that nobody went on with for so long is not gone on with. */
const abandonedAfterMs = 14 * 86_400_000
const idForm = /^\d{4}-\d\d-\d\dT\d{9}-[a-z0-9-]+-[0-9a-f]{4}$/

export function createRegistry(options: RunKeeping): Registry {
  const { folder, log } = options
  const checkpoints = join(folder, 'checkpoints')
  const inside = (id: string, file = ''): string => join(folder, id, file)

  async function get(id: string): Promise<Run> {
    const run = idForm.test(id) ? await readRun(inside(id)) : undefined
    if (run) return run
    const sentence = `There is no run "${id}". \`kith runs\` and GET /v1/runs list what is there.`
    throw new KithError('not-found', sentence, { details: { run: id } })
  }

  async function forget(isMeant: (fit: Unfinished) => boolean): Promise<void> {
    for (const fit of (await unfinishedIn(checkpoints)).filter(isMeant)) {
      await rm(fit.path, { force: true })
    }
  }

  return {
    async start(plan) {
      const abandoned = options.now().getTime() - abandonedAfterMs
      await forget(({ at }) => at.getTime() < abandoned)
      return startRun(plan, options)
    },
    async list(filter = {}) {
      const { limit = Infinity, after } = filter
      const ids = (await idsIn(folder)).filter((id) => after === undefined || id < after)
      const kept: Run[] = []
      for (const id of ids) {
        if (kept.length >= limit) break
        const run = await readRun(inside(id)).catch((cause: unknown) => {
          log.warn(`the run ${id} cannot be read and is not listed`, { cause })
        })
        if (run && isWanted(run, filter)) kept.push(run)
      }
      return kept
    },
    get,
    async curves(id) {
      await get(id)
      return readCurves(inside(id, 'curves.jsonl'))
    },
    async model(id) {
      const { models } = await get(id)
      const path = inside(id, 'model.safetensors')
      if (existsSync(path)) return savedModelOf(await readFile(path))
      const sentence = `The run "${id}" of ${models.join(', ')} kept no model. Give one that trained.`
      throw new KithError('not-found', sentence, { details: { run: id } })
    },
    checkpoint(fit) {
      const { version, commit = '' } = options.code
      return fileCheckpoint(checkpoints, { ...fit, code: `${version} ${commit}` })
    },
    unfinished: () => unfinishedIn(checkpoints),
    forget,
    async remove(id) {
      const { state } = await get(id)
      if (state === 'running') {
        throw new KithError(
          'conflict',
          `The run "${id}" is under way. Stop it first, then remove it.`,
        )
      }
      await rm(inside(id), { recursive: true })
    },
  }
}

function isWanted(run: Run, { kind, state, model }: RunFilter): boolean {
  return (
    (kind === undefined || run.kind === kind) &&
    (state === undefined || run.state === state) &&
    (model === undefined || run.models.includes(model))
  )
}

/** Newest first: ids begin with their time. */
async function idsIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder))
      .filter((id) => idForm.test(id))
      .sort()
      .reverse()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
