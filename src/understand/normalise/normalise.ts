/**
 * One spelling for texts that mean the same, before n-grams and encoders: a classifier that saw
 * "fuck" knows "ｆ.u.c.k" too. Twice gives the same as once; time grows with the length alone.
 */
import { cleanCharacters } from './clean.ts'
import { undoEvasions } from './evasions.ts'
import { separateSymbols, shortenRuns } from './runs.ts'
import { simplify } from './simplify.ts'
import { joinSplitLetters } from './split-letters.ts'

export interface NormaliseOptions {
  /** Leaves capitals as they are, for what reads shouting. */
  readonly keepsCase?: boolean | undefined
}

export interface Normalised {
  readonly text: string
  /** Words that had been spelled so as not to be found, as in `微信` for "薇 xin". */
  readonly evasions: readonly string[]
}

const link = /(?:https?:\/\/|www\.)(?:[\w\-./?=&%#~:@!$'()*+,;]*[\w/=#&%-])?/giu
/** Names that follow one another without a space are one mention, so that a second pass finds no more. */
const mention = /(?<![\p{L}\p{N}.])(?:@[\p{L}\p{N}_-]{1,64})+/gu

/** One rule may make room for another; a plain text needs one pass. */
const mostPasses = 4

/**
 * Compatibility forms (NFKC), lower case and simplified characters; no control, zero-width or
 * direction marks; links as `http` and people as `@user` (so heads learn no names); a letter at most
 * three times in a row; split and evasive spellings undone; each emoji a word of its own.
 */
export function normalise(text: string, { keepsCase = false }: NormaliseOptions = {}): Normalised {
  const clean = cleanCharacters(text)
  let spelled = simplify(keepsCase ? clean : clean.toLowerCase())
  const evasions: string[] = []
  for (let pass = 0; pass < mostPasses; pass++) {
    const before: string = spelled
    const undone = undoEvasions(respell(before))
    evasions.push(...undone.evasions)
    spelled = undone.text.replace(/\s+/g, ' ').trim()
    if (spelled === before) break
  }
  return { text: spelled, evasions }
}

export function normaliseText(text: string, options: NormaliseOptions = {}): string {
  return normalise(text, options).text
}

function respell(text: string): string {
  const plain = text.replace(link, ' http ').replace(mention, ' @user ')
  return shortenRuns(joinSplitLetters(separateSymbols(plain)))
}
