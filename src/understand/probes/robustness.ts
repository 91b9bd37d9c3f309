/** How steady heads are: the same text otherwise written must be understood alike, and nothing may break. */
import { type Question, questions } from '../../domain/question.ts'
import type { Understanding } from '../../domain/understanding.ts'
import type { Random } from '../../math/random.ts'
import type { Understander } from '../understand.ts'
import { disturbances, hostileTexts } from './disturbances.ts'

export interface SteadinessRow {
  readonly disturbance: string
  readonly question: Question
  /** Judged texts: those a head answered both before and after. */
  readonly texts: number
  /** Of these, the share with the same label. */
  readonly sameLabel: number
  /** Mean absolute change of the probability of the label before. */
  readonly change: number
  /** Texts that had an answer and lost it. */
  readonly lost: number
}

export interface Robustness {
  readonly rows: readonly SteadinessRow[]
  readonly hostile: { readonly texts: number; readonly faults: readonly string[] }
}

export interface ProbedText {
  readonly text: string
  readonly language: 'en' | 'zh'
}

export async function measureRobustness(
  { understand }: Pick<Understander, 'understand'>,
  probed: readonly ProbedText[],
  random: Random,
): Promise<Robustness> {
  const before = await understand(probed.map(({ text }) => text))
  const rows: SteadinessRow[] = []
  for (const { name, languages, change } of disturbances) {
    const places = probed.flatMap(({ language }, n) => (languages.includes(language) ? [n] : []))
    const after = await understand(places.map((n) => change(probed[n]!.text, random)))
    const pairs = places.map((n, place) => ({ before: before[n]!, after: after[place]! }))
    rows.push(...questions.flatMap((question) => compare(name, question, pairs) ?? []))
  }
  return { rows, hostile: await tryHostile(understand) }
}

interface Pair {
  readonly before: Understanding
  readonly after: Understanding
}

/** Undefined when no head answers this question. */
function compare(
  disturbance: string,
  question: Question,
  pairs: readonly Pair[],
): SteadinessRow | undefined {
  let texts = 0
  let same = 0
  let change = 0
  let lost = 0
  for (const pair of pairs) {
    const before = pair.before[question]
    const after = pair.after[question]
    if (!before.isThere) continue
    if (!after.isThere) {
      lost++
      continue
    }
    texts++
    if (before.label === after.label) same++
    const { label, probabilities } = before
    change += Math.abs((probabilities[label] ?? 0) - (after.probabilities[label] ?? 0))
  }
  if (texts + lost === 0) return undefined
  const judged = Math.max(1, texts)
  return { disturbance, question, texts, sameLabel: same / judged, change: change / judged, lost }
}

/** Each alone, so that one cannot hide another. */
async function tryHostile(understand: Understander['understand']): Promise<Robustness['hostile']> {
  const faults: string[] = []
  for (const [n, text] of hostileTexts.entries()) {
    try {
      const [understood] = await understand([text])
      faults.push(...questions.flatMap((question) => faultOf(n, question, understood) ?? []))
    } catch (cause) {
      faults.push(`text ${n}: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  }
  return { texts: hostileTexts.length, faults }
}

function faultOf(n: number, question: Question, understood?: Understanding): string | undefined {
  const answer = understood?.[question]
  if (!answer) return `text ${n}: no answer to ${question}`
  if (!answer.isThere) return undefined
  const shares = Object.values(answer.probabilities)
  const total = shares.reduce((sum, share) => sum + share, 0)
  const isSound = shares.every((share) => share >= 0 && share <= 1.000001)
  return isSound && Math.abs(total - 1) < 1e-3
    ? undefined
    : `text ${n}: ${question} sums to ${total}`
}
