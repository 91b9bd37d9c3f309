/** Reads texts of an evaluation for their labels, once each, as a running engine does in the background. */
import { emotionsOf, type ItemLabels } from '../domain/labels.ts'
import { emotions } from '../domain/question.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { openHeads } from '../understand/open-heads.ts'
import { openUnderstanding } from '../understand/understand.ts'

export interface EvaluationReading {
  /** One for each text. */
  labels(texts: readonly string[]): Promise<ItemLabels[]>
  /** Shares by `emotions` for each text; undefined where no head could tell. */
  moods(texts: readonly string[]): Promise<(number[] | undefined)[]>
}

const readAtOnce = 256

/** @param open the encoder, when the first text is to be read */
export function evaluationReading(open: () => Promise<Encoder>): EvaluationReading {
  const known = new Map<string, ItemLabels>()
  let opening: ReturnType<typeof openReader> | undefined

  async function labels(texts: readonly string[]): Promise<ItemLabels[]> {
    const missing = [...new Set(texts)].filter((text) => !known.has(text))
    for (let start = 0; start < missing.length; start += readAtOnce) {
      opening ??= openReader(open)
      const some = missing.slice(start, start + readAtOnce)
      const read = await (await opening).label(some)
      for (const [place, text] of some.entries()) known.set(text, read[place]!)
    }
    return texts.map((text) => known.get(text)!)
  }

  return {
    labels,
    async moods(texts) {
      return (await labels(texts)).map(({ values }) => {
        const found = emotionsOf(values)
        return found && emotions.map((name) => found[name])
      })
    },
  }
}

async function openReader(open: () => Promise<Encoder>) {
  const encoder = await open()
  const { heads } = await openHeads(encoder)
  return openUnderstanding({ encoder, heads })
}
