/** Proposes a list of items in its order, live ones only, until enough were taken. */
import type { Memory } from '../../memory/memory.ts'

/** @returns whether more are wanted */
export function proposeList(
  list: Int32Array,
  { items }: Memory,
  add: (item: number) => boolean,
  start = 0,
): boolean {
  for (let place = start; place < list.length; place++) {
    const item = list[place]!
    if (items.isLive(item) && !add(item)) return false
  }
  return true
}
