/** What every store must do with moods: bounded, sealed, refused, erased. Part of the store's suite. */
import { expect, it } from 'vitest'
import { type MoodReading, moodReadingsKept } from '../domain/labels.ts'
import type { Store } from './store.ts'
import { allChanges, noon, person } from './store-samples.ts'

export function moodContract(store: () => Store): void {
  async function kept(): Promise<unknown> {
    const moods = (await allChanges(store())).filter(({ kind }) => kind === 'mood')
    return moods.map((change) => change.kind === 'mood' && [change.userId, change.readings])
  }

  it('keep the newest readings of a person, in order of time', async () => {
    await store().users.put([person('ada'), person('bob')])
    const readings = Array.from({ length: moodReadingsKept + 2 }, (_, n) => reading(n))
    await store().moods.add([['ada', readings.slice(1).reverse()]])
    const changes = await store().moods.add([
      ['ada', [readings[0]!]],
      ['ghost', [readings[0]!]],
    ])
    expect(changes).toHaveLength(1)
    expect(await kept()).toEqual([['ada', readings.slice(-moodReadingsKept)]])
    expect((await store().exportUser('ada')).moods).toHaveLength(moodReadingsKept)
  })

  it('are overwritten when the person refuses them, and nothing is added after', async () => {
    await store().users.put([person('ada')])
    await store().moods.add([['ada', [reading(1)]]])
    const changes = await store().users.put([person('ada', { usesMood: false })])
    expect(changes.at(-1)).toMatchObject({ kind: 'mood', userId: 'ada', readings: [] })
    expect(await store().moods.add([['ada', [reading(2)]]])).toEqual([])
    expect(await kept()).toEqual([['ada', []]])
    expect((await store().exportUser('ada')).moods).toEqual([])
  })

  it('go with the person', async () => {
    await store().users.put([person('ada')])
    await store().moods.add([['ada', [reading(1)]]])
    await store().eraseUser('ada')
    expect(await kept()).toEqual([])
  })
}

function reading(minute: number): MoodReading {
  return {
    at: new Date(noon.getTime() + minute * 60_000),
    emotions: [0.125, 0, 0.5, 0, 0, 0, 0.375],
  }
}
