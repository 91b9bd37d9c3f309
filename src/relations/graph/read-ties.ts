/** Ties and words of everybody as a fit reads them, taken from memory in slices beside requests. */
import { setImmediate } from 'node:timers/promises'
import type { Declared } from '../../interest/declared.ts'
import type { NodeFeatures } from '../../learn/graph/nodes/node-model.ts'
import type { Memory } from '../../memory/memory.ts'
import { createPersonFeatures, featureWidth } from './person-features.ts'

export interface PeopleAndTies {
  /** People numbers run to this. */
  readonly size: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly features: NodeFeatures
}

/** So much work between two breaths. */
const sliceMs = 3

export async function readTies(
  memory: Memory,
  declared: Declared | undefined,
  signal: AbortSignal,
): Promise<PeopleAndTies> {
  const { people, ties } = memory
  const size = people.count
  const featuresOf = createPersonFeatures(memory, declared)
  const values = new Float32Array(size * featureWidth)
  const from: number[] = []
  const to: number[] = []
  let end = performance.now() + sliceMs
  for (let person = 0; person < size; person++) {
    if (performance.now() > end) {
      await setImmediate()
      signal.throwIfAborted()
      end = performance.now() + sliceMs
    }
    if (!people.isLive(person)) continue
    const features = featuresOf(person)
    if (features) values.set(features, person * featureWidth)
    for (const other of tiesOf(memory, person)) {
      // Somebody may go while this is read.
      if (!people.isLive(other) || isBlocked(ties.blockedEitherWay(person), other)) continue
      from.push(person)
      to.push(other)
    }
  }
  const features = { width: featureWidth, values }
  return { size, from: Int32Array.from(from), to: Int32Array.from(to), features }
}

function tiesOf({ ties }: Memory, person: number): Int32Array {
  const { values, length } = ties.out(person)
  return values.slice(0, length)
}

function isBlocked({ values, length }: { values: Int32Array; length: number }, other: number) {
  return length > 0 && values.subarray(0, length).includes(other)
}
