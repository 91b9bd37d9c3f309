/**
 * Reads texts of an evaluation for what mood needs of them, once each, as a running engine does in the
 * background. Near copies, spam and quality are left unsaid: filters would act on them, and a row that
 * differs by more than mood would say nothing of mood.
 */
import {
  emotionsOf,
  type ItemLabels,
  type LabelName,
  placeOfLabel,
  signAt,
} from '../domain/labels.ts'
import { emotions } from '../domain/question.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { openHeads } from '../understand/open-heads.ts'
import { openUnderstanding } from '../understand/understand.ts'

export interface EvaluationReading {
  /** One for each text: emotions, and whether it is civil. */
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
      for (const [place, text] of some.entries()) known.set(text, ofMood(read[place]!))
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

const unsaid: readonly LabelName[] = ['spam', 'rumour', 'quality']

function ofMood({ by, values }: ItemLabels): ItemLabels {
  const left = values.slice()
  for (const name of unsaid) left[placeOfLabel(name)] = 0
  return { by, values: left.fill(0, signAt) }
}

async function openReader(open: () => Promise<Encoder>) {
  const encoder = await open()
  const { heads } = await openHeads(encoder)
  return openUnderstanding({ encoder, heads })
}
