/** Learns the whole shared space from translations: the lexicon, and what each language has in common. */
import type { Encoder } from '../../encoder/encoder.ts'
import type { FitContext } from '../trainer.ts'
import { fitLexicon, type LexiconOptions, type LexiconTexts } from './fit-lexicon.ts'
import { chineseGloss, englishGloss, type Lexicon } from './lexicon.ts'
import {
  type Encoded,
  type Means,
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

interface Encoders {
  readonly chinese: Pick<Encoder, 'encode'>
  readonly english: Pick<Encoder, 'encode'>
}

/** @param texts `zh` and `en` of the kind the network will read; the means are of some of them */
export async function fitSharedSpace(
  texts: LexiconTexts,
  encoders: Encoders,
  options: SharedSpaceOptions,
  context: Pick<FitContext, 'report' | 'signal'>,
): Promise<SharedHead> {
  const lexicon = fitLexicon(texts, options, context)
  const meansOf = async (language: SharedLanguage): Promise<Means> => {
    const some = spread(texts[language], options.meanTexts)
    const found = await encodedOf(lexicon, language, some, encoders)
    const mean = (part: keyof Encoded) => meanOf(found.map((one) => one[part]))
    return {
      ...{ chinese: mean('chinese'), english: mean('english') },
      ...(language === 'en' && { gloss: mean('gloss') }),
    }
  }
  const means = { zh: await meansOf('zh'), en: await meansOf('en') }
  return { lexicon, means, weights: options.weights }
}

/** What the encoders say of each text of a language. */
export async function encodedOf(
  lexicon: Lexicon,
  language: SharedLanguage,
  texts: readonly string[],
  encoders: Encoders,
): Promise<Encoded[]> {
  const isChinese = language === 'zh'
  const read = isChinese ? texts.map((text) => englishGloss(lexicon, text)) : texts
  const glosses = isChinese ? [] : texts.map((text) => chineseGloss(lexicon, text))
  const [chinese, english] = await Promise.all([
    encoders.chinese.encode([...texts, ...glosses]),
    encoders.english.encode(read),
  ])
  return texts.map((_, n) => ({
    chinese: chinese[n]?.values,
    gloss: chinese[texts.length + n]?.values,
    english: english[n]?.values,
  }))
}

/** So many at even distances: the first ones would all be of one kind. */
function spread<Text>(texts: readonly Text[], most: number): Text[] {
  const count = Math.min(most, texts.length)
  return Array.from({ length: count }, (_, n) => texts[Math.floor((n * texts.length) / count)]!)
}

function meanOf(vectors: readonly (ArrayLike<number> | undefined)[]): Float32Array {
  const seen = vectors.filter((vector) => vector !== undefined)
  const mean = new Float32Array(seen[0]?.length ?? 0)
  for (const vector of seen) {
    const unit = toUnit(Float32Array.from(vector))
    for (let d = 0; d < mean.length; d++) mean[d]! += unit[d]! / seen.length
  }
  return mean
}
