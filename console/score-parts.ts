/** The parts of a score made ready to read: rounded so that what is shown adds up exactly. */
export interface ShownPart {
  readonly name: string
  /** What is written: the shown parts sum to the shown score. */
  readonly shown: number
  /** Share of the bar, 0 to 1. */
  readonly share: number
  readonly isAgainst: boolean
}

export const scoreDigits = 3

export function shownScore(score: number, digits: number = scoreDigits): number {
  return Math.round(score * 10 ** digits) / 10 ** digits
}

/** Largest first, those that spoke against last. Zero parts are left out. */
export function shownParts(
  parts: Readonly<Record<string, number>>,
  score: number,
  digits: number = scoreDigits,
): ShownPart[] {
  const unit = 10 ** digits
  const named = Object.entries(parts).filter(([, value]) => value !== 0)
  const whole = named.reduce((sum, [, value]) => sum + Math.abs(value), 0)
  const steps = roundTogether(
    named.map(([, value]) => value * unit),
    Math.round(score * unit),
  )
  return named
    .map(([name, value], index) => ({
      name,
      shown: (steps[index] ?? 0) / unit,
      share: whole === 0 ? 0 : Math.abs(value) / whole,
      isAgainst: value < 0,
    }))
    .sort((a, b) => Number(a.isAgainst) - Number(b.isAgainst) || b.share - a.share)
}

/** Largest remainder: rounds down, then gives the missing units to the largest remainders. */
function roundTogether(values: readonly number[], total: number): number[] {
  const rounded = values.map(Math.floor)
  let missing = total - rounded.reduce((sum, value) => sum + value, 0)
  const byRemainder = values
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder)
  for (const { index } of byRemainder) {
    if (missing <= 0) break
    rounded[index] = (rounded[index] ?? 0) + 1
    missing--
  }
  return rounded
}
