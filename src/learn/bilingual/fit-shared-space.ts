/** Learns the whole shared space from translations: the lexicon, and what each language has in common. */
import type { Encoder } from '../../encoder/encoder.ts'
import type { FitContext } from '../trainer.ts'
import { fitLexicon, type LexiconOptions, type LexiconTexts } from './fit-lexicon.ts'
import { glossOf, type Lexicon } from './lexicon.ts'
import {
  type EncodedView,
  encodedViews,
  type SharedHead,
  type SharedLanguage,
  toUnit,
  type View,
} from './shared-space.ts'

export interface SharedSpaceOptions extends LexiconOptions {
  /** Texts of each language that the means are taken over. */
  readonly meanTexts: number
  readonly weights: Readonly<Record<View, number>>
}

type Encoders = Readonly<Record<EncodedView, Pick<Encoder, 'encode'>>>

/** @param texts `zh` and `en` of the kind the network will read; the means are of the first of them */
export async function fitSharedSpace(
  texts: LexiconTexts,
  encoders: Encoders,
  options: SharedSpaceOptions,
  context: Pick<FitContext, 'report' | 'signal'>,
): Promise<SharedHead> {
  const lexicon = fitLexicon(texts, options, context)
  const some = {
    zh: texts.zh.slice(0, options.meanTexts),
    en: texts.en.slice(0, options.meanTexts),
  }
  const meansOf = async (language: SharedLanguage) => {
    const { chinese, english } = await viewsOf(lexicon, language, some[language], encoders)
    return { chinese: meanOf(chinese), english: meanOf(english) }
  }
  const means = { zh: await meansOf('zh'), en: await meansOf('en') }
  return { lexicon, means, weights: options.weights }
}

/** What both encoders say of each text; undefined where one sees nothing. */
export async function viewsOf(
  lexicon: Lexicon,
  language: SharedLanguage,
  texts: readonly string[],
  encoders: Encoders,
): Promise<Record<EncodedView, (Int8Array | undefined)[]>> {
  const read = language === 'zh' ? texts.map((text) => glossOf(lexicon, text)) : texts
  const [chinese, english] = await Promise.all(
    encodedViews.map(async (view) => {
      const found = await encoders[view].encode(view === 'chinese' ? texts : read)
      return found.map((embedding) => embedding?.values)
    }),
  )
  return { chinese: chinese!, english: english! }
}

function meanOf(vectors: readonly (Int8Array | undefined)[]): Float32Array {
  const seen = vectors.filter((vector) => vector !== undefined)
  const mean = new Float32Array(seen[0]?.length ?? 0)
  for (const vector of seen) {
    const unit = toUnit(Float32Array.from(vector))
    for (let d = 0; d < mean.length; d++) mean[d]! += unit[d]! / seen.length
  }
  return mean
}
