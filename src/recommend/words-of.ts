/** Numbers back into what a person can read: names, titles, their own events. */
import type { Because } from '../domain/page.ts'
import type { Memory } from '../memory/memory.ts'

const titleLength = 48

export function nameOf({ people }: Memory, person: number): string {
  const user = people.get(person)
  return user?.name ?? user?.id ?? '?'
}

/** The first words of an item, or its tags or id when it has no text. */
export function titleOf({ items }: Memory, item: number): string {
  const found = items.get(item)
  if (!found) return '?'
  const text = found.text
    .slice(0, titleLength * 4)
    .replace(/\s+/g, ' ')
    .trim()
  if (text === '') return found.tags[0] ?? found.id
  const characters = Array.from(text)
  return characters.length > titleLength ? `${characters.slice(0, titleLength).join('')}…` : text
}

type OwnEvent = Because['evidence'][number]

/** One entry of the person's history as the event it was. */
export function eventOf({ histories, items, people }: Memory, person: number, entry: number) {
  const item = items.get(histories.itemAt(person, entry))
  const target = people.get(histories.targetAt(person, entry))
  const event: OwnEvent = {
    type: histories.actionAt(person, entry),
    at: new Date(histories.atMs(person, entry)).toISOString(),
  }
  if (item) event.itemId = item.id
  else if (target) event.userId = target.id
  return event
}

export function eventsOf(memory: Memory, person: number, entries: readonly number[]): OwnEvent[] {
  return entries.map((entry) => eventOf(memory, person, entry))
}
