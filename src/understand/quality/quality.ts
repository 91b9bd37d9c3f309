/**
 * How much care a post shows, from named parts alone: no model, so that its author can be told what
 * would change it. The value is calibrated: the share of ordinary posts that show less.
 */
import { calibrate } from './calibration.ts'

export const qualityParts = [
  'length',
  'richness',
  'variety',
  'links',
  'mentions',
  'shouting',
  'clarity',
] as const
export type QualityPart = (typeof qualityParts)[number]

export interface Quality {
  /** Share of ordinary posts that show less care. 0…1; undefined without a letter. */
  readonly value: number | undefined
  /** What each part added to the sum, or took from it; the sum decides the value. */
  readonly parts: Readonly<Record<QualityPart, number>>
}

export interface QualityText {
  readonly text: string
  /** How sure the language is, where that is known: a text of no language is often noise. */
  readonly languageCertainty?: number | undefined
}

/** What a part adds at most (above 0) or takes at most (below 0). */
const weights: Readonly<Record<QualityPart, number>> = {
  length: 1,
  richness: 0.8,
  variety: -1.2,
  links: -0.8,
  mentions: -0.5,
  shouting: -0.8,
  clarity: -0.5,
}
/** Characters of Chinese, which say as much as three letters. */
const charactersOfLetter = 3
const fullLength = 90
/** Different words, short ones aside. */
const fullRichness = 16
/** A few marks and capitals are no shouting. */
const calmShare = 0.3
const mostCharacters = 2_000

const link = /https?:\/\/\S+|www\.\S+/giu
const mention = /@[\p{L}\p{N}_-]+/gu
const letter = /[\p{L}\p{N}]/gu
const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu
const word = /(?<![\p{L}\p{M}])(?:(?!\p{Script=Han})[\p{L}\p{M}]){3,40}(?![\p{L}\p{M}])/gu
const upper = /\p{Lu}/gu
const lower = /\p{Ll}/gu
const cries = /[!！?？]{2,}/gu
const control = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\ufffd]/gu

/** One for each text, in order. */
export function estimateQuality(texts: readonly QualityText[]): Quality[] {
  return texts.map(qualityOf)
}

function qualityOf({ text, languageCertainty }: QualityText): Quality {
  const start = text.slice(0, mostCharacters).toWellFormed()
  const said = start.replace(link, ' ').replace(mention, ' ')
  const letters = count(said, letter)
  const shares: Record<QualityPart, number> = {
    length: 1 - Math.exp(-size(said) / fullLength),
    richness: Math.min(1, differentWords(said) / fullRichness),
    variety: repetition(said),
    links: 1 - Math.exp(-count(start, link)),
    mentions: Math.min(1, count(start, mention) / 5),
    shouting: shouting(said),
    clarity: Math.max(noise(start), languageCertainty === undefined ? 0 : 1 - languageCertainty),
  }
  const parts = { ...shares }
  let sum = 0
  for (const part of qualityParts) {
    parts[part] = weights[part] * shares[part]
    sum += parts[part]
  }
  if (letters === 0) return { value: undefined, parts }
  return { value: calibrate(sum, count(said, han) * 2 > letters ? 'characters' : 'letters'), parts }
}

/** A Chinese word is taken for two characters, each met for the first time. */
function differentWords(text: string): number {
  const words = new Set(text.toLowerCase().match(word))
  return words.size + new Set(text.match(han)).size / 2
}

/** In letters. */
function size(text: string): number {
  const characters = count(text, han)
  return charactersOfLetter * characters + count(text, letter) - characters
}

/** Of the pairs of characters, those that were there before, above what any text has. 0…1 */
function repetition(text: string): number {
  const characters = [...text.toLowerCase().replace(/[^\p{L}\p{N}!?！？]/gu, '')]
  if (characters.length < 8) return new Set(characters).size < characters.length / 2 ? 1 : 0
  const triples = new Set<string>()
  for (let place = 0; place + 3 <= characters.length; place++) {
    triples.add(characters.slice(place, place + 3).join(''))
  }
  const fresh = triples.size / (characters.length - 2)
  const expected = Math.min(1, 1.15 - characters.length / 4_000)
  return Math.min(1, Math.max(0, 1.3 * (expected - fresh) - 0.1))
}

function shouting(text: string): number {
  const capitals = count(text, upper)
  const share = capitals < 6 ? 0 : capitals / (capitals + count(text, lower))
  const loud = Math.max(0, (share - calmShare) / (1 - calmShare))
  return Math.min(1, loud + 0.25 * count(text, cries))
}

function noise(text: string): number {
  return text.length === 0 ? 0 : Math.min(1, (10 * count(text, control)) / text.length)
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
