/** Puts one question to the heads that can answer it, each text to the head of its language. */
import { setImmediate } from 'node:timers/promises'
import type { Question } from '../domain/question.ts'
import type { Absence, Answer } from '../domain/understanding.ts'
import type { Head, HeadText } from './head.ts'

export interface QuestionedText extends HeadText {
  readonly language: string | undefined
}

interface AnswerContext {
  readonly heads: readonly Head[]
  readonly why: boolean
  /** Why the encoder gave no vectors, where it did not. */
  readonly problem?: string | undefined
}

const letter = /[\p{L}\p{N}\p{Extended_Pictographic}]/u
const han = /\p{Script=Han}/u
const latin = /\p{Script=Latin}/u

/** Texts in one go: the thread that reads them answers feeds, too. */
const atOnce = 32

export async function answerQuestion(
  question: Question,
  texts: readonly QuestionedText[],
  { heads, why, problem }: AnswerContext,
): Promise<Answer[]> {
  const able = heads.filter((head) => head.question === question)
  const answers = texts.map((text): Answer | Head => chosen(question, text, able, problem))
  for (const head of able) {
    const places = texts.flatMap((_, place) => (answers[place] === head ? [place] : []))
    const asked = places.map((place) => texts[place]!)
    for (let first = 0; first < asked.length; first += atOnce) {
      const judged = await judge(head, asked.slice(first, first + atOnce), why)
      for (const [n, answer] of judged.entries()) answers[places[first + n]!] = answer
      await setImmediate()
    }
  }
  return answers as Answer[]
}

/** The head that answers, or why there is none. */
function chosen(
  question: Question,
  { text, language, embedding }: QuestionedText,
  able: readonly Head[],
  problem: string | undefined,
): Absence | Head {
  if (!letter.test(text)) return absent('no-text', 'There is nothing in it to read.')
  const spoken = language ?? scriptLanguage(text)
  if (spoken === undefined) return absent('no-language', 'Its language could not be told.')
  const primary = spoken.split('-')[0]!
  const head = able.find(({ languages }) => languages.includes(primary))
  if (!head) {
    const known = [...new Set(able.flatMap(({ languages }) => languages))].join(', ')
    const help = known === '' ? 'no head for it is installed' : `there are heads for: ${known}`
    return absent('no-head', `No head tells ${question} in "${spoken}"; ${help}.`)
  }
  const { name, spaces } = head
  if (spaces === undefined || (embedding && spaces.includes(embedding.space))) return head
  const reason = problem ?? 'the encoder that runs gives others'
  return absent('no-model', `${name} reads vectors of ${spaces.join(' or ')}: ${reason}.`)
}

/** For texts too short to tell by their words: better the likelier head than none. */
function scriptLanguage(text: string): string | undefined {
  if (han.test(text)) return 'zh'
  return latin.test(text) ? 'en' : undefined
}

function absent(reason: Absence['reason'], text: string): Absence {
  return { isThere: false, reason, text }
}

async function judge(head: Head, texts: readonly HeadText[], why: boolean): Promise<Answer[]> {
  const rows = await head.classify(texts)
  return Promise.all(
    texts.map(async (text, n) => {
      const row = rows[n]!
      const label = head.classes[row.indexOf(Math.max(...row))]!
      const words = why ? await head.explain?.(text, label) : undefined
      return {
        isThere: true,
        label,
        probabilities: Object.fromEntries(head.classes.map((name, place) => [name, row[place]!])),
        head: head.name,
        run: head.run,
        ...(words ? { why: [...words] } : {}),
      }
    }),
  )
}
