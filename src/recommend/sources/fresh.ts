/** The newest items of the network. It reads on until enough were taken, so a feed ends last here. */
import type { Source } from '../stage.ts'
import { proposeList } from './propose.ts'

const chunk = 256
const mostRead = 8192

export function fresh(): Source {
  return {
    name: 'fresh',
    propose({ exclude }, { memory }, add) {
      for (let offset = 0; offset < mostRead + exclude.size; offset += chunk) {
        const newest = memory.items.newest(chunk, offset)
        if (!proposeList(newest, memory, add) || newest.length < chunk) return
      }
    },
  }
}
