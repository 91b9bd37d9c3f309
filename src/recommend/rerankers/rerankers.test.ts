import { expect, it } from 'vitest'
import { defaultBounds } from '../../domain/page-bounds.ts'
import { createArrangement } from '../arrangement.ts'
import { createCandidates } from '../candidates.ts'
import { rerankerContract, townNetwork } from '../stage.contract.ts'
import type { Reranker } from '../stage.ts'
import { diversity } from './diversity.ts'
import { pageBounds } from './page-bounds.ts'

const network = townNetwork()
/** No bound but that of authors, as far as it is given. */
const open = {
  ...defaultBounds,
  ...{ sadShare: 1, angryShare: 1, topicShare: 1, smallShare: 0, authorApart: 1, authorMost: 100 },
}
const spacing = () => pageBounds({ bounds: { ...open, authorApart: 4, authorMost: 3 } })

rerankerContract(() => diversity({ strength: 0.5, window: 30 }))
rerankerContract(() => pageBounds({ bounds: defaultBounds }))
rerankerContract(() => pageBounds({ bounds: open, exploration: { source: 'explore', every: 5 } }))

it('diversity puts another topic before more of the same', () => {
  const ids = ['stars-1', 'stars-2', 'stars-3', 'tea-1', 'tea-2', 'jazz-1']

  const arranged = arrange(diversity({ strength: 2, window: 120 }), ids)

  expect(arranged[0]).toBe('stars-1')
  const topics = arranged.slice(0, 3).map((id) => id.split('-')[0])
  expect(new Set(topics).size).toBe(3)
})

it('author spacing keeps an author to one in four and three a page while others are there', () => {
  const byAuthor = (author: string) => allIds().filter((id) => authorOf(id) === author)
  const ids = [...byAuthor('emil'), ...byAuthor('ada'), ...allIds()]
  const unique = [...new Set(ids)]

  const page = arrange(spacing(), unique, 16).slice(0, 16).map(authorOf)

  page.forEach((author, place) => {
    expect(page.slice(Math.max(0, place - 3), place)).not.toContain(author)
    expect(page.filter((other) => other === author).length).toBeLessThanOrEqual(3)
  })
})

it('author spacing shows what there is when there is only one author', () => {
  const ids = allIds().filter((id) => authorOf(id) === 'gus')

  expect(arrange(spacing(), ids)).toEqual(ids)
})

it('exploration gives every fifth place to chance and keeps the order of the rest', () => {
  const ids = allIds().slice(0, 24)
  const byChance = ids.slice(18)

  const arranged = arrange(
    pageBounds({ bounds: open, exploration: { source: 'chance', every: 5 } }),
    ids,
    15,
    byChance,
  ).slice(0, 15)

  const drawn = [4, 9, 14].map((place) => arranged[place]!)
  expect(new Set(drawn).size).toBe(3)
  for (const id of drawn) expect(byChance).toContain(id)
  expect(arranged.filter((id) => !byChance.includes(id))).toEqual(ids.slice(0, 12))
})

/** The ids, scored in the order given, as the reranker arranges them. */
function arrange(
  reranker: Reranker,
  ids: readonly string[],
  limit = 20,
  byChance: readonly string[] = [],
): string[] {
  const candidates = createCandidates()
  candidates.reset(['known', 'chance'])
  for (const id of ids) candidates.add(network.item(id), byChance.includes(id) ? 1 : 0)
  const column = candidates.column('start')
  for (let row = 0; row < ids.length; row++) column[row] = 1 - row * 0.01
  candidates.addPart('start', 1)
  const request = network.request('lin', { limit })
  const rows = Int32Array.from(ids, (_, row) => row)
  const arranged = reranker.arrange(
    rows,
    candidates,
    request,
    network.contextFor(request),
    createArrangement(),
  )
  return Array.from(arranged, (row) => ids[row]!)
}

function allIds(): string[] {
  return Array.from({ length: network.memory.items.count }, (_, item) => item).map(
    (item) => network.memory.items.get(item)!.id,
  )
}

function authorOf(id: string): string | undefined {
  return network.memory.items.get(network.item(id))?.authorId
}
