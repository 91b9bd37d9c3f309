import { expect, it } from 'vitest'
import { defaultBounds } from '../domain/page-bounds.ts'
import { seededRandom } from '../math/random.ts'
import { createArrangement } from './arrangement.ts'
import { createCandidates } from './candidates.ts'
import { createRecommender } from './recommend.ts'
import { pageBounds } from './rerankers/page-bounds.ts'
import { createTestNetwork, townNetwork } from './stage.contract.ts'

const network = townNetwork()
const noon = new Date('2026-03-01T12:00:00Z')

/** What stood on each place of many pages of the same candidates, and the chance that was noted for it. */
function manyPages(pages: number) {
  const candidates = createCandidates()
  candidates.reset(['known', 'chance'])
  for (let item = 0; item < 40; item++) candidates.add(item, item < 26 ? 0 : 1)
  const column = candidates.column('start')
  for (let row = 0; row < 40; row++) column[row] = 1 - row * 0.01
  candidates.addPart('start', 1)
  const rows = Int32Array.from({ length: 40 }, (_, row) => row)
  const reranker = pageBounds({
    bounds: defaultBounds,
    exploration: { source: 'chance', every: 5 },
  })
  const context = network.contextFor(network.request('lin'))
  return Array.from({ length: pages }, (_, seed) => {
    const request = network.request('lin', { limit: 16, random: seededRandom(seed + 1) })
    const notes = createArrangement()
    const page = reranker.arrange(rows, candidates, request, context, notes).slice(0, 16)
    return [...page].map((row) => ({ row, chance: notes.chosen.get(row)?.chance ?? 1 }))
  })
}

it('the chance that is noted of an item is how often it stands there, given what stands above it', () => {
  const pages = manyPages(1_500)
  const counts = new Map<string, { all: number; of: Map<number, { n: number; chance: number }> }>()
  for (const page of pages) {
    page.forEach(({ row, chance }, place) => {
      const above = page.slice(0, place).map((one) => one.row)
      const key = `${place}: ${above.join(' ')}`
      const counted = counts.get(key) ?? { all: 0, of: new Map() }
      const known = counted.of.get(row) ?? { n: 0, chance }
      counted.of.set(row, { n: known.n + 1, chance })
      counts.set(key, { all: counted.all + 1, of: counted.of })
    })
  }
  let drawn = 0
  for (const { all, of } of counts.values()) {
    let sum = 0
    for (const { n, chance } of of.values()) {
      sum += chance
      if (chance === 1) expect(n).toBe(all)
      else drawn++
      // Five standard errors of so many draws.
      expect(Math.abs(n / all - chance)).toBeLessThan(5 * Math.sqrt(0.25 / all) + 1e-9)
    }
    if (all > 100) expect(sum).toBeCloseTo(1, 9)
  }
  // Four at the first place, four at the second after each of these, and so on.
  expect(drawn).toBeGreaterThanOrEqual(4 + 4 * 3)
})

/** More items than the other sources find. */
function largeNetwork() {
  const made = createTestNetwork(noon)
  for (let person = 0; person < 40; person++) made.putUser({ id: `p${person}` })
  for (let item = 0; item < 400; item++) {
    const createdAt = new Date(noon.getTime() - item * 3_600_000).toISOString()
    made.putItem({ id: `i${item}`, authorId: `p${1 + (item % 39)}`, createdAt })
  }
  return made
}

it('the log of a page has these chances, and what could have stood where chance chose', () => {
  const large = largeNetwork()
  const { recommendToLearn } = createRecommender({ memory: large.memory })
  let draws = 0
  for (let seed = 1; seed <= 40; seed++) {
    const request = large.request('p0', { limit: 24, random: seededRandom(seed) })
    const { page, shown } = recommendToLearn({ ...request, feed: 'home', pageId: 'p' })
    const width = shown!.parts.length
    const byPlace = new Map(shown!.draws!.map((draw) => [draw.place, draw]))
    page.items.forEach(({ chance }, place) => {
      expect(shown!.chances[place]).toBeCloseTo(chance ?? 1, 6)
      const draw = byPlace.get(place)
      expect(draw !== undefined).toBe(chance !== undefined)
      if (!draw) return
      draws++
      expect(shown!.chances[place]).toBeCloseTo(width / draw.said.length, 6)
      const said = draw.said.subarray(draw.taken * width, (draw.taken + 1) * width)
      expect([...said]).toEqual([...shown!.said.subarray(place * width, (place + 1) * width)])
    })
  }
  expect(draws).toBeGreaterThan(20)
})
