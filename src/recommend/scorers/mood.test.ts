import { describe, expect, it } from 'vitest'
import { type Emotion, emotions } from '../../domain/question.ts'
import { seededRandom } from '../../math/random.ts'
import { town } from '../../testing/town.ts'
import { createCandidates } from '../candidates.ts'
import { createRecommender } from '../recommend.ts'
import { createTestNetwork, type TestNetwork } from '../stage.contract.ts'
import { mood } from './mood.ts'

type Shares = Readonly<Record<Emotion, number>>
const none = Object.fromEntries(emotions.map((name) => [name, 0])) as Shares
const minutesAgo = (minutes: number) => new Date(town.now.getTime() - minutes * 60_000)

/** Ada wrote `feeling` lately; she follows Bob and nobody else. Five moods of items by Bob and Cyd. */
function network(feeling: Partial<Shares>, usesMood?: boolean): TestNetwork {
  const made = createTestNetwork()
  for (const id of ['bob', 'cyd']) made.putUser({ id })
  made.putUser({ id: 'ada', usesMood })
  made.putEdge({ from: 'ada', to: 'bob', kind: 'follow' })
  for (const authorId of ['bob', 'cyd']) {
    for (const name of ['joy', 'neutral', 'sadness', 'anger', 'fear'] as const) {
      made.putLabels(`${authorId} ${name}`, { ...none, [name]: 1 }, { authorId })
    }
  }
  made.putLabels('unknown', {})
  const row = emotions.map((name) => feeling[name] ?? 0)
  const readings = [5, 4, 3].map((minutes) => ({ at: minutesAgo(minutes), emotions: row }))
  made.apply({ kind: 'mood', userId: 'ada', readings })
  return made
}

function scoresIn(made: TestNetwork): Map<string, number> {
  const candidates = createCandidates()
  candidates.reset(['all'])
  for (let item = 0; item < made.memory.items.count; item++) candidates.add(item, 0)
  const out = new Float32Array(candidates.count)
  const request = made.request('ada')
  mood().score(candidates, request, made.contextFor(request), out)
  return new Map(Array.from(out, (value, item) => [made.memory.items.get(item)?.id ?? '', value]))
}

describe('mood', () => {
  it('lifts calm and cheerful items for somebody sad, and never sad ones', () => {
    const scores = scoresIn(network({ sadness: 1 }))
    expect(scores.get('cyd joy')).toBeGreaterThan(scores.get('cyd neutral') ?? 1)
    expect(scores.get('cyd neutral')).toBeGreaterThan(0)
    for (const name of ['sadness', 'anger', 'fear']) {
      expect(scores.get(`cyd ${name}`)).toBeLessThan(0)
      // Who is in trouble among the people one knows must not vanish.
      expect(scores.get(`bob ${name}`)).toBe(0)
    }
    expect(scores.get('unknown')).toBe(0)
  })

  it('lifts cheerful items a little for somebody glad', () => {
    const scores = scoresIn(network({ joy: 1 }))
    expect(scores.get('cyd joy')).toBeGreaterThan(0)
    expect(scores.get('cyd joy')).toBeLessThan(
      scoresIn(network({ sadness: 1 })).get('cyd joy') ?? 0,
    )
    expect(scores.get('cyd sadness')).toBe(0)
  })

  it('does nothing for the even-tempered and for those who refuse it', () => {
    for (const made of [network({ neutral: 1 }), network({ sadness: 1 }, false)]) {
      expect([...scoresIn(made).values()].every((value) => value === 0)).toBe(true)
    }
  })

  it('whatever somebody feels, never puts the troubled before the calm, and stays in its bounds', () => {
    const random = seededRandom(7)
    for (let round = 0; round < 40; round++) {
      const drawn = emotions.map(() => random() ** 3)
      const total = drawn.reduce((sum, value) => sum + value, 0)
      const feeling = Object.fromEntries(emotions.map((name, n) => [name, drawn[n]! / total]))
      const scores = scoresIn(network(feeling))
      for (const value of scores.values()) expect(Math.abs(value)).toBeLessThanOrEqual(1)
      for (const author of ['bob', 'cyd']) {
        for (const name of ['sadness', 'anger', 'fear']) {
          expect(scores.get(`${author} ${name}`)).toBeLessThanOrEqual(0)
          expect(scores.get(`${author} neutral`)).toBeGreaterThanOrEqual(
            scores.get(`${author} ${name}`) ?? 1,
          )
        }
      }
    }
  })

  it('is a recorded part of the page, told in both languages', () => {
    const made = network({ sadness: 1 })
    const recommender = createRecommender({ memory: made.memory })
    for (const [locale, words] of [
      ['en', 'calm or cheerful'],
      ['zh', '平和或欢快'],
    ] as const) {
      const request = { ...made.request('ada'), explain: true, locale }
      const { items } = recommender.recommend({ ...request, feed: 'home', pageId: 'p' })
      const joyful = items.find(({ item }) => item.id === 'cyd joy')
      expect(joyful?.parts['mood']).toBeGreaterThan(0.05)
      const told = items.map(({ because }) => because?.text ?? '').join(' ')
      expect(told).toContain(words)
    }
  })
})
