/** Embeddings on their way between threads: one buffer that is handed over, not copied row by row. */
import type { Embedding } from '../../domain/embedding.ts'

export interface PackedEmbeddings {
  readonly spaces: readonly string[]
  /** [texts] place in `spaces`, -1 where there is none */
  readonly space: Int16Array
  /** [texts] length of each row */
  readonly widths: Int32Array
  /** [sum of widths] */
  readonly values: Int8Array
}

export function packEmbeddings(embeddings: readonly (Embedding | undefined)[]): PackedEmbeddings {
  const spaces = [...new Set(embeddings.flatMap((one) => (one ? [one.space] : [])))]
  const widths = Int32Array.from(embeddings, (one) => one?.values.length ?? 0)
  const values = new Int8Array(widths.reduce((sum, width) => sum + width, 0))
  let from = 0
  for (const one of embeddings) {
    if (!one) continue
    values.set(one.values, from)
    from += one.values.length
  }
  const space = Int16Array.from(embeddings, (one) => (one ? spaces.indexOf(one.space) : -1))
  return { spaces, space, widths, values }
}

export function unpackEmbeddings(packed: PackedEmbeddings): (Embedding | undefined)[] {
  const { spaces, space, widths, values } = packed
  let from = 0
  return Array.from(space, (place, n) => {
    const to = from + widths[n]!
    const row = values.subarray(from, to)
    from = to
    const name = spaces[place]
    return name === undefined ? undefined : { space: name, values: row }
  })
}

/** What may be handed over of it. */
export function buffersOf({ space, widths, values }: PackedEmbeddings): ArrayBuffer[] {
  return [space, widths, values].map(({ buffer }) => buffer as ArrayBuffer)
}
