/**
 * Finds the neighbours of items ahead of the first request that needs them, newest items first, in
 * short slices while there is little else to do. Pages are right without it; they are only dearer.
 */
import type { Memory } from '../memory/memory.ts'

export interface WarmingJob {
  /** `total` is 0 when everything was walked. */
  progress(): { done: number; total: number }
  close(): void
}

export interface WarmingOptions {
  /** Neighbours by text, as the sources ask for. */
  readonly neighbours: number
  /** At most so many items. */
  readonly limit: number
  /** A slice of this length, this often: the share of a core it may take. */
  readonly sliceMs?: number
  readonly everyMs?: number
  /** No slice while the process was busy with other work for more than this share of the time. */
  readonly mostBusy?: number
}

export function startWarming(
  { items, engagement, vectors }: Memory,
  options: WarmingOptions,
): WarmingJob {
  const { neighbours, limit, sliceMs = 4, everyMs = 24, mostBusy = 0.4 } = options
  const walk = items.newest(limit)
  let done = 0
  let since = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(since)
    since = performance.eventLoopUtilization()
    if (utilization > mostBusy) return
    const end = performance.now() + sliceMs
    while (done < walk.length && performance.now() < end) {
      const item = walk[done++] ?? -1
      if (!items.isLive(item)) continue
      engagement.alike(item)
      vectors.near(item, neighbours)
    }
    since = performance.eventLoopUtilization()
    if (done === walk.length) clearInterval(timer)
  }, everyMs).unref()
  return {
    progress: () => (done === walk.length ? { done: 0, total: 0 } : { done, total: walk.length }),
    close: () => clearInterval(timer),
  }
}
