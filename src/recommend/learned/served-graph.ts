/**
 * The learned graph of people where pages are made: who is nearest to whom, by ties and words of now.
 * Swapped whole, between two requests.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Change } from '../../domain/change.ts'
import type { Declared } from '../../interest/declared.ts'
import type { NodeModel } from '../../learn/graph/nodes/node-model.ts'
import type { Memory } from '../../memory/memory.ts'
import type { PeopleGraph } from '../../relations/graph/people-graph.ts'
import { createPersonFeatures } from '../../relations/graph/person-features.ts'
import type { CreateVectors } from '../../vectors/vectors.ts'
import { PlacedPeople } from './placed-people.ts'

export interface ServedGraph extends PeopleGraph {
  /**
   * Puts a model into service, in slices beside requests; the one before answers until all are placed.
   * @param model its nodes are the person numbers of this memory
   */
  serve(model: NodeModel): Promise<void>
  /**
   * What is about to become true, before memory folds it: whom it concerns is placed anew, at the latest
   * when they ask themselves, and nothing stays of people who go.
   */
  note(changes: readonly Change[]): void
  /** Places people who wait for it, for so long. @returns whether all are placed */
  catchUp(milliseconds: number): boolean
}

export interface ServedGraphOptions {
  readonly createVectors: CreateVectors
  /** What people said they care about. */
  readonly declared?: Declared | undefined
  /** A rest after each slice of work, while a model is put into service. */
  readonly restMs?: number
}

/** Beside requests, so never for longer at a time. */
const sliceMs = 3

export function createServedGraph(
  memory: Memory,
  { createVectors, declared, restMs = 0 }: ServedGraphOptions,
): ServedGraph {
  const { people } = memory
  const features = createPersonFeatures(memory, declared)
  let serving: PlacedPeople | undefined
  /** Is being filled while the one before answers. */
  let coming: PlacedPeople | undefined

  function note(change: Change): void {
    const concerned = peopleIn(change).map((id) => people.numberOf(id))
    for (const placed of [serving, coming]) {
      for (const person of concerned) if (person >= 0) placed?.touch(person)
      if (change.kind !== 'user-removed') continue
      const gone = people.numberOf(change.userId)
      if (gone >= 0) placed?.forget(gone)
    }
  }

  return {
    get isReady() {
      return serving !== undefined
    },
    likeness(person, others, count, out) {
      if (!serving?.placeNow(person)) return false
      serving.index.cosinesOfRow(person, others, count, out)
      return true
    },
    nearest(person, limit) {
      if (!serving?.placeNow(person)) return nobody
      const row = serving.index.get(person)?.slice() ?? []
      const { rows, cosines } = serving.index.nearest(row, limit + 1)
      const places = [...rows.keys()].filter((at) => rows[at] !== person).slice(0, limit)
      return {
        people: Int32Array.from(places, (at) => rows[at]!),
        cosines: Float32Array.from(places, (at) => cosines[at]!),
      }
    },
    async serve(model) {
      const placed = new PlacedPeople(memory, model, features, createVectors)
      coming = placed
      while (!placed.catchUp(sliceMs)) await pause(restMs)
      serving = placed
      coming = undefined
    },
    note(changes) {
      if (!serving && !coming) return
      for (const change of changes) note(change)
    },
    catchUp: (milliseconds) => serving?.catchUp(milliseconds) ?? true,
  }
}

const nobody = { people: new Int32Array(0), cosines: new Float32Array(0) }

function peopleIn(change: Change): readonly string[] {
  if (change.kind === 'user') return [change.user.id]
  if (change.kind === 'edge') return [change.edge.from, change.edge.to]
  if (change.kind === 'edge-removed') return [change.from, change.to]
  if (change.kind !== 'event') return []
  const { userId, targetUserId } = change.event
  return targetUserId === undefined ? [userId] : [userId, targetUserId]
}
