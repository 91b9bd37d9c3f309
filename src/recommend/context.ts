/** Prepares what the stages of one request read. Scratch is shared: one context at a time. */
import type { Interest } from '../interest/interest.ts'
import type { Interests } from '../interest/interests.ts'
import { type Mood, moodOf } from '../interest/mood.ts'
import type { Memory } from '../memory/memory.ts'
import { tallyAlike } from './alike.ts'
import { markSilent, tallyCircle } from './circle.ts'
import { tallyKindred } from './kindred.ts'
import type { Learned } from './learned/learned.ts'
import { createLikeness } from './likeness.ts'
import { createMarks, type Marks } from './marks.ts'
import { createNearness, type Nearness } from './nearness.ts'
import type { FeedContext, FeedRequest } from './stage.ts'
import { createTally } from './tally.ts'

const halfConfidence = 5
const archiveAfterMs = 30 * 86_400_000

/** The context is valid until the next call. */
export type PrepareContext = (request: FeedRequest) => FeedContext

export function createContexts(
  memory: Memory,
  interests: Interests,
  learned?: Learned,
): PrepareContext {
  const ties = createMarks()
  const silent = createMarks()
  const likeness = createLikeness()
  const measureNearness = createNearness()
  const tallies = { alike: createTally(), circle: createTally(), kindred: createTally() }

  return (request) => {
    const { person } = request
    const own = interests.of(person)
    const interest = request.item >= 0 ? interestIn(request.item, own, memory) : own
    const presentMs = presentOf(memory, request.now)
    markTies(memory, person, ties)
    // Feeds that never ask for a tally do not pay for it.
    const prepareLikeness = once(() => {
      markSilent(memory, interest, person, silent)
      likeness.measure(memory, interest, person)
    })
    const prepare = {
      alike: once(() => tallyAlike(memory, interest, tallies.alike)),
      circle: once(() => {
        prepareLikeness()
        tallyCircle(memory, interest, person, presentMs, likeness, silent, tallies.circle)
      }),
      kindred: once(() => {
        prepareLikeness()
        tallyKindred(memory, presentMs, likeness, silent, tallies.kindred)
      }),
    }
    let near: Nearness | undefined
    let feeling: { readonly mood: Mood | undefined } | undefined
    return {
      memory,
      interest,
      contrast: interests.contrast,
      presentMs,
      ties,
      learned,
      tally(name) {
        prepare[name]()
        return tallies[name]
      },
      nearness() {
        near ??= measureNearness(memory, person, presentMs)
        return near
      },
      mood() {
        feeling ??= { mood: moodOf(memory, person, request.now.getTime()) }
        return feeling.mood
      },
    }
  }
}

function once(work: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    work()
  }
}

/** For `related`, the item asked about stands for the whole interest; dislikes stay in force. */
function interestIn(item: number, own: Interest, { engagement }: Memory): Interest {
  const engagers = engagement.engagers(item).length
  return {
    ...own,
    topics: [{ medoid: item, weight: 1, horizon: 'short', entries: [] }],
    recent: [{ item, weight: 1, entry: -1 }],
    // Few engagers say little about what goes with it; then the text decides.
    confidence: engagers / (engagers + halfConfidence),
  }
}

/** A slow network lives in the present; one where nothing came for long is an archive. */
function presentOf({ items }: Memory, now: Date): number {
  const newest = items.newest(1)[0]
  const nowMs = now.getTime()
  if (newest === undefined) return nowMs
  const newestMs = items.createdAtMs(newest)
  return nowMs - newestMs > archiveAfterMs ? newestMs : nowMs
}

function markTies({ ties }: Memory, person: number, marks: Marks): void {
  marks.clear()
  if (person < 0) return
  const { values, length } = ties.out(person)
  for (let index = 0; index < length; index++) marks.add(values[index]!)
}
