/** The straight line from log-odds to log-odds that makes them mean what they say (Platt 1999). */

export interface Platt {
  readonly slope: number
  readonly shift: number
}

/** As if so much had been seen of the line that changes nothing. */
const prior = { slope: 10, shift: 1 }
const mostSteps = 30

/**
 * Largest likelihood of σ(offset + slope · odds + shift), held near slope 1 and shift 0 where little was
 * done. @param offsets of rows drawn by lot
 */
export function plattOf(odds: Float64Array, done: Uint8Array, offsets: Float64Array): Platt {
  let slope = 1
  let shift = 0
  for (let step = 0; step < mostSteps; step++) {
    let gs = prior.slope * (slope - 1)
    let gt = prior.shift * shift
    let hss = prior.slope
    let hst = 0
    let htt = prior.shift
    for (let row = 0; row < odds.length; row++) {
      const z = odds[row]!
      const p = 1 / (1 + Math.exp(-(offsets[row]! + slope * z + shift)))
      const miss = p - done[row]!
      const spread = p * (1 - p)
      gs += miss * z
      gt += miss
      hss += spread * z * z
      hst += spread * z
      htt += spread
    }
    const determinant = hss * htt - hst * hst
    const ds = (htt * gs - hst * gt) / determinant
    const dt = (hss * gt - hst * gs) / determinant
    // A slope that turned would turn every curve.
    slope = Math.max(0.1, slope - ds)
    shift -= dt
    if (Math.abs(ds) + Math.abs(dt) < 1e-9) break
  }
  return { slope, shift }
}
