import { expect, it } from 'vitest'
import { createCandidates } from '../candidates.ts'
import { rerankerContract, townNetwork } from '../stage.contract.ts'
import type { Reranker } from '../stage.ts'
import { authorSpacing } from './author-spacing.ts'
import { diversity } from './diversity.ts'
import { exploration } from './exploration.ts'

const network = townNetwork()

rerankerContract(() => diversity({ strength: 0.5, window: 30 }))
rerankerContract(() => authorSpacing({ apart: 4, mostAPage: 3 }))
rerankerContract(() => exploration({ source: 'explore', every: 5 }))

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

  const page = arrange(authorSpacing({ apart: 4, mostAPage: 3 }), unique, 16)
    .slice(0, 16)
    .map(authorOf)

  page.forEach((author, place) => {
    expect(page.slice(Math.max(0, place - 3), place)).not.toContain(author)
    expect(page.filter((other) => other === author).length).toBeLessThanOrEqual(3)
  })
})

it('author spacing shows what there is when there is only one author', () => {
  const ids = allIds().filter((id) => authorOf(id) === 'gus')

  expect(arrange(authorSpacing({ apart: 4, mostAPage: 3 }), ids)).toEqual(ids)
})

it('exploration gives every fifth place to chance and keeps the order of the rest', () => {
  const ids = allIds().slice(0, 15)
  const byChance = ids.slice(12)

  const arranged = arrange(exploration({ source: 'chance', every: 5 }), ids, 15, byChance)

  expect([4, 9, 14].map((place) => arranged[place])).toEqual(byChance)
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
  const arranged = reranker.arrange(rows, candidates, request, network.contextFor(request))
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
