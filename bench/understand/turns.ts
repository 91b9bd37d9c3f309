/** Times several ways of doing one thing, in turns: a busy machine is then busy for all of them. */
import { setTimeout } from 'node:timers/promises'

export interface Way {
  run(): Promise<unknown>
  close(): Promise<void>
}

/** The threads of ONNX Runtime spin on for a while after a run. */
const restMs = 10
const leastRounds = 5

/** Milliseconds of each way, the best of its rounds but the first; closes them all. */
export async function bestOfTurns(ways: readonly Way[], seconds: number): Promise<number[]> {
  const best = ways.map(() => Infinity)
  const end = performance.now() + 1000 * seconds
  for (let round = 0; round <= leastRounds || performance.now() < end; round++) {
    for (const [n, way] of ways.entries()) {
      await setTimeout(restMs)
      const start = performance.now()
      await way.run()
      if (round > 0) best[n] = Math.min(best[n] ?? Infinity, performance.now() - start)
    }
  }
  for (const way of ways) await way.close()
  return best
}
