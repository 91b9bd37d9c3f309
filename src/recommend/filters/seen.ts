/** Items the person met before in any way. */
import { createMarks } from '../marks.ts'
import type { Filter } from '../stage.ts'

export function seen(): Filter {
  const met = createMarks()
  return {
    name: 'seen',
    keep({ person }, { memory }) {
      met.clear()
      if (person < 0) return () => true
      const { values, length } = memory.histories.seen(person)
      for (let index = 0; index < length; index++) met.add(values[index]!)
      return (item) => !met.has(item)
    },
  }
}
