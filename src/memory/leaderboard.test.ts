import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seededRandom } from '../math/random.ts'
import { bestPlaces } from '../math/top-k.ts'
import { Leaderboard } from './leaderboard.ts'

/** A board over a table of scores, and a way to change one. */
function boardOf(count: number) {
  const scores = new Float64Array(count).fill(-Infinity)
  const board = new Leaderboard(
    (item) => scores[item]!,
    () => count,
  )
  const set = (item: number, score: number): void => {
    board.remove(item)
    scores[item] = score
    board.add(item)
  }
  return { scores, board, set }
}

function truth(scores: Float64Array, limit: number): number[] {
  return [...bestPlaces(scores, limit)].filter((item) => scores[item] !== -Infinity)
}

it('is always in the order that sorting would give', () => {
  const change = fc.tuple(fc.nat(19), fc.oneof(fc.nat(8), fc.constant(-Infinity)))
  fc.assert(
    fc.property(fc.array(change), fc.integer({ min: 1, max: 25 }), (changes, limit) => {
      const { scores, board, set } = boardOf(20)
      for (const [item, score] of changes) {
        set(item, score)
        expect([...board.top(limit)]).toEqual(truth(scores, limit))
      }
    }),
  )
})

it('stays true when there are more items than places, and they fall and rise', () => {
  const random = seededRandom(1)
  const { scores, board, set } = boardOf(4000)
  for (let item = 0; item < 4000; item++) set(item, random())
  for (let turn = 0; turn < 6000; turn++) {
    const [leader = 0] = board.top(1)
    set(leader, -Infinity)
    set(Math.floor(random() * 4000), random())
    if (turn % 50 === 0) expect([...board.top(500)]).toEqual(truth(scores, 500))
  }
  expect([...board.top(3000)]).toEqual(truth(scores, 3000))
})
