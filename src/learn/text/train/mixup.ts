/** Mixup of texts (Zhang et al. 2018, eq. 1; Guo et al. 2019 mix the vectors of sentences). */
import { type Random, shuffle } from '../../../math/random.ts'

/** What every text of a batch becomes: λ of itself and 1 - λ of another. */
export interface Mix {
  /** [batch × batch], each row sums to 1 */
  readonly matrix: Float32Array
  readonly batch: number
}

/** @param alpha of the Beta distribution that λ is drawn from, in (0, 1]; 0 mixes nothing */
export function drawMix(batch: number, alpha: number, random: Random): Mix {
  const matrix = new Float32Array(batch * batch)
  const share = alpha > 0 ? drawBeta(alpha, random) : 1
  const others = shuffle(
    random,
    Int32Array.from({ length: batch }, (_, n) => n),
  )
  for (const [n, other] of others.entries()) {
    matrix[n * batch + n]! += share
    matrix[n * batch + other]! += 1 - share
  }
  return { matrix, batch }
}

/** The same mixture of the rows of a table. @param rows [batch × width] */
export function mixRows({ matrix, batch }: Mix, rows: Float32Array): Float32Array {
  const width = rows.length / batch
  const mixed = new Float32Array(rows.length)
  for (let n = 0; n < batch; n++) {
    for (let other = 0; other < batch; other++) {
      const share = matrix[n * batch + other]!
      if (share === 0) continue
      for (let d = 0; d < width; d++) mixed[n * width + d]! += share * rows[other * width + d]!
    }
  }
  return mixed
}

/** Jöhnk 1964: for α ≤ 1 it needs two draws or a few. The larger of λ and 1 - λ is taken. */
function drawBeta(alpha: number, random: Random): number {
  for (;;) {
    const x = random() ** (1 / alpha)
    const y = random() ** (1 / alpha)
    if (x + y > 0 && x + y <= 1) return Math.max(x, y) / (x + y)
  }
}
