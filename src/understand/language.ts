/**
 * The language of a short text as a BCP 47 code: by its script where that decides, else by a vote of
 * our model of words and eld, over the languages that are possible.
 */
import { loadWordModel } from './language/load-word-model.ts'
import { mixesChinese, readScript } from './language/scripts.ts'
import { type Voters, vote } from './language/vote.ts'

export interface LanguageOptions {
  /** The languages of the network, when they are known: others are not considered. */
  readonly candidates?: readonly string[] | undefined
  /** For comparing: one of the voters alone. */
  readonly by?: 'vote' | 'words' | 'eld' | undefined
}

export interface LanguageGuess {
  /** Undefined for a text without letters, and where no voter knows anything. */
  readonly language: string | undefined
  /** Calibrated on words and short texts that no voter was fitted on. 0…1 */
  readonly probability: number
  /** Both Chinese and a language of Latin letters carry the text. */
  readonly isMixed: boolean
}

/** What people write in any language. */
const noise = /https?:\/\/\S+|[@#][\p{L}\p{M}\p{N}_]+|[\w.+-]{1,64}@[\w.-]+|\d+/gu
const maxCharacters = 1_000

/** Below, `detectLanguages` does not say. */
const fewestLetters = 4
const leastProbability = 0.6

/** One for each text; `undefined` when it is too short or could be one of several. */
export async function detectLanguages(
  texts: readonly string[],
  options: LanguageOptions = {},
): Promise<(string | undefined)[]> {
  const guesses = await guessLanguages(texts, options)
  return guesses.map(({ language, probability }) =>
    probability >= leastProbability ? language : undefined,
  )
}

/** The likeliest language of each text, however unlikely, and how likely it is. */
export async function guessLanguages(
  texts: readonly string[],
  options: LanguageOptions = {},
): Promise<LanguageGuess[]> {
  if (texts.length === 0) return []
  // Loaded with the first text: half a second that a start without new texts need not wait for.
  const { eld } = await import('eld/medium')
  const voters = { eld, words: loadWordModel() }
  return texts.map((text) => guess(text, options, voters))
}

function guess(given: string, options: LanguageOptions, voters: Voters): LanguageGuess {
  const text = given.slice(0, maxCharacters).toWellFormed().replace(noise, ' ')
  const { letters, language, among } = readScript(text, options.candidates)
  const isMixed = mixesChinese(text)
  if (letters === 0) return { language: undefined, probability: 0, isMixed }
  if (language !== undefined) return { language, probability: 1, isMixed }
  const possible = among ?? options.candidates
  const scores = vote(text, possible, options.by ?? 'vote', voters)
  const [best] = [...scores].sort(([, a], [, b]) => b - a)
  if (!best) return { language: undefined, probability: 0, isMixed }
  // So few letters can be any language's, whatever the voters say.
  const doubt = options.candidates || letters >= fewestLetters ? 1 : letters / fewestLetters / 2
  return { language: best[0], probability: best[1] * doubt, isMixed }
}
