/** Vectors of an encoder as features: one stretch of columns per space, zeros in the others. */
import { KithError } from '../../../errors.ts'
import type { TextEncoder } from '../classifier.ts'

/** An encoder's queue is bounded. */
const encodedAtOnce = 1_000

export interface VectorColumns {
  /** Spaces in the order of their columns, with their widths. */
  readonly spaces: readonly { readonly space: string; readonly width: number }[]
}

export function widthOf({ spaces }: VectorColumns): number {
  return spaces.reduce((sum, { width }) => sum + width, 0)
}

export function needEncoder(encoder: TextEncoder | undefined, who: string): TextEncoder {
  if (encoder) return encoder
  throw new KithError(
    'invalid-input',
    `"${who}" reads vectors, and no encoder was given with the texts.`,
  )
}

/** The spaces that these texts are in; those that are rare (under 1 %) count as unknown. */
export async function learnColumns(
  texts: readonly string[],
  encoder: TextEncoder,
  signal?: AbortSignal,
): Promise<VectorColumns> {
  const seen = new Map<string, { count: number; width: number }>()
  for (let start = 0; start < texts.length; start += encodedAtOnce) {
    const some = await encoder.encode(texts.slice(start, start + encodedAtOnce), { signal })
    for (const embedding of some) {
      if (!embedding) continue
      const { count } = seen.get(embedding.space) ?? { count: 0 }
      seen.set(embedding.space, { count: count + 1, width: embedding.values.length })
    }
  }
  const spaces = [...seen]
    .filter(([, { count }]) => count >= 0.01 * texts.length)
    .map(([space, { width }]) => ({ space, width }))
    .sort((a, b) => (a.space < b.space ? -1 : 1))
  return { spaces }
}

/** [texts × width], each row of length one, or zeros for a text without a vector in these spaces. */
export async function vectorRows(
  texts: readonly string[],
  columns: VectorColumns,
  encoder: TextEncoder,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const width = widthOf(columns)
  const rows = new Float32Array(texts.length * width)
  const offsets = new Map<string, number>()
  let offset = 0
  for (const { space, width: own } of columns.spaces) {
    offsets.set(space, offset)
    offset += own
  }
  for (let start = 0; start < texts.length; start += encodedAtOnce) {
    const some = await encoder.encode(texts.slice(start, start + encodedAtOnce), { signal })
    for (const [n, embedding] of some.entries()) {
      const at = embedding && offsets.get(embedding.space)
      if (at !== undefined) putUnit(rows, (start + n) * width + at, embedding!.values)
    }
  }
  return rows
}

function putUnit(rows: Float32Array, at: number, values: Int8Array): void {
  let squares = 0
  for (let d = 0; d < values.length; d++) squares += values[d]! * values[d]!
  const norm = Math.sqrt(squares)
  for (let d = 0; d < values.length; d++) rows[at + d] = values[d]! / norm
}
