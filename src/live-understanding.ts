/** The understanding part of an engine: what reads texts as they come, and what is told of them. */
import type { Encoder } from './encoder/encoder.ts'
import type { Engine } from './engine.ts'
import { KithError } from './errors.ts'
import { reportMood } from './interest/mood-report.ts'
import { createEncodingJob, type EncodingJob } from './jobs/encode.ts'
import { createMoodJob, type MoodJob } from './jobs/moods.ts'
import type { Memory } from './memory/memory.ts'
import type { EngineParts } from './open-engine.ts'
import type { Understander } from './understand/understand.ts'

export interface LiveUnderstanding {
  readonly encoding: EncodingJob
  readonly moods: MoodJob
  readonly calls: Pick<Engine, 'understand' | 'mood'>
  /** Which heads answer, for the status. */
  readonly description: string
  close(): Promise<void>
}

interface Moment {
  readonly memory: Memory
  readonly encoder: Encoder
  /** Closed with this. */
  readonly understanding: Understander
  readonly now: () => Date
}

export function openLiveUnderstanding(
  { store, log }: EngineParts,
  { memory, encoder, understanding, now }: Moment,
): LiveUnderstanding {
  const isWelcome = (id: string) =>
    memory.people.get(memory.people.numberOf(id))?.usesMood !== false
  const encoding = createEncodingJob({ items: store.items, encoder, understanding, log })
  const moods = createMoodJob({ moods: store.moods, understanding, isWelcome, log })
  return {
    encoding,
    moods,
    description: understanding.heads.map(({ name }) => name).join(', ') || 'none',
    calls: {
      understand: (texts, options) => understanding.understand(texts, options),
      async mood(userId, locale) {
        const person = memory.people.numberOf(userId)
        if (person < 0) throw unknownUser(userId)
        return reportMood(memory, person, now().getTime(), locale)
      },
    },
    async close() {
      await moods.close()
      await encoding.close()
      await understanding.close()
    },
  }
}

function unknownUser(id: string): KithError {
  const help = 'Put the user first, or check the id.'
  return new KithError('not-found', `There is no user "${id}". ${help}`, {
    details: { noun: 'user' },
  })
}
