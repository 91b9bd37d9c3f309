/** What `kith evaluate recommend` prints. */
import type { RecommendJson } from './evaluate-recommend.ts'
import { evaluationTable, reliabilityTable, segmentTable } from './table.ts'

export interface RecommendTableOptions {
  readonly at: readonly number[]
  readonly isReplay: boolean
  /** Also segments, and how reliable scores are. */
  readonly segments?: boolean | undefined
}

export function recommendTable(json: RecommendJson, options: RecommendTableOptions): string {
  const { rows, notes, published } = json
  const { at, isReplay, segments = false } = options
  const isScored = rows.some(({ calibration }) => calibration)
  const blocks = [
    heading(json),
    evaluationTable(rows, columnsOf(at, isReplay), published?.rows),
    segments ? segmentTable(rows, `ndcg@${at[0]}`) : '',
    segments && isScored ? reliabilityTable(rows) : '',
    [...notes, ...(published ? [`published rows: ${published.source}`] : [])]
      .map((note) => `note: ${note}`)
      .join('\n'),
  ]
  return blocks.filter((block) => block !== '').join('\n\n')
}

function heading(json: RecommendJson): string {
  const { train, valid, test, testPeople } = json.sizes
  const fitted = json.fitsValid ? ', fitted on train + valid' : ''
  const among = json.candidates > 0 ? `, among ${json.candidates} others by lot` : ''
  const measured = json.measured === 'valid' ? 'measured on validation:' : 'test'
  return [
    `${json.data} · ${json.split} · seeds ${json.seeds}${fitted}${among}`,
    `train ${train} · valid ${valid} · ${measured} ${test} of ${testPeople} people`,
  ].join('\n')
}

function columnsOf(at: readonly number[], isReplay: boolean): string[] {
  const found = isReplay ? 'hr' : 'recall'
  const each = at.flatMap((k) => [`${found}@${k}`, `ndcg@${k}`])
  return [...each, `mrr@${at[0]}`, ...(isReplay ? [] : ['gauc']), `coverage@${at[0]}`]
}
