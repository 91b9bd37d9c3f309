/**
 * Learns who is near whom in the background: soon after the start, and again when the ties have become
 * others by a tenth. Nothing of it rests on disk: it is learned anew in minutes from what memory knows.
 */
import type { Declared } from '../interest/declared.ts'
import { fitNodesApart } from '../learn/graph/nodes/fit-apart.ts'
import type { NodeOptions } from '../learn/graph/nodes/fit-nodes.ts'
import type { Log } from '../log.ts'
import type { Memory } from '../memory/memory.ts'
import type { ServedGraph } from '../recommend/learned/served-graph.ts'
import { readTies } from '../relations/graph/read-ties.ts'

export interface PeopleGraphJob {
  /** Learns now, unless it does already. Resolves when the model serves, or could not be learned. */
  start(): Promise<void>
  /** `total` is 0 when nothing is under way. */
  progress(): { done: number; total: number }
  close(): Promise<void>
}

export interface PeopleGraphParts {
  readonly memory: Memory
  readonly graph: ServedGraph
  readonly declared?: Declared | undefined
  readonly log: Log
  /** False: only when asked. */
  readonly isScheduled: boolean
  readonly options?: Partial<NodeOptions> | undefined
}

/** An engine that is opened for the length of one command does not begin with it. */
const firstAfterMs = 10_000
const lookEveryMs = 10 * 60_000
const mostChanged = 0.1
/** Fewer say nothing that common ties do not say. */
const leastTies = 100
/** How often people who changed are placed anew, and for how long at a time. */
const catchUpMs = { every: 100, slice: 2 }
const seed = 1

export function createPeopleGraphJob(parts: PeopleGraphParts): PeopleGraphJob {
  const { memory, graph, declared, log, isScheduled, options } = parts
  const stop = new AbortController()
  const rest = { done: 0, total: 0 }
  let state = rest
  let running: Promise<void> | undefined
  let learnedFrom = 0

  async function learn(): Promise<void> {
    try {
      const read = await readTies(memory, declared, stop.signal)
      if (read.from.length < leastTies) return
      const { signal } = stop
      const model = await fitNodesApart(
        { ...read, seed, options },
        { signal, progress: (done, total) => (state = { done, total }) },
      )
      await graph.serve(model)
      learnedFrom = read.from.length
      log.info('learned who is near whom', { people: read.size, ties: read.from.length })
    } catch (cause) {
      if (!stop.signal.aborted) log.warn('who is near whom was not learned', { cause })
    }
  }

  async function start(): Promise<void> {
    running ??= learn().finally(() => {
      running = undefined
      state = rest
    })
    await running
  }

  function look(): void {
    const ties = countTies(memory)
    if (Math.abs(ties - learnedFrom) > mostChanged * learnedFrom) void start()
  }

  const timers = [setInterval(() => graph.catchUp(catchUpMs.slice), catchUpMs.every)]
  if (isScheduled) timers.push(setTimeout(look, firstAfterMs), setInterval(look, lookEveryMs))
  for (const timer of timers) timer.unref()

  return {
    start,
    progress: () => state,
    async close() {
      for (const timer of timers) clearInterval(timer)
      stop.abort(new Error('The engine closed.'))
      await running
    },
  }
}

function countTies({ people, ties }: Memory): number {
  let count = 0
  for (let person = 0; person < people.count; person++) count += ties.out(person).length
  return count
}
