/**
 * Half a step of implicit alternating least squares (Hu, Koren & Volinsky, ICDM 2008): with the other
 * side's factors y fixed, each row solves  (αG + λ I + Σ_e w_e y_e y_eᵀ) x = Σ_e w_e y_e  by a few
 * steps of conjugate gradient from where it stood (Takács, Pilászy & Tikk, RecSys 2011). No matrix is
 * formed per row; αG meets 16 rows in one dense product while their entries are in the second cache.
 */
import { multiplyBlock } from './dense'
import { scratch } from './scratch'
import { addTimes, dot, madd, sumOf } from './vector'

const blockRows: i32 = 16
/** A residual whose square is below this part of the right side's is solved. */
const solved: f32 = 1e-12

/** Where the entries of the rows lie, and what they weigh; 0: one each. */
let places: usize = 0
let weights: usize = 0
let factors: usize = 0
let bytes: usize = 0

/**
 * Rows [from, to) of x [rows × width]. `gram` is αG packed in panels, `regularisation` [rows].
 * Scratch: three blocks of 16 rows, and their squares.
 */
export function alsRows(from: i32, to: i32, starts: usize, columnOf: usize, values: usize, y: usize, x: usize, gram: usize, regularisation: usize, width: i32, steps: i32): void {
  places = columnOf
  weights = values
  factors = y
  bytes = <usize>width << 2
  for (let row = from; row < to; row += blockRows) {
    const at = <usize>row << 2
    solve(min(blockRows, to - row), starts + at, x + <usize>row * bytes, gram, regularisation + at, width, steps)
  }
}

function solve(rows: i32, starts: usize, x: usize, gram: usize, regularisation: usize, width: i32, steps: i32): void {
  const residual = scratch
  const block = <usize>blockRows * bytes
  const direction = residual + block
  const image = direction + block
  const squares = image + block
  const ends = squares + (blockRows << 2)
  multiplyBlock(x, gram, residual, rows, width, width, -1, 0)
  for (let row = 0; row < rows; row++) {
    const at = <usize>row << 2
    const place = <usize>row * bytes
    begin(load<u32>(starts + at), load<u32>(starts + at, 4), x + place, residual + place, direction + place, load<f32>(regularisation + at), squares + at, ends + at)
  }
  for (let step = 0; step < steps; step++) {
    multiplyBlock(direction, gram, image, rows, width, width, 1, 0)
    for (let row = 0; row < rows; row++) {
      const at = <usize>row << 2
      const place = <usize>row * bytes
      if (load<f32>(squares + at) <= load<f32>(ends + at)) continue
      const q = image + place
      const p = direction + place
      addTimes(q, p, load<f32>(regularisation + at), bytes)
      addEntries(load<u32>(starts + at), load<u32>(starts + at, 4), p, q, 0, 1)
      advance(x + place, residual + place, p, q, squares + at)
    }
  }
}

/** The first residual r = b − A x and the first direction p = r; r holds −αG x. */
// @ts-ignore: decorator
@inline
function begin(first: u32, end: u32, x: usize, r: usize, p: usize, lambda: f32, square: usize, least: usize): void {
  if (first == end) {
    // Nothing is known of the row: its solution is 0.
    for (let d: usize = 0; d < bytes; d += 16) {
      v128.store(x + d, f32x4.splat(0))
      v128.store(p + d, f32x4.splat(0))
    }
    store<f32>(square, 0)
    store<f32>(least, 0)
    return
  }
  addTimes(r, x, -lambda, bytes)
  addEntries(first, end, x, r, 1, -1)
  for (let d: usize = 0; d < bytes; d += 16) v128.store(p + d, v128.load(r + d))
  const size = dot(r, r, bytes)
  store<f32>(square, size)
  store<f32>(least, solved * max(size, 1))
}

