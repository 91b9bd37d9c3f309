/**
 * The sampled softmax loss of a batch whose samples share the rows they are not to choose: two dense
 * products, and one pass over the scores while they are in the cache.
 */
import { multiplyBlock } from './dense'
import { addTurnedTile } from './tile'
import { dot, exponential, exponentialOf, maxOf, sumOf } from './vector'

/**
 * Rows [from, to): with s the score of an anchor and its wanted row and z_j those of the anchor and
 * the others, all divided by the temperature, loss = log(e^s + Σ_j e^z_j) − s. `slopes` [rows × others]
 * become share times the derivatives by the undivided scores. Gradients of anchors and wanted are written, not
 * added to. `columns` is the packed transpose of the others, `rows` the others packed as they are.
 */
export function sharedLossRows(from: i32, to: i32, anchors: usize, wanted: usize, columns: usize, rows: usize, slopes: usize, anchorGradient: usize, wantedGradient: usize, losses: usize, others: i32, width: i32, inverse: f32, share: f32): void {
  const bytes = <usize>width << 2
  const slopeBytes = <usize>others << 2
  const first = <usize>from * bytes
  const table = slopes + <usize>from * slopeBytes
  multiplyBlock(anchors + first, columns, table, to - from, others, width, inverse, 0)
  for (let row = from; row < to; row++) {
    const at = <usize>row * bytes
    const line = slopes + <usize>row * slopeBytes
    const score = inverse * dot(anchors + at, wanted + at, bytes)
    const most = max(score, highest(line, slopeBytes))
    const own = exponentialOf(score - most)
    const sum = own + powers(line, slopeBytes, most)
    scale(line, slopeBytes, share * inverse / sum)
    store<f32>(losses + (<usize>row << 2), NativeMathf.log(sum) - (score - most))
    const pull = f32x4.splat(share * inverse * (own / sum - 1))
    for (let d: usize = at; d < at + bytes; d += 16) {
      v128.store(anchorGradient + d, f32x4.mul(pull, v128.load(wanted + d)))
      v128.store(wantedGradient + d, f32x4.mul(pull, v128.load(anchors + d)))
    }
  }
  multiplyBlock(table, rows, anchorGradient + first, to - from, width, others, 1, 1)
}

/** `bytes` is a multiple of 32 here and below. */
function highest(line: usize, bytes: usize): f32 {
  let most = f32x4.splat(-Infinity)
  for (let at = line; at < line + bytes; at += 16) most = f32x4.max(most, v128.load(at))
  return maxOf(most)
}

/** Every score becomes e^(score − most); returns their sum. */
function powers(line: usize, bytes: usize, most: f32): f32 {
  const top = f32x4.splat(most)
  let sums = f32x4.splat(0)
  for (let at = line; at < line + bytes; at += 16) {
    const power = exponential(f32x4.sub(v128.load(at), top))
    v128.store(at, power)
    sums = f32x4.add(sums, power)
  }
  return sumOf(sums)
}

function scale(line: usize, bytes: usize, factor: f32): void {
  const times = f32x4.splat(factor)
  for (let at = line; at < line + bytes; at += 16) v128.store(at, f32x4.mul(times, v128.load(at)))
}

const rowBlock: i32 = 128

/** Rows [from, to), multiples of 4, of out [columns × width] = aᵀ · b, with a [rows × columns] and b [rows × width]. */
export function multiplyTurned(from: i32, to: i32, a: usize, b: usize, out: usize, rows: i32, columns: i32, width: i32): void {
  const aBytes = <usize>columns << 2
  const bBytes = <usize>width << 2
  memory.fill(out + <usize>from * bBytes, 0, <usize>(to - from) * bBytes)
  for (let row = 0; row < rows; row += rowBlock) {
    const count = min(rowBlock, rows - row)
    const left = a + <usize>row * aBytes
    const right = b + <usize>row * bBytes
    for (let c = from; c < to; c += 4) {
      for (let d: usize = 0; d < bBytes; d += 32) {
        addTurnedTile(left + (<usize>c << 2), aBytes, right + d, bBytes, count, out + <usize>c * bBytes + d)
      }
    }
  }
}
