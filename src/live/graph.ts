/** The graph of people in an engine: what answers who is near whom, and the job that learns it. */
import type { Change } from '../domain/change.ts'
import type { Declared } from '../interest/declared.ts'
import { createPeopleGraphJob, type PeopleGraphJob } from '../jobs/people-graph.ts'
import type { Log } from '../log.ts'
import type { Memory } from '../memory/memory.ts'
import { createServedGraph, type ServedGraph } from '../recommend/learned/served-graph.ts'
import { createExactVectors } from '../vectors/exact.ts'

export interface LiveGraph {
  readonly graph: ServedGraph
  readonly job: PeopleGraphJob
  /** To be told before memory is. */
  note(changes: readonly Change[]): void
}

/** A model is put into service in slices of 3 ms. */
const restMs = 20

export function openLiveGraph(
  { log, trainEveryHours }: { readonly log: Log; readonly trainEveryHours: number },
  { memory, declared }: { readonly memory: Memory; readonly declared: Declared },
): LiveGraph {
  const graph = createServedGraph(memory, { createVectors: createExactVectors, declared, restMs })
  const isScheduled = trainEveryHours > 0
  const job = createPeopleGraphJob({ memory, graph, declared, log, isScheduled })
  return { graph, job, note: (changes) => graph.note(changes) }
}
