import { describe, expect, it } from 'vitest'
import { integer, seededRandom } from '../../math/random.ts'
import { cpuMs } from '../cpu-time.fixture.ts'
import { createDuplicateIndex } from './duplicates.ts'
import { agreement, minHash } from './min-hash.ts'
import { jaccard, shinglesOf } from './shingles.ts'
import { createVectorHash, hammingDistance, simHash } from './sim-hash.ts'

const news = '北京今天下午突降暴雨，多条地铁线路临时停运，市民请注意出行安全，预计晚间雨势减弱'
const talk =
  'The bakery near the station closed its doors today after forty years of bread and gossip'

describe('createDuplicateIndex', () => {
  it.each([
    ['the same', news],
    ['a reposted one', `转发微博 //@某人: ${news} http://t.cn/abc`],
    ['one with emoji and tags', `😱😱${news}！！！[泪]`],
    ['one with a word changed', news.replace('暴雨', '大暴雨')],
    ['one cut short', news.slice(0, 32)],
    ['one in traditional characters', news.replace('预计', '預計').replace('线', '線')],
    ['one with invisible signs', news.replaceAll('，', '\u200b，\u202c')],
  ])('puts %s into the group of the first', (_, again) => {
    const index = createDuplicateIndex({ capacity: 100 })
    expect(index.add(7, news)).toBe(7)
    expect(index.add(8, talk)).toBe(8)
    expect(index.add(9, again)).toBe(7)
    expect(index.add(10, talk.toUpperCase())).toBe(8)
  })

  it.each([
    ['another subject', '上海今天举办国际电影节开幕式，众多明星走上红毯，影迷热情高涨'],
    ['a few shared words', '北京今天天气晴朗，适合出行，市民纷纷走进公园赏花'],
    ['no words at all', '😱😱😱'],
  ])('gives %s a group of its own', (_, other) => {
    const index = createDuplicateIndex({ capacity: 100 })
    index.add(1, news)
    expect(index.add(2, other)).toBe(2)
  })

  it('keeps very short posts apart unless they are the same', () => {
    const index = createDuplicateIndex({ capacity: 100 })
    expect(index.add(1, '早上好')).toBe(1)
    expect(index.add(2, '晚上好')).toBe(2)
    expect(index.add(3, '早上好！😀')).toBe(1)
  })

  it('keeps the name of a group through chains of edits', () => {
    const index = createDuplicateIndex({ capacity: 100 })
    const words = talk.split(' ')
    index.add(1, talk)
    for (let edit = 0; edit < 6; edit++) {
      words[edit * 2] = `edited${edit}`
      expect(index.add(2 + edit, words.join(' '))).toBe(1)
    }
  })

  it('lets vectors vouch for a paraphrase that words alone leave open', () => {
    const one = 'the mayor opened the new bridge over the river this morning in the rain'
    const other = 'the mayor opened the new bridge over the wide river early today despite rain'
    const vector = Float32Array.from({ length: 32 }, (_, at) => Math.sin(at))
    const far = Float32Array.from({ length: 32 }, (_, at) => Math.cos(3 * at))
    const groupWith = (second?: Float32Array) => {
      const index = createDuplicateIndex({ capacity: 100, width: 32 })
      index.add(1, one, vector)
      return index.add(2, other, second)
    }
    expect(groupWith()).toBe(2)
    expect(groupWith(far)).toBe(2)
    expect(groupWith(vector.map((value) => 5 * value))).toBe(1)
  })

  it('forgets the oldest and stays as large as it was', () => {
    const random = seededRandom(3)
    const index = createDuplicateIndex({ capacity: 50 })
    const bytes = index.bytes
    index.add(0, talk)
    for (let id = 1; id <= 500; id++) {
      const words = Array.from({ length: 12 }, () => `w${integer(random, 0, 1e6)}`)
      expect(index.add(id, words.join(' '))).toBe(id)
    }
    expect(index.add(501, talk)).toBe(501)
    expect(index.bytes).toBe(bytes)
  })

  it.each(['a ', '哈', 'ab1', '\u202e\u0000', '\ud800', '#'])(
    'takes bounded time for %j ten thousand times',
    (unit) => {
      const index = createDuplicateIndex({ capacity: 10 })
      expect(cpuMs(() => void index.add(1, unit.repeat(10_000)))).toBeLessThan(1_000)
    },
  )
})

describe('the hashes', () => {
  const a = shinglesOf(news)
  const b = shinglesOf(news.slice(0, 30))

  it('of smallest values agree as often as sets overlap', () => {
    expect(Math.abs(agreement(minHash(a), minHash(b)) - jaccard(a, b))).toBeLessThan(0.2)
    expect(agreement(minHash(a), minHash(shinglesOf(talk)))).toBeLessThan(0.1)
  })

  it('of majorities are near for texts that are', () => {
    expect(hammingDistance(simHash(a), simHash(b))).toBeLessThan(22)
    expect(hammingDistance(simHash(a), simHash(shinglesOf(talk)))).toBeGreaterThan(22)
  })

  it('of planes are near for vectors that are', () => {
    const hash = createVectorHash(16)
    const vector = Array.from({ length: 16 }, (_, at) => Math.sin(at))
    const turned = vector.map((value) => -value)
    expect(hammingDistance(hash(vector), hash(vector.map((value) => 3 * value)))).toBe(0)
    expect(hammingDistance(hash(vector), hash(turned))).toBe(64)
  })
})
