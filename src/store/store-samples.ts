/** People, items and events for the suites of the store. */
import type { Change } from '../domain/change.ts'
import type { DatedEvent } from '../domain/event.ts'
import { type Item, type ItemInput, itemSchema } from '../domain/item.ts'
import { type User, userSchema } from '../domain/user.ts'
import type { Store } from './store.ts'

export const noon = new Date('2026-11-22T12:00:00.000Z')

export function person(id: string, more: Partial<User> = {}): User {
  return { ...userSchema.parse({ id }), ...more }
}

export function post(id: string, more: Partial<ItemInput> = {}): Item {
  return itemSchema.parse({ id, text: `about ${id}`, createdAt: noon.toISOString(), ...more })
}

export function event(userId: string, itemId: string, minute = 0, more: Partial<DatedEvent> = {}) {
  const at = new Date(noon.getTime() + minute * 60_000)
  return { type: 'like', userId, itemId, at, ...more } satisfies DatedEvent
}

export async function allChanges(store: Store, clock = 0): Promise<Change[]> {
  const all: Change[] = []
  for await (const batch of store.changesSince(clock)) all.push(...batch)
  return all
}
