import { describe, expect, it } from 'vitest'
import { integer, normal, seededRandom } from '../../math/random.ts'
import { adjustedRandIndex, coherence } from './judge-topics.ts'
import { fitLda } from './lda.ts'
import { fitTopics, topicsOf } from './topics.ts'

const width = 24
const subjects = {
  bread: ['bakery', 'sourdough', 'oven', 'flour', 'crust'],
  bikes: ['bicycle', 'helmet', 'chain', 'wheel', 'saddle'],
  stars: ['telescope', 'galaxy', 'planet', 'comet', 'orbit'],
  music: ['guitar', 'concert', 'album', 'singer', 'drums'],
}
const names = Object.keys(subjects) as (keyof typeof subjects)[]

/** Posts of some subjects, each with a direction and words of its own. */
function posts(count: number, seed: number, among = names) {
  const random = seededRandom(seed)
  const kinds = Array.from({ length: count }, () => integer(random, 0, among.length))
  return {
    kinds: kinds.map((kind) => names.indexOf(among[kind]!)),
    vectors: kinds.map((kind) => {
      const planes = seededRandom(100 + names.indexOf(among[kind]!))
      return Float32Array.from({ length: width }, () => normal(planes) + 0.4 * normal(random))
    }),
    words: kinds.map((kind) => {
      const words = subjects[among[kind]!]
      return Array.from({ length: 4 }, () => words[integer(random, 0, words.length)]!)
    }),
  }
}

describe('fitTopics', () => {
  it('finds how many subjects there are, gathers their posts and names them', () => {
    const given = posts(300, 1)
    const { topics, assigned } = fitTopics(given, { random: seededRandom(2), k: 4 })
    expect(adjustedRandIndex(assigned, given.kinds)).toBe(1)
    for (const { words } of topics.topics) {
      const subject = names.find((name) => subjects[name].includes(words[0]!))!
      expect(words.slice(0, 5).every((word) => subjects[subject].includes(word))).toBe(true)
    }
  })

  it('keeps ids and words while posts come, and gives a new subject a new id', () => {
    const early = posts(200, 3, ['bread', 'bikes', 'stars'])
    const before = fitTopics(early, { random: seededRandom(4), k: 3 })
    const late = posts(260, 5)
    const after = fitTopics(late, { random: seededRandom(6), k: 4, before: before.topics })
    for (const old of before.topics.topics) {
      const same = after.topics.topics.find(({ id }) => id === old.id)
      expect(same?.words).toEqual(old.words)
    }
    const fresh = after.topics.topics.filter(({ id }) => id >= before.topics.nextId)
    expect(fresh).toHaveLength(1)
    expect(subjects.music).toContain(fresh[0]!.words[0])
    expect(after.topics.nextId).toBe(4)
  })

  it('never gives the id of a topic that is gone to another', () => {
    const before = fitTopics(posts(100, 7, ['bread', 'bikes']), { random: seededRandom(8), k: 2 })
    const after = fitTopics(posts(100, 9, ['stars', 'music']), {
      random: seededRandom(10),
      k: 2,
      before: { ...before.topics, topics: [] },
    })
    expect(after.topics.topics.map(({ id }) => id)).toEqual([2, 3])
  })

  it('says the topic of a new post', () => {
    const given = posts(200, 11)
    const { topics, assigned } = fitTopics(given, { random: seededRandom(12), k: 4 })
    const [found] = topicsOf([given.vectors[0]!], topics)
    expect(found?.id).toBe(assigned[0])
    expect(found?.closeness).toBeGreaterThan(0.7)
  })

  it('chooses a size itself', () => {
    const { topics } = fitTopics(posts(200, 13), { random: seededRandom(14) })
    expect(topics.topics.length).toBeGreaterThanOrEqual(4)
  })

  it('has an answer for no posts and for one', () => {
    const none = fitTopics({ vectors: [], words: [] }, { random: seededRandom(1), k: 3 })
    expect(none.topics.topics).toEqual([])
    const one = posts(1, 15)
    expect(fitTopics(one, { random: seededRandom(1), k: 3 }).assigned).toEqual(Int32Array.of(0))
  })

  it('refuses vectors of another width', () => {
    const mixed = { vectors: [Float32Array.of(1, 0), Float32Array.of(1)], words: [[], []] }
    expect(() => fitTopics(mixed, { random: seededRandom(1), k: 1 })).toThrow(/1 numbers, not 2/)
  })
})

describe('fitLda', () => {
  it('finds subjects from words alone', () => {
    const given = posts(300, 17)
    const { topics, assigned, shares } = fitLda(given.words, { k: 4, random: seededRandom(18) })
    expect(adjustedRandIndex(assigned, given.kinds)).toBeGreaterThan(0.9)
    expect(topics.map((words) => words.length)).toEqual([5, 5, 5, 5])
    expect(shares.subarray(0, 4).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
  })

  it('leaves a text without known words without a topic', () => {
    const { assigned } = fitLda([['lone'], [], ['word']], { k: 2, random: seededRandom(1) })
    expect([...assigned]).toEqual([-1, -1, -1])
  })
})

describe('coherence', () => {
  const texts = posts(200, 19).words

  it('is high for words of one subject and low for a mixture', () => {
    const good = coherence([subjects.bread, subjects.stars], texts)
    const bad = coherence([['bakery', 'planet', 'guitar', 'wheel']], texts)
    expect(good).toBeGreaterThan(0.3)
    expect(bad).toBe(-1)
  })
})

describe('adjustedRandIndex', () => {
  it('is 1 for the same partition by other names and near 0 by chance', () => {
    const random = seededRandom(20)
    const a = Array.from({ length: 2_000 }, () => integer(random, 0, 5))
    const b = Array.from({ length: 2_000 }, () => integer(random, 0, 5))
    expect(
      adjustedRandIndex(
        a,
        a.map((value) => 9 - value),
      ),
    ).toBe(1)
    expect(Math.abs(adjustedRandIndex(a, b))).toBeLessThan(0.02)
  })
})
