/** Learning rates over the steps of a training. */

/** The learning rate of a step. @param step from 1 */
export type Schedule = (step: number) => number

export function steady(rate: number): Schedule {
  return () => rate
}

export interface FallingOptions {
  /** The largest rate. */
  readonly rate: number
  /** Of the whole training; after them the rate stays at its floor. */
  readonly steps: number
  /** Steps in which the rate rises from 0. Default: 0. */
  readonly warmUp?: number
  /** The last rate, as a share of the largest. Default: 0. */
  readonly floor?: number
}

/** A linear rise, then half a cosine down (Loshchilov & Hutter 2017, eq. 5, without restarts). */
export function cosine({ rate, steps, warmUp = 0, floor = 0 }: FallingOptions): Schedule {
  return (step) => {
    if (step <= warmUp) return (rate * step) / warmUp
    const done = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp))
    return rate * (floor + ((1 - floor) * (1 + Math.cos(Math.PI * done))) / 2)
  }
}

/** A linear rise, then a linear fall, as BERT was trained (Devlin et al. 2019, appendix A.2). */
export function linear({ rate, steps, warmUp = 0, floor = 0 }: FallingOptions): Schedule {
  return (step) => {
    if (step <= warmUp) return (rate * step) / warmUp
    const done = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp))
    return rate * (1 - (1 - floor) * done)
  }
}
