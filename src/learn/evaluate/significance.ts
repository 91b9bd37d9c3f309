/** Is one row better than another, or lucky? A paired t-test over people (Student 1908). */
import { mean, standardDeviation } from '../../math/stats.ts'

export interface Comparison {
  /** Mean over people of this row minus the other. */
  readonly difference: number
  /** Two-sided probability of so large a difference when there is none. */
  readonly p: number
  readonly people: number
}

/** @param differences one per person; NaN where the person was not tested */
export function pairedTest(differences: ArrayLike<number>): Comparison {
  const known = Float64Array.from(differences).filter((value) => !Number.isNaN(value))
  const difference = mean(known)
  const error = standardDeviation(known) / Math.sqrt(known.length)
  const p = error > 0 ? twoSidedP(difference / error, known.length - 1) : difference === 0 ? 1 : 0
  return { difference, p: known.length < 2 ? 1 : p, people: known.length }
}

/** P(|T| > |t|) = I_{ν/(ν+t²)}(ν/2, 1/2) for Student's T of ν degrees of freedom. */
export function twoSidedP(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
}

/** I_x(a, b), by Lentz's continued fraction (Numerical Recipes 6.4). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x),
  )
  let c = 1
  let d = nonZero(1 / nonZero(1 - ((a + b) * x) / (a + 1)))
  let fraction = d
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let step = 1
    for (const term of [even, odd]) {
      d = 1 / nonZero(1 + term * d)
      c = nonZero(1 + term / c)
      step = c * d
      fraction *= step
    }
    if (Math.abs(step - 1) < 1e-12) break
  }
  return (front * fraction) / a
}

function nonZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

/** ln Γ(x) for x > 0.5, by Lanczos' approximation (g = 7). */
function logGamma(x: number): number {
  const z = x - 1
  let sum = 0.9999999999998099
  for (const [index, coefficient] of lanczos.entries()) sum += coefficient / (z + index + 1)
  const t = z + lanczos.length - 0.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}
