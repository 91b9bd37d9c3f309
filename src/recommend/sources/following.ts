/** The newest items by people the person is tied to, newest first. */
import { createOrdering } from '../order.ts'
import type { FeedContext, FeedRequest, Source } from '../stage.ts'

const mostTies = 500
const itemsOfATie = 4
const mostItems = 4096

export function following(): Source {
  const ordering = createOrdering()
  const items = new Int32Array(mostItems)
  const times = new Float64Array(mostItems)
  const rows = new Int32Array(mostItems)
  let count = 0

  function collect({ person, exclude }: FeedRequest, { memory }: FeedContext): void {
    count = 0
    const { values, length } = memory.ties.out(person)
    const ties = Math.min(length, mostTies)
    // Pages shown before used up the newest, so later pages reach deeper.
    const depth = itemsOfATie + Math.ceil(exclude.size / Math.max(1, ties))
    for (let index = length - ties; index < length; index++) {
      const own = memory.items.byAuthor(values[index]!)
      for (let at = own.length - 1; at >= Math.max(0, own.length - depth); at--) {
        if (count === mostItems) return
        items[count] = own.values[at]!
        times[count] = memory.items.createdAtMs(items[count]!)
        count++
      }
    }
  }

  return {
    name: 'following',
    propose(request, context, add) {
      if (request.person < 0) return
      collect(request, context)
      const found = ordering.bestFirst(times, count, count, rows)
      for (let place = 0; place < found; place++) {
        const item = items[rows[place]!]!
        if (context.memory.items.isLive(item) && !add(item)) return
      }
    },
  }
}
