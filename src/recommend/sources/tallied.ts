/**
 * Items that a tally speaks for, best sum first: `alike` by the behaviour of everybody, `circle` by
 * my ties, `kindred` by people of the same taste.
 */
import type { Source, TallyName } from '../stage.ts'
import { proposeList } from './propose.ts'

const firstReach = 256
const mostReach = 32_768

export function tallied(name: TallyName): Source {
  return {
    name,
    /** Reads the best sums first, and the rest only when filters refused too many of these. */
    propose(_, context, add) {
      const tally = context.tally(name)
      let start = 0
      for (let reach = firstReach; reach <= mostReach; reach *= 4) {
        const best = tally.best(reach)
        if (!proposeList(best, context.memory, add, start) || best.length < reach) return
        start = reach
      }
    },
  }
}
