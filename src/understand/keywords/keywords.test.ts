import { describe, expect, it } from 'vitest'
import { cpuMs } from '../cpu-time.fixture.ts'
import { createIntlCutter, cutWords } from './cut-words.ts'
import { findKeywords, tellingWords } from './keywords.ts'
import { rankWords } from './text-rank.ts'
import { createWordCounts } from './word-counts.ts'

const wordsOf = (text: string, options = {}) =>
  findKeywords([text], options)[0]?.map(({ word }) => word) ?? []

describe('findKeywords', () => {
  it('names what a Chinese post is about', () => {
    const text =
      '今天早上在清华大学听了一场关于人工智能的讲座，教授说人工智能会改变医疗，医院已经用人工智能看片子了'
    expect(wordsOf(text)[0]).toBe('人工智能')
    expect(wordsOf(text)).not.toContain('今天')
  })

  it('names what an English post is about', () => {
    const text =
      'The new bakery has the best sourdough in town. I would cross the city for that sourdough, and the bakery knows it.'
    expect(wordsOf(text, { most: 2 }).sort()).toEqual(['bakery', 'sourdough'])
  })

  it('takes both languages of a mixed post', () => {
    const words = wordsOf('刚用 TypeScript 重写了推荐系统，TypeScript 真香，推荐系统快了十倍')
    expect(words).toContain('typescript')
    expect(words.join()).toMatch(/推荐/)
  })

  it('prefers what was tagged', () => {
    expect(wordsOf('#马拉松# 跑完全程，终点的面条和啤酒太好了')[0]).toBe('马拉松')
  })

  it('prefers what is rare elsewhere, once it has counted', () => {
    const counts = createWordCounts()
    for (let text = 0; text < 100; text++) counts.add(['coffee', `other${text}`])
    const words = wordsOf('coffee and a telescope', { counts, by: 'tf-idf' })
    expect(words).toEqual(['telescope', 'coffee'])
  })

  it('has weights that are shares', () => {
    const [keywords = []] = findKeywords(['trains and rivers and mountains and trains'])
    const total = keywords.reduce((sum, { weight }) => sum + weight, 0)
    expect(total).toBeCloseTo(1)
    expect(keywords[0]?.word).toBe('trains')
  })

  it.each(['', '   ', '的了和是', 'the and of', '😀😀', '12345', '\ud800\u0000\u202e'])(
    'finds none in %j',
    (text) => {
      expect(findKeywords([text])).toEqual([[]])
    },
  )

  it.each(['人工智能', 'word ', 'a1b2 ', '#', '哈'])(
    'takes bounded time for %j ten thousand times',
    (unit) => {
      tellingWords('人工智能')
      expect(cpuMs(() => void findKeywords([unit.repeat(10_000)]))).toBeLessThan(2_000)
    },
  )
})

describe('cutWords', () => {
  it('cuts Chinese at words and keeps the rest as it is written', () => {
    const words = cutWords("我来到北京清华大学，it's a well-known place").map(({ text }) => text)
    expect(words).toEqual(['我', '来到', '北京', '清华大学', "it's", 'a', 'well-known', 'place'])
  })

  it("has Node's own dictionary where jieba is not there", () => {
    const words = createIntlCutter()('我们喜欢北京的天气').map(({ text }) => text)
    expect(words).toContain('北京')
    expect(words.join('')).toBe('我们喜欢北京的天气')
  })
})

describe('rankWords', () => {
  it('ranks the word beside all others highest, and ranks sum to 1', () => {
    const ranks = rankWords(['hub', 'a', 'hub', 'b', 'hub', 'c', 'hub', 'd', 'lone'])
    const best = [...ranks].sort(([, a], [, b]) => b - a)[0]
    expect(best?.[0]).toBe('hub')
    expect([...ranks.values()].reduce((sum, rank) => sum + rank, 0)).toBeCloseTo(1)
  })

  it('has an answer for one word and for none', () => {
    expect(rankWords(['one'])).toEqual(new Map([['one', 1]]))
    expect(rankWords([])).toEqual(new Map())
  })
})

describe('createWordCounts', () => {
  it('stays small however many words come, and keeps the frequent', () => {
    const counts = createWordCounts(100)
    for (let text = 0; text < 5_000; text++) counts.add(['everywhere', `once${text}`])
    expect(counts.size).toBeLessThan(300)
    expect(counts.rarity('everywhere')).toBeLessThan(1.1)
    expect(counts.rarity('never')).toBeGreaterThan(9)
  })
})
