/** Items by people whom the person blocked, or who blocked the person. */
import { createMarks } from '../marks.ts'
import type { Filter } from '../stage.ts'

export function blocked(): Filter {
  const authors = createMarks()
  return {
    name: 'blocked',
    keep({ person }, { memory }) {
      authors.clear()
      if (person < 0) return () => true
      const { values, length } = memory.ties.blockedEitherWay(person)
      for (let index = 0; index < length; index++) authors.add(values[index]!)
      return (item) => !authors.has(memory.items.authorOf(item))
    },
  }
}
