/** How much memory a piece of work takes: the highest resident size of the process while it runs. */
import { readFileSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export interface MemoryPeak {
  /** For systems whose kernel keeps no peak: call it now and then. */
  sample(): void
  figures(): MemoryFigures
}

export interface MemoryFigures {
  /** Largest resident size of the whole process, data and all. */
  readonly memoryMb: number
  /** The same above what was resident before the work. */
  readonly ownMemoryMb: number
}

const megabyte = 2 ** 20

/** What earlier work left behind is given back first, as far as the allocator does. */
export function memoryPeak(): MemoryPeak {
  collectGarbage()
  const hasKernelPeak = resetKernelPeak()
  const before = process.memoryUsage.rss()
  let peak = before
  return {
    sample() {
      peak = Math.max(peak, process.memoryUsage.rss())
    },
    figures() {
      peak = Math.max(peak, process.memoryUsage.rss(), hasKernelPeak ? kernelPeak() : 0)
      return { memoryMb: inMb(peak), ownMemoryMb: inMb(peak - before) }
    },
  }
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
