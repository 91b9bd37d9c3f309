/** What is known of the moment a page is asked for, as words that a model may know. */
import type { FeedRequest } from '../stage.ts'

const hoursTogether = 3

/** Hours are UTC: a network in one place learns its own day from them. */
export function contextWords({
  now,
  device,
  place,
}: Pick<FeedRequest, 'now' | 'device' | 'place'>): string[] {
  const words = [`hour:${Math.floor(now.getUTCHours() / hoursTogether) * hoursTogether}`]
  if (device !== undefined) words.push(`device:${device}`)
  if (place !== undefined) words.push(`place:${place}`)
  return words
}
