/** How much memory a piece of work takes: the highest resident size of the process while it runs. */
import { readFileSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export interface MemoryPeak {
  /** Of the heap, and of systems whose kernel keeps no peak: call it now and then. */
  sample(): void
  figures(): MemoryFigures
}

export interface MemoryFigures {
  /** Largest resident size of the whole process, data and all. */
  readonly memoryMb: number
  /**
   * What the work added: growth of the resident size or of the heap and its buffers, whichever is more,
   * since work may fill again what earlier work left resident.
   */
  readonly ownMemoryMb: number
}

const megabyte = 2 ** 20

/** What earlier work left behind is given back first, as far as the allocator does. */
export function memoryPeak(): MemoryPeak {
  collectGarbage()
  const hasKernelPeak = resetKernelPeak()
  const before = process.memoryUsage.rss()
  const usedBefore = used()
  let peak = before
  let peakUsed = usedBefore
  function sample(): void {
    peak = Math.max(peak, process.memoryUsage.rss())
    peakUsed = Math.max(peakUsed, used())
  }
  return {
    sample,
    figures() {
      sample()
      if (hasKernelPeak) peak = Math.max(peak, kernelPeak())
      const grown = Math.max(peak - before, peakUsed - usedBefore)
      return { memoryMb: inMb(peak), ownMemoryMb: inMb(grown) }
    },
  }
}

function used(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function inMb(bytes: number): number {
  return Math.round(bytes / megabyte)
}

let collector: unknown

function collectGarbage(): void {
  if (collector === undefined) {
    setFlagsFromString('--expose-gc')
    collector = runInNewContext('gc')
    setFlagsFromString('--no-expose-gc')
  }
  if (typeof collector === 'function') collector()
}

/** Linux: the high-water mark starts anew (proc_pid_clear_refs(5)). */
function resetKernelPeak(): boolean {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
    return kernelPeak() > 0
  } catch {
    return false
  }
}

function kernelPeak(): number {
  const kilobytes = readFileSync('/proc/self/status', 'utf8').match(/^VmHWM:\s+(\d+) kB/m)?.[1]
  return Number(kilobytes ?? 0) * 1024
}
