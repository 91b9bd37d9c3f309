/** Only languages the request names, or the person reads; items of unknown language stay. */
import type { FeedContext, FeedRequest, Filter } from '../stage.ts'

export function language(): Filter {
  return {
    name: 'language',
    keep(request, context) {
      const languages = languagesOf(request, context)
      if (languages.length === 0) return () => true
      const { items } = context.memory
      const codes = languages.map((name) => items.languageCode(name))
      return (item) => {
        const code = items.languageOf(item)
        return code === 0 || codes.includes(code)
      }
    },
  }
}

function languagesOf({ languages, person }: FeedRequest, { memory }: FeedContext) {
  if (languages.length > 0 || person < 0) return languages
  return memory.people.get(person)?.languages ?? []
}
