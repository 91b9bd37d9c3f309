/**
 * What a training is told of logged pages: numbers of people and items, what scorers said, where each
 * item stood, and what the person did about it within a day. Read beside requests, in short slices.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Slate } from '../../learn/actions/slates.ts'
import type { Memory } from '../../memory/memory.ts'
import { doneSince } from '../../recommend/done-since.ts'
import type { PageRecord, PageStore } from '../../store/store.ts'

/** One page; its columns are named, because scorers change from version to version. */
export interface ShownPart {
  readonly kind: 'page'
  readonly parts: readonly string[]
  readonly slate: Slate
}

/** The newest. */
const pagesRead = 20_000
/** Younger pages are still being read. */
const settledMs = 10 * 60_000
const pagesPerRest = 50
const restMs = 5

export async function* readShown(
  pages: Pick<PageStore, 'shown'>,
  memory: Memory,
  { now, signal }: { readonly now: Date; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<ShownPart> {
  let read = 0
  for await (const batch of pages.shown({ feed: 'home', limit: pagesRead })) {
    for (const page of batch) {
      if (page.at.getTime() > now.getTime() - settledMs) return
      const part = partOf(page, memory)
      if (part) yield part
      if (++read % pagesPerRest !== 0) continue
      await pause(restMs)
      signal?.throwIfAborted()
    }
  }
}

function partOf({ userId, itemIds, at, shown }: PageRecord, memory: Memory): ShownPart | undefined {
  const person = memory.people.numberOf(userId)
  if (person < 0 || !shown) return undefined
  const { parts, said, context } = shown
  const done = doneSince(memory, person, at.getTime())
  const rows = [...itemIds.keys()].filter(
    (row) => itemIds[row] !== '' && (row + 1) * parts.length <= said.length,
  )
  const width = parts.length
  return {
    kind: 'page',
    parts,
    slate: {
      ...{ context, shareKept: 1 },
      parts: Float32Array.from(
        rows.flatMap((row) => [...said.subarray(row * width, (row + 1) * width)]),
      ),
      places: Uint8Array.from(rows, (row) => Math.min(255, row + 1)),
      outcomes: Uint16Array.from(
        rows,
        (row) => done.get(memory.items.numberOf(itemIds[row] ?? '')) ?? 0,
      ),
    },
  }
}

/** Enough to learn from pages as they were, instead of pages as they would have been. */
const leastRows = 4_000
const leastDone = 200

/** Logged pages with the columns asked for; undefined while there are too few. */
export function slatesOf(
  shown: readonly ShownPart[],
  columns: readonly string[],
): Slate[] | undefined {
  const slates = shown.map(({ parts, slate }) => ({
    ...slate,
    parts: arranged(slate.parts, parts, columns),
  }))
  let rows = 0
  let done = 0
  for (const { outcomes } of slates) {
    rows += outcomes.length
    for (const bits of outcomes) if (bits !== 0) done++
  }
  return rows >= leastRows && done >= leastDone ? slates : undefined
}

/** The same rows with other columns; one that was not there says nothing. */
function arranged(
  values: Float32Array,
  from: readonly string[],
  to: readonly string[],
): Float32Array {
  const rows = values.length / Math.max(1, from.length)
  const places = to.map((name) => from.indexOf(name))
  const out = new Float32Array(rows * to.length)
  for (let row = 0; row < rows; row++) {
    for (const [column, place] of places.entries()) {
      if (place >= 0) out[row * to.length + column] = values[row * from.length + place]!
    }
  }
  return out
}
