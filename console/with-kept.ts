/** Puts liked items that the engine will not show again back where they stood. */
import type { Shown } from './use-feed.ts'
import type { KeptItem } from './use-feedback.ts'

export function withKept(
  fresh: readonly Shown[],
  kept: readonly KeptItem[],
  view: string,
): readonly Shown[] {
  const list = [...fresh]
  const ids = new Set(fresh.map(({ entry }) => entry.item.id))
  const here = kept.filter((item) => item.view === view)
  for (const { shown, place } of here.sort((a, b) => a.place - b.place)) {
    if (!ids.has(shown.entry.item.id)) list.splice(Math.max(0, place), 0, shown)
  }
  return list
}
