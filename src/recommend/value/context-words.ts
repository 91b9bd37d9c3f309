/** What is known of the moment a page is asked for, as words that a model may know. */
import type { Memory } from '../../memory/memory.ts'
import type { FeedRequest } from '../stage.ts'

const hoursTogether = 3

export type Moment = Pick<FeedRequest, 'now' | 'device' | 'place' | 'languages' | 'person'>

/** Hours are UTC: a network in one place learns its own day from them. */
export function contextWords(moment: Moment, memory: Pick<Memory, 'people'>): string[] {
  const { now, device, place } = moment
  const words = [`hour:${Math.floor(now.getUTCHours() / hoursTogether) * hoursTogether}`]
  if (device !== undefined) words.push(`device:${device}`)
  if (place !== undefined) words.push(`place:${place}`)
  const language = languageOf(moment, memory)
  if (language !== undefined) words.push(`language:${language}`)
  return words
}

/** The first that the request names, or the person reads; `zh-CN` is `zh`. */
function languageOf(
  { languages, person }: Moment,
  { people }: Pick<Memory, 'people'>,
): string | undefined {
  const read = languages.length > 0 || person < 0 ? languages : people.get(person)?.languages
  return read?.[0]?.split('-')[0]?.toLowerCase()
}
