/** What the whole network engages with now. */
import type { Source } from '../stage.ts'
import { proposeList } from './propose.ts'

const reach = 256

export function trending(): Source {
  return {
    name: 'trending',
    propose({ exclude }, { memory, presentMs }, add) {
      proposeList(memory.engagement.trending(reach + exclude.size, presentMs), memory, add)
    },
  }
}
