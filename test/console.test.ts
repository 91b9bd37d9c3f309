/** What the console works out itself: which items moved, and parts that add up when rounded. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changesBetween } from '../console/changes.ts'
import { shownParts, shownScore } from '../console/score-parts.ts'

it('tells apart what is new, what left, and what really moved', () => {
  const changes = changesBetween(['a', 'b', 'c', 'd'], ['d', 'b', 'c', 'e'])

  expect([...changes.added]).toEqual(['e'])
  expect([...changes.removed]).toEqual(['a'])
  expect([...changes.moved]).toEqual([['d', 3]])
})

it('does not say that items moved which only closed a gap', () => {
  expect(changesBetween(['a', 'b', 'c'], ['b', 'c']).moved.size).toBe(0)
})

it('leaves the items that did not move in their old order, whatever the two pages are', () => {
  const page = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 20 })
  fc.assert(
    fc.property(page, page, (before, after) => {
      const { added, removed, moved } = changesBetween(before, after)
      const still = (ids: string[]) =>
        ids.filter((id) => !added.has(id) && !removed.has(id) && !moved.has(id))
      expect(still(after)).toEqual(still(before))
      expect(before.length - removed.size).toBe(after.length - added.size)
    }),
  )
})

it('shows parts that sum to the shown score exactly', () => {
  const part = fc.double({ min: -3, max: 3, noNaN: true })
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), part), (parts) => {
      const score = Object.values(parts).reduce((sum, value) => sum + value, 0)
      const thousandths = shownParts(parts, score).map(({ shown }) => Math.round(shown * 1000))
      const sum = thousandths.reduce((all, value) => all + value, 0)
      expect(Math.abs(sum - Math.round(shownScore(score) * 1000))).toBe(0)
    }),
  )
})

it('puts the strongest part first and what spoke against the item last', () => {
  const parts = shownParts({ freshness: 0.1, dislike: -0.5, taste: 0.4, quality: 0 }, 0)

  expect(parts.map(({ name }) => name)).toEqual(['taste', 'freshness', 'dislike'])
  expect(parts.map(({ isAgainst }) => isAgainst)).toEqual([false, false, true])
})
