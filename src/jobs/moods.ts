/**
 * Reads what people write in replies and quotes for their mood, in the background. Of the words
 * nothing is kept but seven numbers; what came in while too much waited, or before a crash, is not read.
 */
import type { DatedEvent } from '../domain/event.ts'
import type { MoodReading } from '../domain/labels.ts'
import type { Log } from '../log.ts'
import type { MoodStore } from '../store/store.ts'
import { emotionShares } from '../understand/labels.ts'
import type { Understander } from '../understand/understand.ts'

export interface MoodJob {
  /** Texts of events that are durable; others are passed over. */
  add(events: readonly DatedEvent[]): void
  progress(): { done: number; total: number }
  close(): Promise<void>
}

interface MoodParts {
  readonly moods: MoodStore
  readonly understanding: Understander
  /** Whether this person lets their mood be read. */
  readonly isWelcome: (userId: string) => boolean
  readonly log: Log
  /** Texts that may wait. */
  readonly limit?: number
  readonly batchSize?: number
}

interface Waiting {
  readonly userId: string
  readonly at: Date
  readonly text: string
}

export function createMoodJob(parts: MoodParts): MoodJob {
  const { moods, understanding, isWelcome, log, limit = 2_000, batchSize = 64 } = parts
  const waiting: Waiting[] = []
  const stop = new AbortController()
  let running: Promise<void> | undefined
  let state = { done: 0, total: 0 }

  async function run(): Promise<void> {
    while (waiting.length > 0 && !stop.signal.aborted) {
      const batch = waiting.splice(0, batchSize)
      const texts = batch.map(({ text }) => text)
      const understood = await understanding.understand(texts, { signal: stop.signal })
      const readings = new Map<string, MoodReading[]>()
      for (const [n, { userId, at }] of batch.entries()) {
        const one = understood[n]
        const emotions = one && emotionShares(one)
        if (emotions) readings.set(userId, [...(readings.get(userId) ?? []), { at, emotions }])
      }
      if (readings.size > 0) await moods.add(readings)
      state.done += batch.length
    }
  }

  async function runSafely(): Promise<void> {
    try {
      await run()
    } catch (cause) {
      if (!stop.signal.aborted) log.warn('moods were not read', { reason: String(cause) })
    }
    state = { done: 0, total: 0 }
  }

  return {
    add(events) {
      if (stop.signal.aborted) return
      for (const { userId, at, text } of events) {
        if (text === undefined || waiting.length >= limit || !isWelcome(userId)) continue
        waiting.push({ userId, at, text })
        state.total++
      }
      if (waiting.length === 0 || running) return
      running = runSafely().finally(() => {
        running = undefined
      })
    },
    progress: () => state,
    async close() {
      stop.abort()
      waiting.length = 0
      await running
    },
  }
}