/** x += a p, r −= a q, p = r + b p. */
// @ts-ignore: decorator
@inline
function advance(x: usize, r: usize, p: usize, q: usize, square: usize): void {
  const before = load<f32>(square)
  const length = before / dot(p, q, bytes)
  const a = f32x4.splat(length)
  const minus = f32x4.splat(-length)
  let sum = f32x4.splat(0)
  for (let d: usize = 0; d < bytes; d += 16) {
    v128.store(x + d, madd(a, v128.load(p + d), v128.load(x + d)))
    const rest = madd(minus, v128.load(q + d), v128.load(r + d))
    v128.store(r + d, rest)
    sum = madd(rest, rest, sum)
  }
  const after = sumOf(sum)
  store<f32>(square, after)
  const b = f32x4.splat(after / before)
  for (let d: usize = 0; d < bytes; d += 16) v128.store(p + d, madd(b, v128.load(p + d), v128.load(r + d)))
}

/** target += Σ_e w_e (base + sign · y_e·p) y_e over entries [first, end), four of them at a time. */
function addEntries(first: u32, end: u32, p: usize, target: usize, base: f32, sign: f32): void {
  let entry = first
  for (; entry + 4 <= end; entry += 4) {
    const at = places + (<usize>entry << 2)
    const y0 = factors + <usize>load<u32>(at) * bytes
    const y1 = factors + <usize>load<u32>(at, 4) * bytes
    const y2 = factors + <usize>load<u32>(at, 8) * bytes
    const y3 = factors + <usize>load<u32>(at, 12) * bytes
    let s0 = f32x4.splat(0)
    let s1 = s0, s2 = s0, s3 = s0
    for (let d: usize = 0; d < bytes; d += 16) {
      const part = v128.load(p + d)
      s0 = madd(part, v128.load(y0 + d), s0)
      s1 = madd(part, v128.load(y1 + d), s1)
      s2 = madd(part, v128.load(y2 + d), s2)
      s3 = madd(part, v128.load(y3 + d), s3)
    }
    const weight = weights + (<usize>entry << 2)
    const c0 = f32x4.splat((base + sign * sumOf(s0)) * weightAt(weight))
    const c1 = f32x4.splat((base + sign * sumOf(s1)) * weightAt(weight + 4))
    const c2 = f32x4.splat((base + sign * sumOf(s2)) * weightAt(weight + 8))
    const c3 = f32x4.splat((base + sign * sumOf(s3)) * weightAt(weight + 12))
    for (let d: usize = 0; d < bytes; d += 16) {
      const left = madd(c0, v128.load(y0 + d), f32x4.mul(c1, v128.load(y1 + d)))
      const right = madd(c2, v128.load(y2 + d), f32x4.mul(c3, v128.load(y3 + d)))
      v128.store(target + d, f32x4.add(v128.load(target + d), f32x4.add(left, right)))
    }
  }
  for (; entry < end; entry++) {
    const y = factors + <usize>load<u32>(places + (<usize>entry << 2)) * bytes
    const factor = (base + sign * dot(y, p, bytes)) * weightAt(weights + (<usize>entry << 2))
    addTimes(target, y, factor, bytes)
  }
}

// @ts-ignore: decorator
@inline
function weightAt(at: usize): f32 {
  return weights ? load<f32>(at) : 1
}

/** out[row] = Σ_e w_e (1 − x·y_e)² for rows [from, to). */
export function alsErrors(from: i32, to: i32, starts: usize, columnOf: usize, values: usize, y: usize, x: usize, out: usize, width: i32): void {
  const size = <usize>width << 2
  for (let row = from; row < to; row++) {
    const at = starts + (<usize>row << 2)
    const end = load<u32>(at, 4)
    let sum: f32 = 0
    for (let entry = load<u32>(at); entry < end; entry++) {
      const place = <usize>entry << 2
      const gap: f32 = <f32>1 - dot(x + <usize>row * size, y + <usize>load<u32>(columnOf + place) * size, size)
      const weight: f32 = values ? load<f32>(values + place) : 1
      sum += weight * gap * gap
    }
    store<f32>(out + (<usize>row << 2), sum)
  }
}
