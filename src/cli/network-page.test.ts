import { expect, it } from 'vitest'
import type { NetworkReport } from '../domain/network.ts'
import { networkPage } from './network-page.ts'

it('draws communities and bars, and lets no name be markup', () => {
  const community = { people: 4, languages: ['en'], inside: 0.5, echo: 0.2, centre: ['<b>ann</b>'] }
  const calm = { anger: 0, sadness: 0, fear: 0, surprise: 0, other: 0 }
  const moody = { ...calm, joy: 0.4, neutral: 0.6 }
  const report: NetworkReport = {
    ...{ at: '2026-01-01T12:00:00.000Z', people: 9, ties: 20, reciprocity: 0.5 },
    ...{ modularity: 0.4, homophily: 0.1, cores: [1, 8] },
    communities: [
      { ...community, id: 0, keywords: ['stars'], mood: { posts: 9, shares: moody } },
      { ...community, id: 3, keywords: ['<script>'] },
    ],
    between: [{ from: 0, to: 3, ties: 2 }],
    influence: [{ id: 'a&b', score: 0.5 }],
    bridges: [],
    drawing: { people: [], ties: [] },
    islands: { people: 1, some: [{ id: 'x', couldMeet: ['y'] }] },
  }

  const page = networkPage(report)

  expect(page.match(/<circle/g)).toHaveLength(2)
  expect(page.match(/<line/g)).toHaveLength(1)
  expect(page).toContain('neutral 60 %, joy 40 %')
  expect(page).toContain('a&amp;b')
  expect(page).toContain('&lt;script&gt;')
  expect(page).not.toContain('<script>')
  expect(page).not.toContain('<b>ann')
})
