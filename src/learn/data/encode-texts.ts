/** An encoder as trainers see it: texts in, one matrix out. */
import type { Embedding } from '../../domain/embedding.ts'
import type { Encoder } from '../../encoder/encoder.ts'
import type { EncodeTexts } from '../trainer.ts'

/** An encoder's queue is bounded. */
const encodedAtOnce = 1_000
/** One text for every space that the encoders of this house have: by script. */
const probes = ['The quick brown fox', '敏捷的棕色狐狸']

/**
 * Unit vectors. An encoder with several spaces gives one that is as wide as all of them, each text in
 * its own part: texts of two spaces are then at right angles, which is all that can be said of them.
 * A text with nothing to encode is all zeros.
 */
export function encodeTexts(encoder: Pick<Encoder, 'encode'>, signal?: AbortSignal): EncodeTexts {
  let known: Promise<Layout> | undefined
  return async (texts) => {
    known ??= layoutOf(encoder)
    const { width, offsets } = await known
    const data = new Float32Array(texts.length * width)
    for (let start = 0; start < texts.length; start += encodedAtOnce) {
      const some = texts.slice(start, start + encodedAtOnce)
      const embeddings = await encoder.encode(some, { signal })
      for (const [place, embedding] of embeddings.entries()) {
        if (!embedding) continue
        const offset = offsets.get(embedding.space)
        if (offset === undefined) {
          throw new RangeError(`The encoder gave a vector of "${embedding.space}", a space unseen.`)
        }
        data.set(unit(embedding), (start + place) * width + offset)
      }
    }
    return { width, data }
  }
}

interface Layout {
  readonly width: number
  /** Where each space begins. */
  readonly offsets: ReadonlyMap<string, number>
}

async function layoutOf(encoder: Pick<Encoder, 'encode'>): Promise<Layout> {
  const offsets = new Map<string, number>()
  let width = 0
  for (const embedding of await encoder.encode(probes)) {
    if (!embedding || offsets.has(embedding.space)) continue
    offsets.set(embedding.space, width)
    width += embedding.values.length
  }
  return { width, offsets }
}

function unit({ values }: Embedding): Float32Array {
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  return Float32Array.from(values, (value) => value / norm)
}
