/** The feed `people`: friend suggestions in the shape of a page. */
import type { Because, PageItem } from '../domain/page.ts'
import type { Interest } from '../interest/interest.ts'
import type { Memory } from '../memory/memory.ts'
import type { PeopleGraph } from '../relations/graph/people-graph.ts'
import { type PersonSuggestion, suggestPeople } from '../relations/people.ts'
import { type Phrases, phrases as phrasesOf } from './phrases.ts'
import type { FeedRequest } from './stage.ts'
import { eventsOf, nameOf, titleOf } from './words-of.ts'

const namesKept = 3
const titlesKept = 2

export function peoplePage(
  memory: Memory,
  interest: Interest,
  request: FeedRequest,
  graph?: PeopleGraph,
): { items: PageItem[]; dropped: ReadonlyMap<string, number> } {
  const { people, dropped } = suggestPeople(memory, interest, request, graph)
  const phrases = phrasesOf[request.locale]
  const items = people.map((suggestion, place) => {
    const item = itemOf(memory, suggestion, place + 1)
    if (!request.explain) return item
    const reason = reasonOf(memory, request.person, suggestion, phrases)
    return { ...item, because: { ...reason, change: changeOf(suggestion, place, people, phrases) } }
  })
  return { items, dropped }
}

function itemOf({ people }: Memory, suggestion: PersonSuggestion, rank: number): PageItem {
  const user = people.get(suggestion.person)
  const item: PageItem['item'] = {
    id: user?.id ?? '',
    kind: 'person',
    text: user?.bio ?? '',
    tags: [],
  }
  if (user?.name !== undefined) item.authorName = user.name
  const { score, parts, from } = suggestion
  return { rank, item, score, parts: { ...parts }, from: [...from] }
}

function reasonOf(
  memory: Memory,
  person: number,
  { person: suggested, mutual, shared, wrote, said, subjects, parts, from }: PersonSuggestion,
  phrases: Phrases,
): Pick<Because, 'text' | 'evidence'> {
  const sentences: string[] = []
  if (mutual.length > 0) {
    const names = mutual.slice(0, namesKept).map((tie) => nameOf(memory, tie))
    sentences.push(phrases.mutual({ names, total: mutual.length }))
  }
  const titlesOf = (entries: readonly number[]): string[] =>
    entries
      .slice(0, titlesKept)
      .map((entry) => titleOf(memory, memory.histories.itemAt(person, entry)))
  if (wrote.length > 0) sentences.push(phrases.wroteItems(titlesOf(wrote)))
  if (shared.length > 0) sentences.push(phrases.sharedItems(titlesOf(shared)))
  if (said.length > 0) sentences.push(phrases.sharedWords(said))
  if (subjects.length > 0) sentences.push(phrases.sharedSubjects(subjects))
  if (parts['follows-you'] > 0) sentences.push(phrases.followsYou())
  // Said where little else is: it names nobody and nothing.
  if (sentences.length === 0 && from.includes('graph')) sentences.push(phrases.nearInGraph())
  if (sentences.length === 0) sentences.push(phrases.wellKnown(memory.ties.in(suggested).length))
  return {
    text: phrases.join(sentences),
    evidence: eventsOf(memory, person, [...wrote, ...shared]),
  }
}

/** Among the suggestions of this page: the score without the largest part, and its place. */
function changeOf(
  { score, parts }: PersonSuggestion,
  place: number,
  people: readonly PersonSuggestion[],
  phrases: Phrases,
): string {
  const [part, value] = Object.entries(parts).reduce((a, b) => (b[1] > a[1] ? b : a))
  const ahead = people.filter((other, at) => at !== place && other.score > score - value).length
  return phrases.withoutPart({
    part,
    value,
    score,
    rank: place + 1,
    rankWithout: ahead + 1,
    of: people.length,
  })
}
