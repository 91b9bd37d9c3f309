/** Checkpoints of the fits of an evaluation: written now and then, read only when asked to resume. */

import type { Note } from '../data/dataset.ts'
import type { KeptCheckpoint } from './checkpoint.ts'
import type { Registry } from './registry.ts'

export interface FitCheckpointOptions {
  readonly registry: Registry
  /** Goes on where a killed fit of the same key left off; otherwise each fit starts afresh. */
  readonly resumes: boolean
  readonly note: Note
  /** Milliseconds that only go forward. */
  readonly clock: () => number
}

export type FitCheckpoints = (fit: Parameters<Registry['checkpoint']>[0]) => KeptCheckpoint

/** A fit of many short epochs is not to wait for the disk after each. */
const betweenSavesMs = 20_000

export function fitCheckpoints(options: FitCheckpointOptions): FitCheckpoints {
  const { registry, resumes, note, clock } = options
  return (fit) => {
    const kept = registry.checkpoint(fit)
    let savedAt = clock()
    return {
      async load() {
        const state = resumes ? await kept.load() : undefined
        if (state)
          note(
            fit.options?.['row'] === 'finished'
              ? `${fit.trainer}, seed ${fit.seed}: was finished before and not made again`
              : `${fit.trainer}, seed ${fit.seed}: went on from a checkpoint; its seconds are of the rest`,
          )
        return state
      },
      async save(state) {
        if (clock() - savedAt < betweenSavesMs) return
        await kept.save(state)
        savedAt = clock()
      },
      discard: () => kept.discard(),
    }
  }
}
