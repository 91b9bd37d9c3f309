/** What a graph fit needs to go on after a kill, and how it is kept. */
import type { Moments } from '../../kernel/learning/rows.ts'
import type { Table } from '../../kernel/learning-memory.ts'
import type { Checkpoint, SavedTensor } from '../trainer.ts'
import type { Factors } from '../trainers/factor-model.ts'

export interface FitState {
  /** [nodes × width] before propagation */
  readonly weights: Table
  readonly moments: Moments
  /** What the chance of each epoch follows from. */
  seed: number
  /** Epochs done. */
  epoch: number
  bestEpoch: number
  bestGain: number
  /** The embeddings after the best epoch; only with a validation part. */
  best: Factors | undefined
}

/** Nothing happens where nothing was kept. */
export async function restoreState(
  state: FitState,
  checkpoint: Checkpoint | undefined,
): Promise<void> {
  const saved = await checkpoint?.load()
  if (!saved) return
  const { tensors, meta } = saved
  for (const [name, table] of tablesOf(state)) table.values.set(floats(tensors[name]))
  const { seed, epoch, bestEpoch, bestGain } = meta
  state.seed = Number(seed)
  state.epoch = Number(epoch)
  state.bestEpoch = Number(bestEpoch)
  state.bestGain = Number(bestGain)
  const { bestUsers, bestItems } = tensors
  if (!(bestUsers && bestItems)) return
  const { width } = state.weights
  state.best = { width, users: floats(bestUsers), items: floats(bestItems) }
}

export async function keepState(
  state: FitState,
  checkpoint: Checkpoint | undefined,
): Promise<void> {
  if (!checkpoint) return
  const { seed, epoch, bestEpoch, best } = state
  const tensors = Object.fromEntries(
    tablesOf(state).map(([name, { rows, width, values }]) => {
      return [name, { shape: [rows, width], data: Float32Array.from(values) }]
    }),
  )
  const bestTensors = best && {
    bestUsers: tensorOf(best.users, best.width),
    bestItems: tensorOf(best.items, best.width),
  }
  // JSON has no -Infinity.
  const bestGain = Math.max(state.bestGain, -1)
  const meta = { seed, epoch, bestEpoch, bestGain }
  await checkpoint.save({ tensors: { ...tensors, ...bestTensors }, meta })
}

function tablesOf({ weights, moments }: FitState): [string, Table][] {
  return [
    ['weights', weights],
    ['mean', moments.mean],
    ['square', moments.square],
  ]
}

function tensorOf(data: Float32Array, width: number): SavedTensor {
  return { shape: [data.length / width, width], data }
}

function floats(tensor: SavedTensor | undefined): Float32Array {
  return Float32Array.from(tensor?.data ?? [])
}
