/** What papers report on data sets we can recognise, printed below our rows as their word, not ours. */
import { interactionsIn, type Sequences } from './sequences.ts'

export interface PublishedRow {
  readonly model: string
  readonly source: string
  readonly metrics: Readonly<Record<string, number>>
}

interface KnownData {
  readonly people: number
  readonly items: number
  readonly interactions: number
  readonly rows: readonly PublishedRow[]
}

const s3rec = 'Zhou et al., CIKM 2020, full ranking'
const row = (model: string, hr: number, ndcg: number): PublishedRow => ({
  model,
  source: s3rec,
  metrics: { 'hr@10': hr, 'ndcg@10': ndcg },
})

/** Amazon Beauty, Amazon Sports and Outdoors, as RUCAIBox/CIKM2020-S3Rec publishes them. */
const known: readonly KnownData[] = [
  {
    people: 22_363,
    items: 12_101,
    interactions: 198_502,
    rows: [row('SASRec', 0.0605, 0.0318), row('S3-Rec', 0.0647, 0.0327)],
  },
  {
    people: 35_598,
    items: 18_357,
    interactions: 296_337,
    rows: [row('SASRec', 0.035, 0.0192), row('S3-Rec', 0.0385, 0.0204)],
  },
]

export function publishedFor(sequences: Sequences): readonly PublishedRow[] {
  const found = known.find(
    ({ people, items, interactions }) =>
      people === sequences.lines.length &&
      items === sequences.items.size &&
      interactions === interactionsIn(sequences),
  )
  return found?.rows ?? []
}

export function publishedLines(rows: readonly PublishedRow[]): string[] {
  return rows.map(({ model, source, metrics }) => {
    const cells = Object.entries(metrics).map(([name, value]) => `${name} ${value.toFixed(4)}`)
    return `published: ${model} ${cells.join(' · ')} (${source})`
  })
}
