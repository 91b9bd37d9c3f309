/** The understanding part of an engine: what reads texts as they come, and what is told of them. */
import type { Encoder } from '../encoder/encoder.ts'
import type { Engine } from '../engine.ts'
import { KithError } from '../errors.ts'
import { reportMood } from '../interest/mood-report.ts'
import { createEncodingJob, type EncodingJob } from '../jobs/encode.ts'
import { createMoodJob, type MoodJob } from '../jobs/moods.ts'
import { openTopicsJob, type TopicsJob } from '../jobs/topics/topics.ts'
import type { Memory } from '../memory/memory.ts'
import type { EngineParts } from '../open-engine.ts'
import { namedTopics, type SpaceTopics } from '../understand/topics/space-topics.ts'
import type { Understander } from '../understand/understand.ts'
import { importanceOf } from './importance-of.ts'

export interface LiveUnderstanding {
  readonly encoding: EncodingJob
  readonly moods: MoodJob
  readonly topics: TopicsJob
  readonly calls: Pick<Engine, 'understand' | 'understandItem' | 'mood' | 'topics'>
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

export async function openLiveUnderstanding(
  { store, keptTopics, log }: EngineParts,
  { memory, encoder, understanding, now }: Moment,
): Promise<LiveUnderstanding> {
  const isWelcome = (id: string) =>
    memory.people.get(memory.people.numberOf(id))?.usesMood !== false
  const tell = (known: readonly SpaceTopics[]): void => understanding.knowTopics(known)
  const topics = await openTopicsJob({ memory, kept: keptTopics, tell, log })
  const onRead = (): void => topics.wake()
  const encoding = createEncodingJob({ items: store.items, encoder, understanding, onRead, log })
  const moods = createMoodJob({ moods: store.moods, understanding, isWelcome, log })
  return {
    encoding,
    moods,
    topics,
    description: understanding.heads.map(({ name }) => name).join(', ') || 'none',
    calls: {
      understand: (texts, options) => understanding.understand(texts, options),
      async understandItem(id, { why }) {
        const item = memory.items.numberOf(id)
        const text = memory.items.get(item)?.text
        if (text === undefined) throw unknownItem(id)
        const embeddings = [memory.vectors.get(item)]
        const [found] = await understanding.understand([text], { why, embeddings })
        const importance = importanceOf(memory, item, found!, topics.list())
        return { ...found!, importance }
      },
      topics: async () => namedTopics(topics.list()),
      async mood(userId, locale) {
        const person = memory.people.numberOf(userId)
        if (person < 0) throw unknownUser(userId)
        return reportMood(memory, person, now().getTime(), locale)
      },
    },
    async close() {
      await moods.close()
      await topics.close()
      await encoding.close()
      await understanding.close()
    },
  }
}

function unknownItem(id: string): KithError {
  return new KithError('not-found', `There is no item "${id}". Put it first: PUT /v1/items/{id}.`)
}

function unknownUser(id: string): KithError {
  const help = 'Put the user first, or check the id.'
  return new KithError('not-found', `There is no user "${id}". ${help}`, {
    details: { noun: 'user' },
  })
}
