/**
 * How much of the time a training works: all of it while nobody asks for pages, little while the engine
 * is busy. Priority alone does not do: two threads of one core slow each other whatever their rank.
 */
import { setTimeout as pause, setImmediate } from 'node:timers/promises'

/** Called between pieces of work: rests for as long as the share that was asked for wants. */
export type Breathe = () => Promise<void>

/** @param share of the time to work, above 0 to 1, as it is at the moment */
export function createBreath(share: () => number): Breathe {
  let since = performance.now()
  return async () => {
    const wanted = share()
    const restMs = (performance.now() - since) * (1 / wanted - 1)
    await (restMs >= 1 ? pause(restMs) : setImmediate())
    since = performance.now()
  }
}

const lookEveryMs = 200
/** Below this, pages do not feel it. */
const idleBelow = 0.05
const leastShare = 0.2
/** Smaller changes are not worth a word. */
const leastChange = 0.05

/** Tells the share again whenever this process becomes busier or less so. Returns how to end that. */
export function watchBusiness(tell: (share: number) => void): () => void {
  let before = performance.eventLoopUtilization()
  let told = 1
  const watching = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    const share = utilization < idleBelow ? 1 : Math.max(leastShare, 1 - utilization)
    if (Math.abs(share - told) < leastChange) return
    told = share
    tell(share)
  }, lookEveryMs)
  return () => clearInterval(watching)
}
