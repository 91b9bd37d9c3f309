/** The language of a short text as a BCP 47 code: by its script where that decides, else by eld. */
import type { eld as Eld } from 'eld/medium'

/** Scripts of one language in practice, for texts that are mostly in it. */
const scriptLanguages: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
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
const han = /\p{Script=Han}/gu
const letter = /\p{L}/gu
/** What people write in any language. */
const noise = /https?:\/\/\S+|[@#][\p{L}\p{N}_]+|[\w.+-]+@[\w.-]+|\d+/gu

const maxCharacters = 1_000
/** Of the letters, that decide by script. A Chinese character says as much as a word. */
const scriptShare = 0.5
const hanShare = 0.25
const kanaShare = 0.1
const minLetters = 8
/** Of eld's best guess over its second; below, two languages are as likely. */
const minLead = 0.02

/** One for each text; `undefined` when it is too short or could be one of several. */
export async function detectLanguages(texts: readonly string[]): Promise<(string | undefined)[]> {
  if (texts.length === 0) return []
  // Loaded with the first text: half a second that a start without new texts need not wait for.
  const { eld } = await import('eld/medium')
  return texts.map((text) => detect(text, eld))
}

function detect(given: string, eld: typeof Eld): string | undefined {
  const text = given.slice(0, maxCharacters).replace(noise, ' ')
  const letters = count(text, letter)
  if (letters === 0) return undefined
  return byScript(text, letters) ?? byWords(text, letters, eld)
}

function byScript(text: string, letters: number): string | undefined {
  const hanCount = count(text, han)
  for (const [script, language] of scriptLanguages) {
    const found = count(text, script)
    if (language === 'ja' && found > 0 && found >= kanaShare * (found + hanCount)) {
      if (found + hanCount >= scriptShare * letters) return 'ja'
    } else if (found >= scriptShare * letters) return language
  }
  if (hanCount >= hanShare * letters) return 'zh'
  return undefined
}

function byWords(text: string, letters: number, eld: typeof Eld): string | undefined {
  if (letters < minLetters) return undefined
  const guess = eld.detect(text)
  if (guess.language === '' || !guess.isReliable()) return undefined
  const scores = guess.getScores()
  const others = Object.entries(scores).filter(([language]) => language !== guess.language)
  const second = Math.max(0, ...others.map(([, score]) => score))
  return (scores[guess.language] ?? 0) - second >= minLead ? guess.language : undefined
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
