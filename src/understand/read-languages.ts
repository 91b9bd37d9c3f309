/** The language of each text, seen through evasions that would otherwise silence the heads. */
import { guessLanguages, type LanguageGuess } from './language.ts'
import { normaliseText } from './normalise/normalise.ts'

/** A less certain language is not told. */
export const leastProbability = 0.6

/**
 * What no head could read as it stands (zero-width characters, full width, split letters …) is looked
 * at again in plain spelling.
 * @param spoken languages of the heads
 */
export async function readLanguages(
  texts: readonly string[],
  spoken: ReadonlySet<string>,
): Promise<LanguageGuess[]> {
  const isRead = ({ language, probability }: LanguageGuess): boolean =>
    language !== undefined && probability >= leastProbability && spoken.has(language)
  const guesses = await guessLanguages(texts)
  const strange = guesses.flatMap((guess, place) => (isRead(guess) ? [] : [place]))
  const plain = await guessLanguages(strange.map((place) => normaliseText(texts[place]!)))
  for (const [n, place] of strange.entries()) {
    if (isRead(plain[n]!)) guesses[place] = plain[n]!
  }
  return guesses
}
