import { describe, expect, it } from 'vitest'
import { emotions } from '../domain/question.ts'
import { createTestNetwork } from '../recommend/stage.contract.ts'
import { town } from '../testing/town.ts'
import { moodOf } from './mood.ts'
import { reportMood } from './mood-report.ts'

const hourMs = 3_600_000
const nowMs = town.now.getTime()
const sad = { joy: 0, anger: 0, sadness: 1, fear: 0, surprise: 0, other: 0, neutral: 0 }

function network() {
  const made = createTestNetwork()
  made.putUser({ id: 'ada' })
  made.putUser({ id: 'bob' })
  return made
}

/** Readings of one person, so many hours ago. */
function wrote(made: ReturnType<typeof network>, userId: string, ...hours: number[]): void {
  const row = emotions.map((name) => sad[name])
  const readings = hours.map((hour) => ({ at: new Date(nowMs - hour * hourMs), emotions: row }))
  made.apply({ kind: 'mood', userId, readings })
}

describe('moodOf', () => {
  it('reads posts, replies and deeds, and knows how much it knows', () => {
    const made = network()
    expect(moodOf(made.memory, made.person('ada'), nowMs)).toBeUndefined()
    made.putLabels('own', sad, { authorId: 'ada' })
    const first = moodOf(made.memory, made.person('ada'), nowMs)
    expect(first?.basis).toEqual({ posts: 1, replies: 0, deeds: 0 })
    wrote(made, 'ada', 2, 1)
    made.putLabels('other', sad, { authorId: 'bob' })
    made.addEvent({ type: 'like', userId: 'ada', itemId: 'other' })
    made.addEvent({ type: 'view', userId: 'ada', itemId: 'other' })
    const more = moodOf(made.memory, made.person('ada'), nowMs)
    expect(more?.basis).toEqual({ posts: 1, replies: 2, deeds: 1 })
    expect(more?.confidence).toBeGreaterThan(first?.confidence ?? 1)
    expect(more?.emotions.sadness).toBeGreaterThan(first?.emotions.sadness ?? 1)
    const shares = Object.values(more?.emotions ?? {})
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
  })

  it('fades by the hour and ends after days', () => {
    const made = network()
    wrote(made, 'ada', 1)
    const troubled = [1, 12, 36].map(
      (later) => moodOf(made.memory, made.person('ada'), nowMs + later * hourMs)?.troubled ?? -1,
    )
    expect(troubled[0]).toBeGreaterThan(troubled[1]!)
    expect(troubled[1]).toBeGreaterThan(troubled[2]!)
    expect(moodOf(made.memory, made.person('ada'), nowMs + 100 * hourMs)).toBeUndefined()
  })

  it('one sharp sentence does not make somebody troubled for long, several do', () => {
    const made = network()
    wrote(made, 'ada', 0)
    const once = moodOf(made.memory, made.person('ada'), nowMs)?.troubled ?? 1
    expect(once).toBeLessThan(0.3)
    wrote(made, 'ada', 3, 2, 1, 0.5, 0)
    expect(moodOf(made.memory, made.person('ada'), nowMs)?.troubled).toBeGreaterThan(0.5)
  })

  it('is nobody’s who refuses it, and comes back empty', () => {
    const made = network()
    wrote(made, 'ada', 1)
    made.putUser({ id: 'ada', usesMood: false })
    expect(moodOf(made.memory, made.person('ada'), nowMs)).toBeUndefined()
    const told = reportMood(made.memory, made.person('ada'), nowMs, 'en')
    expect(told).toMatchObject({ isOn: false })
    made.putUser({ id: 'ada' })
    expect(reportMood(made.memory, made.person('ada'), nowMs, 'zh')).toMatchObject({ isOn: true })
    expect(moodOf(made.memory, made.person('ada'), nowMs)).toBeUndefined()
  })
})
