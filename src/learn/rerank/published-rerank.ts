/** What is published on Amazon Games as RUCAIBox/LLMRank lays it out, for the table; their 6,000 people, 20 candidates. */
import type { PublishedRow } from '../next/published.ts'
import type { RerankTask } from './read-rerank.ts'

const source = 'Hou et al., ECIR 2024, 6,000 people of whom these are some'
const rows: readonly (readonly [string, number])[] = [
  ['Pop', 0.5296],
  ['BM25 on titles', 0.3461],
  ['ChatGPT', 0.5031],
  ['GPT-4', 0.6288],
  ['item co-occurrence', 0.6626],
  ['BPR', 0.6627],
  ['SASRec', 0.7592],
]

export function publishedRerank({ train, asked }: RerankTask, among: number): PublishedRow[] {
  const isGames = asked === 1_000 && train.lines.length === 45_546 && among === 20
  if (!isGames) return []
  return rows.map(([model, ndcg]) => ({ model, source, metrics: { 'ndcg@10': ndcg } }))
}
