/** What is published on a graph we can recognise, printed below our rows as their word, not ours. */
import type { Graph } from '../../math/graph.ts'
import type { PublishedRow } from '../next/published.ts'

const source = 'LastFM-Asia, 10 % of ties hidden, as many random non-ties'
/** Rozemberczki & Sarkar, CIKM 2020. */
const lastfmAsia = { people: 7_624, ties: 27_806 }
const rows: readonly (readonly [string, number])[] = [
  ['common neighbours', 0.8515],
  ['resource allocation', 0.8521],
  ['preferential attachment', 0.8068],
]

export function publishedLinks({ size, neighbours }: Graph, share: number): PublishedRow[] {
  const isKnown = size === lastfmAsia.people && neighbours.length === 2 * lastfmAsia.ties
  if (!isKnown || share !== 0.1) return []
  return rows.map(([model, auc]) => ({ model, source, metrics: { auc } }))
}
