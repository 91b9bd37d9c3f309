/** What the script of a text says about its language, before any word is read. */

/** Scripts of one language in practice. */
const oneLanguage: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Bengali}/gu, 'bn'],
]
/** Scripts of several: all that eld or the word model tell apart. */
const severalLanguages: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\p{Script=Devanagari}/gu, ['hi', 'mr']],
  [/\p{Script=Arabic}/gu, ['ar', 'fa', 'ur']],
  [/\p{Script=Cyrillic}/gu, ['ru', 'uk', 'bg', 'mk', 'be', 'sr']],
]
const han = /\p{Script=Han}/gu
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu
const letter = /\p{L}/gu
const commonLatinWord = /(?<![\p{L}\p{N}])\p{Ll}{2,}(?![\p{L}\p{N}])/gu

/** Of the letters, that decide. A Chinese character says as much as a word. */
const scriptShare = 0.5
const hanShare = 0.25
const kanaShare = 0.1
/** Chinese characters in a word, on average. */
const charactersOfWord = 1.7
/** Of all words, that the fewer must be. */
const mixedShare = 0.08

export interface ScriptVerdict {
  readonly letters: number
  /** When the script alone decides. */
  readonly language?: string
  /** Those the script leaves; undefined for Latin, which leaves nearly all. */
  readonly among?: readonly string[]
}

/** @param candidates when given, a script that only one of them has decides for it */
export function readScript(text: string, candidates?: readonly string[]): ScriptVerdict {
  const letters = count(text, letter)
  if (letters === 0) return { letters }
  const isAsked = (language: string) => candidates?.includes(language) ?? true
  const language = eastAsian(text, letters, isAsked) ?? ofOneLanguage(text, letters, isAsked)
  if (language !== undefined) return { letters, language }
  for (const [script, languages] of severalLanguages) {
    if (count(text, script) < scriptShare * letters) continue
    const among = languages.filter(isAsked)
    return among.length === 1 ? { letters, language: among[0]! } : { letters, among }
  }
  return { letters }
}

type IsAsked = (language: string) => boolean

/** Kana make a text Japanese; Chinese characters alone leave it Chinese, if that is possible. */
function eastAsian(text: string, letters: number, isAsked: IsAsked): string | undefined {
  const hanCount = count(text, han)
  const kanaCount = count(text, kana)
  const both = hanCount + kanaCount
  const isJapanese = kanaCount > 0 && kanaCount >= kanaShare * both && both >= scriptShare * letters
  if (isJapanese && isAsked('ja')) return 'ja'
  if (hanCount === 0 || hanCount < hanShare * letters) return undefined
  return isAsked('zh') || !isAsked('ja') ? 'zh' : 'ja'
}

function ofOneLanguage(text: string, letters: number, isAsked: IsAsked): string | undefined {
  return oneLanguage.find(
    ([script, language]) => isAsked(language) && count(text, script) >= scriptShare * letters,
  )?.[1]
}

/**
 * Whether a Chinese text switches to words of another language, or the other way round. Names keep
 * their capitals, and are no switching.
 */
export function mixesChinese(text: string): boolean {
  const chinese = count(text, han) / charactersOfWord
  const latin = count(text, commonLatinWord)
  return Math.min(chinese, latin) >= mixedShare * (chinese + latin) && chinese > 0 && latin > 0
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
