/** Items by people the person muted. */
import { createMarks } from '../marks.ts'
import type { Filter } from '../stage.ts'

export function muted(): Filter {
  const authors = createMarks()
  return {
    name: 'muted',
    keep({ person }, { memory }) {
      authors.clear()
      if (person < 0) return () => true
      const { values, length } = memory.ties.muted(person)
      for (let index = 0; index < length; index++) authors.add(values[index]!)
      return (item) => !authors.has(memory.items.authorOf(item))
    },
  }
}
