/** Deeds of the person: sent with their page id, then the page is fetched anew and compared. */
import { useRef, useState } from 'react'
import type { Deed } from './api.ts'
import { useApi } from './api-context.ts'
import { type Changes, changesBetween } from './changes.ts'
import type { FeedView, Shown } from './use-feed.ts'

/** As long as the leaving card fades. */
const fadeMilliseconds = 200

/** What was done to what, and what came of it. */
export interface Note {
  readonly number: number
  readonly deed: Deed
  readonly about: string
  /** The feed it was done in. */
  readonly view: string
  readonly changes?: Changes
  readonly problem?: Error
}

export interface Act {
  readonly deed: Deed
  readonly shown: Shown
  /** Said of the author (or the person shown), not of the item. */
  readonly targetUserId?: string
}

export interface Feedback {
  /** Newest first. */
  readonly notes: readonly Note[]
  /** Last deed about each item (by id) and each person (by `@` and id). */
  readonly reactions: ReadonlyMap<string, Deed>
  readonly leaving: ReadonlySet<string>
  /** Items the person welcomed that the engine will not show again: they stay until it is left. */
  readonly kept: readonly KeptItem[]
  readonly act: (act: Act) => void
}

export interface KeptItem {
  readonly view: string
  readonly shown: Shown
  readonly place: number
}

/** Deeds after which the item is not shown again. */
const driveAway: readonly Deed[] = ['hide', 'less', 'mute', 'block']

/** Deeds after which the engine may not show it again, but the person did not want it gone. */
const welcome: readonly Deed[] = ['like', 'more', 'follow']

export function useFeedback(view: FeedView): Feedback {
  const api = useApi()
  const [notes, setNotes] = useState<readonly Note[]>([])
  const [reactions, setReactions] = useState<ReadonlyMap<string, Deed>>(new Map())
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(new Set())
  const [kept, setKept] = useState<readonly KeptItem[]>([])
  const queue = useRef(Promise.resolve())

  async function run(act: Act, away: ReadonlySet<string>) {
    const { deed, shown } = act
    const before = view.readShown()
    let note: Omit<Note, 'number'> = { deed, about: aboutOf(act), view: view.name }
    try {
      const pause = away.size > 0 ? fadeMilliseconds : 0
      await Promise.all([api.sendEvents([eventOf(act, view.address.userId)]), wait(pause)])
      const after = await view.renew()
      if (deed === 'like')
        setKept((items) => keepIfGone(items, { shown, view: view.name }, before, after))
      note = { ...note, changes: changesFor(act, before, after) }
    } catch (problem) {
      setReactions((all) => without(all, subjectOf(act)))
      note = { ...note, problem: problem as Error }
    }
    setLeaving((all) => new Set([...all].filter((id) => !away.has(id))))
    setNotes((all) => [{ ...note, number: all.length + 1 }, ...all])
  }

  function act(one: Act) {
    if (leaving.has(one.shown.entry.item.id)) return
    const away = driveAway.includes(one.deed) ? idsDrivenAway(one, view.shown) : new Set<string>()
    setLeaving((all) => new Set([...all, ...away]))
    setReactions((all) => withReaction(all, one))
    queue.current = queue.current.then(() => run(one, away))
  }

  return { notes, reactions, leaving, kept, act }
}

function eventOf({ deed, shown, targetUserId }: Act, userId: string) {
  const target = targetUserId === undefined ? { itemId: shown.entry.item.id } : { targetUserId }
  return { type: deed, userId, pageId: shown.pageId, ...target }
}

function aboutOf({ shown, targetUserId }: Act): string {
  const { id, text, authorName } = shown.entry.item
  return (targetUserId === undefined ? text : authorName) || id
}

function idsDrivenAway({ deed, shown, targetUserId }: Act, all: readonly Shown[]): Set<string> {
  const { id, authorId } = shown.entry.item
  if (targetUserId === undefined || targetUserId !== authorId) return new Set([id])
  return new Set(
    all.filter(({ entry }) => entry.item.authorId === authorId).map(({ entry }) => entry.item.id),
  )
}

/** What a deed did to other items; that its own item left or stayed goes without saying. */
function changesFor({ shown }: Act, before: readonly Shown[], after: readonly Shown[]): Changes {
  const own = shown.entry.item.id
  const ids = (all: readonly Shown[]) =>
    all.map(({ entry }) => entry.item.id).filter((id) => id !== own)
  return changesBetween(ids(before), ids(after))
}

function keepIfGone(
  kept: readonly KeptItem[],
  liked: Omit<KeptItem, 'place'>,
  before: readonly Shown[],
  after: readonly Shown[],
): readonly KeptItem[] {
  const isSame = (other: Shown) => other.entry.item.id === liked.shown.entry.item.id
  const place = before.findIndex(isSame)
  if (place < 0 || after.some(isSame) || kept.some((item) => isSame(item.shown))) return kept
  return [...kept, { ...liked, place }]
}

function withReaction(all: ReadonlyMap<string, Deed>, act: Act): ReadonlyMap<string, Deed> {
  const subject = subjectOf(act)
  return act.deed === 'unlike' ? without(all, subject) : new Map(all).set(subject, act.deed)
}

function subjectOf({ shown, targetUserId }: Act): string {
  return targetUserId === undefined ? shown.entry.item.id : `@${targetUserId}`
}

function without(all: ReadonlyMap<string, Deed>, id: string): ReadonlyMap<string, Deed> {
  return new Map([...all].filter(([other]) => other !== id))
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
