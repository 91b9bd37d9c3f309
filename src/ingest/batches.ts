/** Records in batches of one kind, in order; a batch is what is put, saved and reported at once. */
import type { ImportRecord, RecordKind } from './importer.ts'

export interface Batch {
  readonly kind: RecordKind
  readonly records: readonly ImportRecord[]
}

/**
 * Misread lines of no known kind travel with the batch they stand in.
 * @param skip records already dealt with by an earlier run
 */
export async function* batchesOf(
  records: AsyncIterable<ImportRecord>,
  sizes: Readonly<Record<RecordKind, number>>,
  skip: number,
): AsyncGenerator<Batch> {
  let kind: RecordKind = 'user'
  let batch: ImportRecord[] = []
  let left = skip
  for await (const record of records) {
    if (left > 0) {
      left -= 1
      continue
    }
    const nextKind: RecordKind = record.kind ?? kind
    if (batch.length > 0 && (nextKind !== kind || batch.length >= sizes[kind])) {
      yield { kind, records: batch }
      batch = []
    }
    kind = nextKind
    batch.push(record)
  }
  if (batch.length > 0) yield { kind, records: batch }
}
