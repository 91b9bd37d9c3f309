import { expect, it } from 'vitest'
import type { Because, PageItem } from '../domain/page.ts'
import { createRecommender, type RecommendRequest } from './recommend.ts'
import { townNetwork } from './stage.contract.ts'

const town = townNetwork()

it('says nothing when it is not asked', () => {
  expect(page('bo', { explain: false }).every(({ because }) => because === undefined)).toBe(true)
})

it('gives every item a reason in English, and the same in Chinese', () => {
  const english = page('bo').map(becauseOf)
  const chinese = page('bo', { locale: 'zh' }).map(becauseOf)

  for (const { text } of english) expect(text).toMatch(/\.$/)
  for (const { text } of chinese) expect(text).toMatch(/。$/)
  expect(chinese.map(({ evidence }) => evidence)).toEqual(english.map(({ evidence }) => evidence))
})

it('shows only events of the person’s own, which are in their history', () => {
  for (const asker of ['ada', 'bo', 'chen', 'fang', 'kofi']) {
    const own = historyOf(asker)
    const shown = page(asker).flatMap((item) => becauseOf(item).evidence)
    expect(shown.length).toBeGreaterThan(0)
    for (const { part, ...event } of shown) {
      expect(own).toContainEqual(event)
      expect(part).toBeDefined()
    }
  }
})

it('names the likes behind an item close to them', () => {
  const other = townNetwork()
  other.addEvent({ type: 'more', userId: 'lin', itemId: 'jazz-2' })
  const close = page('lin', { limit: 60 }, other).filter(({ because }) =>
    because?.text.includes('is close to'),
  )

  expect(close.length).toBeGreaterThan(0)
  for (const item of close) {
    expect(item.item.tags).toEqual(['jazz'])
    expect(becauseOf(item).text).toMatch(/close to “.+”, which you asked for more of/)
    expect(becauseOf(item).evidence).toMatchObject([{ type: 'more', itemId: 'jazz-2' }])
  }
})

it('names ties who engaged, but never a stranger of the same taste', () => {
  const reasons = page('lin').map(becauseOf)
  expect(reasons.some(({ text }) => text.includes('Bo'))).toBe(true)

  const gus = page('gus').map((item) => ({ author: item.item.authorName, ...becauseOf(item) }))
  for (const { text, author } of gus) {
    for (const stranger of ['Kofi', 'Dara', 'Bo', '江月']) {
      if (stranger !== author) expect(text).not.toContain(`${stranger} `)
    }
  }
})

it('the change is arithmetic on the record: the score without the largest part', () => {
  const items = page('fang', { limit: 40 })
  for (const { score, parts, because } of items) {
    const largest = Math.max(...Object.values(parts))
    expect(because!.change).toContain(`(${largest.toFixed(2)} of ${score.toFixed(2)})`)
    expect(because!.change).toContain(`would be ${(score - largest).toFixed(2)}`)
  }
})

it('the change names the place that the lower score would have', () => {
  const items = page('kofi', { limit: 40 })
  const scores = items.map(({ score }) => score)
  const places = items.map(({ score, parts, because }) => {
    const without = score - Math.max(...Object.values(parts))
    const place = scores.filter((other) => other > score).length + 1
    // Its own score no longer stands above.
    const newPlace = scores.filter((other) => other > without).length
    const told =
      place === newPlace
        ? `still place ${place} of`
        : `place ${newPlace} by score instead of ${place} of`
    expect(because!.change).toContain(told)
    return newPlace - place
  })
  expect(Math.max(...places)).toBeGreaterThan(2)
})

it('explains related items by the item asked about', () => {
  const [first] = page(undefined, { feed: 'related', item: town.item('tea-2') })

  expect(becauseOf(first!).text).toMatch(/is close to “|People who engaged with “/)
  expect(becauseOf(first!).evidence).toEqual([])
})

function page(
  userId: string | undefined,
  changed: Partial<RecommendRequest> = {},
  network = town,
): PageItem[] {
  const request = network.request(userId, { explain: true, ...changed })
  return createRecommender({ memory: network.memory }).recommend({
    feed: 'home',
    pageId: 'page',
    ...request,
    ...changed,
  }).items
}

function becauseOf({ because }: PageItem): Because {
  expect(because).toBeDefined()
  return because!
}

function historyOf(userId: string): Because['evidence'] {
  const { histories, items } = town.memory
  const person = town.person(userId)
  return Array.from({ length: histories.length(person) }, (_, entry) => ({
    type: histories.actionAt(person, entry),
    at: new Date(histories.atMs(person, entry)).toISOString(),
    itemId: items.get(histories.itemAt(person, entry))!.id,
  }))
}
