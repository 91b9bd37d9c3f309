/** Works out a person's interest from their history: the same history gives the same interest. */
import type { Memory } from '../memory/memory.ts'
import type { Contrast } from './contrast.ts'
import type { Interest, RecentItem } from './interest.ts'
import { type ItemSignal, readSignals, type Signals } from './signals.ts'
import { findTopics } from './topics.ts'

const recentKept = 60
const dislikesKept = 8
/** Half of the confidence is reached with this many likes' worth of behaviour. */
const halfConfidence = 5

export function workOutInterest(memory: Memory, contrast: Contrast, person: number): Interest {
  const signals = readSignals(memory, person)
  const likes = strongest(signals.likes, recentKept)
  const known = signals.likes.reduce((sum, { weight }) => sum + weight, 0)
  return {
    topics: findTopics(memory, contrast, likes),
    dislikes: dislikesOf(signals),
    hidden: new Set(signals.dislikes.map(({ item }) => item)),
    authors: authorsOf(signals),
    follows: signals.follows,
    recent: likes.map(recentOf),
    confidence: known / (known + halfConfidence),
    rhythmAt: rhythmOf(memory.histories.rhythm(person)),
  }
}

/** The items of most decayed weight, left in their order: newest first. */
function strongest(signals: readonly ItemSignal[], limit: number): readonly ItemSignal[] {
  if (signals.length <= limit) return signals
  const weights = signals.map(decayedWeight).sort((a, b) => b - a)
  const least = weights[limit - 1]!
  return signals.filter((signal) => decayedWeight(signal) >= least).slice(0, limit)
}

function decayedWeight({ long, short }: ItemSignal): number {
  return (long + short) / 2
}

function recentOf(signal: ItemSignal): RecentItem {
  return { item: signal.item, weight: decayedWeight(signal), entry: signal.entry }
}

function dislikesOf({ dislikes }: Signals): Interest['dislikes'] {
  return dislikes
    .map(({ item, long }) => ({ item, weight: Math.min(1, long / 2) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, dislikesKept)
}

/** For and against grow apart and level off apart, so one `less` shows even after many likes. */
function authorsOf({ people }: Signals): Map<number, number> {
  const authors = new Map<number, number>()
  for (const [person, opinion] of people) {
    authors.set(
      person,
      opinion.for / (opinion.for + 2) - (1.5 * opinion.against) / (opinion.against + 1),
    )
  }
  for (const [person, closeness] of authors) authors.set(person, Math.max(-1, closeness))
  return authors
}

/** This hour and its neighbours, against the person's most usual hours. [24] */
function rhythmOf(rhythm: Float32Array): (now: Date) => number {
  const smooth = Array.from(rhythm, (share, hour) => {
    const before = rhythm[(hour + 23) % 24] ?? 0
    const after = rhythm[(hour + 1) % 24] ?? 0
    return share / 2 + before / 4 + after / 4
  })
  const highest = Math.max(...smooth)
  return (now) => (highest > 0 ? (smooth[now.getUTCHours()] ?? 0) / highest : 0)
}
