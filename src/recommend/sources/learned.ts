/** Items that suit the person most by the serving model. */
import type { Source } from '../stage.ts'
import { proposeList } from './propose.ts'

const firstReach = 256
const mostReach = 4_096

export function learned(): Source {
  return {
    name: 'learned',
    /** Reads further only when filters refused too many, as after much that was seen. */
    propose({ person }, { memory, learned: model }, add) {
      let start = 0
      for (let reach = firstReach; model && reach <= mostReach; reach *= 4) {
        const best = model.best(person, reach)
        if (!proposeList(best, memory, add, start) || best.length < reach) return
        start = reach
      }
    },
  }
}
