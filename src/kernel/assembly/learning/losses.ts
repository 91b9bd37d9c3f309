/**
 * Losses on a few sampled items per user, and on whole rows of scores. Each is computed in two parts:
 * the derivatives of the loss by the scores, sample by sample, then what follows from them for the
 * embeddings, stripe by stripe (see `scatterRows`), so that no sum depends on the number of workers.
 */
import { dot, exponential, exponentialOf, madd, maxOf, sumOf } from './vector'

/** Scores of samples [from, to) into slopes [samples × width of a sample]: user · item of each. */
export function sampleScores(from: i32, to: i32, users: usize, items: usize, each: i32, userRows: usize, itemRows: usize, slopes: usize, width: i32): void {
  const bytes = <usize>width << 2
  for (let sample = from; sample < to; sample++) {
    const user = userRows + <usize>load<u32>(users + (<usize>sample << 2)) * bytes
    let at = <usize>sample * <usize>each << 2
    for (let n = 0; n < each; n++) {
      const item = itemRows + <usize>load<u32>(items + at) * bytes
      store<f32>(slopes + at, dot(user, item, bytes))
      at += 4
    }
  }
}

/** −log of the first item's share in softmax(scores / temperature); scores become derivatives. */
export function softmaxSlopes(from: i32, to: i32, each: i32, slopes: usize, losses: usize, temperature: f32): void {
  const inverse: f32 = 1 / temperature
  for (let sample = from; sample < to; sample++) {
    const first = slopes + (<usize>sample * <usize>each << 2)
    const end = first + (<usize>each << 2)
    let most = load<f32>(first)
    for (let at = first; at < end; at += 4) most = max(most, load<f32>(at))
    const wanted = (load<f32>(first) - most) * inverse
    let sum: f32 = 0
    for (let at = first; at < end; at += 4) {
      const power = exponentialOf((load<f32>(at) - most) * inverse)
      store<f32>(at, power)
      sum += power
    }
    for (let at = first; at < end; at += 4) store<f32>(at, load<f32>(at) / sum * inverse)
    store<f32>(first, load<f32>(first) - inverse)
    store<f32>(losses + (<usize>sample << 2), NativeMathf.log(sum) - wanted)
  }
}

/** Binary cross-entropy: the first item is wanted, the others are not, each by its weight (0: one). */
export function logisticSlopes(from: i32, to: i32, each: i32, slopes: usize, losses: usize, itemWeights: usize): void {
  for (let sample = from; sample < to; sample++) {
    const first = <usize>sample * <usize>each << 2
    let sum: f32 = 0
    for (let n = 0; n < each; n++) {
      const at = first + (<usize>n << 2)
      const weight: f32 = itemWeights ? load<f32>(itemWeights + at) : 1
      const score = load<f32>(slopes + at)
      // The cost of a score z is log(1 + e^z), of the wanted one log(1 + e^-z).
      const z = n == 0 ? -score : score
      const power = exponentialOf(-abs(z))
      sum += weight * (max(z, 0) + NativeMathf.log(1 + power))
      const pull: f32 = z > 0 ? 1 : power
      const share = pull / (1 + power)
      store<f32>(slopes + at, n == 0 ? -weight * share : weight * share)
    }
    store<f32>(losses + (<usize>sample << 2), sum)
  }
}

/** (1 − score of the first) + weight · mean over the others of max(0, score − margin) (SimpleX, CIKM 2021, eq. 1). */
export function marginSlopes(from: i32, to: i32, each: i32, slopes: usize, losses: usize, margin: f32, weight: f32): void {
  const share: f32 = each > 1 ? weight / <f32>(each - 1) : 0
  for (let sample = from; sample < to; sample++) {
    const first = slopes + (<usize>sample * <usize>each << 2)
    let sum: f32 = 1 - load<f32>(first)
    store<f32>(first, -1)
    for (let n = 1; n < each; n++) {
      const at = first + (<usize>n << 2)
      const over = load<f32>(at) - margin
      sum += over > 0 ? share * over : 0
      store<f32>(at, over > 0 ? share : 0)
    }
    store<f32>(losses + (<usize>sample << 2), sum)
  }
}

/** Stripes [from, to): the gradients of users and items by the derivatives of all scores. */
export function sampleGradients(from: i32, to: i32, users: usize, items: usize, samples: i32, each: i32, slopes: usize, userRows: usize, itemRows: usize, userGradient: usize, itemGradient: usize, width: i32, factor: f32): void {
  const bytes = <usize>width << 2
  for (let sample = 0; sample < samples; sample++) {
    const user = load<i32>(users + (<usize>sample << 2))
    const isMine = (user & 7) >= from && (user & 7) < to
    const userAt = <usize>user * bytes
    let at = <usize>sample * <usize>each << 2
    for (let n = 0; n < each; n++, at += 4) {
      const item = load<i32>(items + at)
      const isMineToo = (item & 7) >= from && (item & 7) < to
      if (!isMine && !isMineToo) continue
      const slope = factor * load<f32>(slopes + at)
      if (slope == 0) continue
      const itemAt = <usize>item * bytes
      if (isMine) addRow(userGradient + userAt, itemRows + itemAt, slope, bytes)
      if (isMineToo) addRow(itemGradient + itemAt, userRows + userAt, slope, bytes)
    }
  }
}

// @ts-ignore: decorator
@inline
function addRow(target: usize, source: usize, factor: f32, bytes: usize): void {
  const times = f32x4.splat(factor)
  for (let d: usize = 0; d < bytes; d += 16) {
    v128.store(target + d, madd(times, v128.load(source + d), v128.load(target + d)))
  }
}

/**
 * Rows [from, to) of scores [rows × columns] become softmax(scores) less 1 at column wanted[row] (0:
 * its own number + `shift`); losses[row] = −log of what stood there.
 */
export function softmaxRows(from: i32, to: i32, scores: usize, columns: i32, wanted: usize, shift: i32, losses: usize): void {
  for (let row = from; row < to; row++) {
    const first = scores + (<usize>row * <usize>columns << 2)
    const end = first + (<usize>columns << 2)
    const whole = first + (<usize>(columns & ~3) << 2)
    let highest = f32x4.splat(-Infinity)
    let at = first
    for (; at < whole; at += 16) highest = f32x4.max(highest, v128.load(at))
    let most = maxOf(highest)
    for (; at < end; at += 4) most = max(most, load<f32>(at))
    const column = wanted ? load<i32>(wanted + (<usize>row << 2)) : row + shift
    const place = first + (<usize>column << 2)
    const score = load<f32>(place) - most
    const top = f32x4.splat(most)
    let sums = f32x4.splat(0)
    for (at = first; at < whole; at += 16) {
      const power = exponential(f32x4.sub(v128.load(at), top))
      v128.store(at, power)
      sums = f32x4.add(sums, power)
    }
    let sum = sumOf(sums)
    for (; at < end; at += 4) {
      const power = exponentialOf(load<f32>(at) - most)
      store<f32>(at, power)
      sum += power
    }
    const share = f32x4.splat(1 / sum)
    for (at = first; at < whole; at += 16) v128.store(at, f32x4.mul(share, v128.load(at)))
    for (; at < end; at += 4) store<f32>(at, load<f32>(at) / sum)
    store<f32>(place, load<f32>(place) - 1)
    store<f32>(losses + (<usize>row << 2), NativeMathf.log(sum) - score)
  }
}
