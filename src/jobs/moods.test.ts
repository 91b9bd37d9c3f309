import { describe, expect, it } from 'vitest'
import type { DatedEvent } from '../domain/event.ts'
import type { MoodReading } from '../domain/labels.ts'
import { emotions } from '../domain/question.ts'
import { hashingEncoder } from '../encoder/hashing.ts'
import { silentLog } from '../log.ts'
import type { Head } from '../understand/head.ts'
import { openUnderstanding } from '../understand/understand.ts'
import { createMoodJob } from './moods.ts'

const emotion: Head = {
  ...{ name: 'emotion-en@1', question: 'emotion', languages: ['en'], run: 'run-1' },
  classes: [...emotions],
  async classify(texts) {
    return texts.map(({ text }) => emotions.map((name) => Number(text.includes(name))))
  },
}

const at = new Date('2026-11-22T12:00:00Z')
function reply(userId: string, text: string | undefined): DatedEvent {
  return { type: 'reply', userId, itemId: 'one', at, text }
}

function job(limit?: number) {
  const kept: (readonly [string, readonly MoodReading[]])[] = []
  const moods = createMoodJob({
    moods: {
      async add(entries) {
        kept.push(...entries)
        return []
      },
    },
    understanding: openUnderstanding({ encoder: hashingEncoder(), heads: [emotion] }),
    isWelcome: (id) => id !== 'shy',
    log: silentLog,
    ...(limit === undefined ? {} : { limit }),
  })
  const settled = async () => {
    while (moods.progress().total > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    return kept
  }
  return { moods, settled }
}

describe('createMoodJob', () => {
  it('keeps the emotions of what people wrote, and none of their words', async () => {
    const { moods, settled } = job()
    moods.add([
      reply('ada', 'the sadness of this long winter evening'),
      reply('ada', undefined),
      reply('shy', 'the joy of this long winter evening'),
    ])
    const kept = await settled()
    expect(kept).toEqual([
      ['ada', [{ at, emotions: emotions.map((name) => Number(name === 'sadness')) }]],
    ])
    expect(JSON.stringify(kept)).not.toContain('winter')
    await moods.close()
  })

  it('lets no more wait than it may, and stops when it is closed', async () => {
    const { moods, settled } = job(2)
    moods.add(['ada', 'bob', 'cyd'].map((id) => reply(id, 'the joy of this winter evening')))
    expect((await settled()).map(([id]) => id)).toEqual(['ada', 'bob'])
    await moods.close()
    moods.add([reply('ada', 'the joy of this winter evening')])
    expect(moods.progress().total).toBe(0)
  })
})
