/** Feeds a memory with what is true, clocked one after another. */
import type { Change } from '../../src/domain/change.ts'
import type { Memory } from '../../src/memory/memory.ts'

export type Fact = Change extends infer Kind
  ? Kind extends Change
    ? Omit<Kind, 'clock'>
    : never
  : never

export function applier(memory: Memory): (facts: readonly Fact[]) => void {
  let clock = memory.clock
  return (facts) => memory.apply(facts.map((fact) => ({ ...fact, clock: ++clock }) as Change))
}
