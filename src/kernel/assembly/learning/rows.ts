/** What is done to whole tables, number by number or row by row. */
import { dot, madd, sumOf } from './vector'

/** The least norm a row is divided by. */
const leastNorm: f32 = 1e-12

/** Floats [from, to): target += factor · source. */
export function addScaled(from: i32, to: i32, target: usize, source: usize, factor: f32): void {
  const times = f32x4.splat(factor)
  const end = <usize>to << 2
  let d = <usize>from << 2
  for (; d + 16 <= end; d += 16) v128.store(target + d, madd(times, v128.load(source + d), v128.load(target + d)))
  for (; d < end; d += 4) store<f32>(target + d, load<f32>(target + d) + factor * load<f32>(source + d))
}

/** Floats [from, to): target = factor · target. */
export function scaleBy(from: i32, to: i32, target: usize, factor: f32): void {
  // Not 0 · x, which would keep NaN.
  if (factor == 0) {
    memory.fill(target + (<usize>from << 2), 0, <usize>(to - from) << 2)
    return
  }
  const times = f32x4.splat(factor)
  const end = <usize>to << 2
  let d = <usize>from << 2
  for (; d + 16 <= end; d += 16) v128.store(target + d, f32x4.mul(times, v128.load(target + d)))
  for (; d < end; d += 4) store<f32>(target + d, factor * load<f32>(target + d))
}

/**
 * Floats [from, to), multiples of 4: one step of Adam (Kingma & Ba 2015). `rate` holds the correction
 * of both moments' bias; `decay` shrinks the weights themselves (Loshchilov & Hutter 2019).
 */
export function adam(from: i32, to: i32, weights: usize, gradient: usize, mean: usize, square: usize, rate: f32, beta1: f32, beta2: f32, epsilon: f32, decay: f32): void {
  const b1 = f32x4.splat(beta1), c1 = f32x4.splat(1 - beta1)
  const b2 = f32x4.splat(beta2), c2 = f32x4.splat(1 - beta2)
  const step = f32x4.splat(rate), least = f32x4.splat(epsilon), kept = f32x4.splat(1 - decay)
  const end = <usize>to << 2
  for (let d = <usize>from << 2; d < end; d += 16) {
    const g = v128.load(gradient + d)
    const m = madd(b1, v128.load(mean + d), f32x4.mul(c1, g))
    const v = madd(b2, v128.load(square + d), f32x4.mul(c2, f32x4.mul(g, g)))
    v128.store(mean + d, m)
    v128.store(square + d, v)
    const move = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.sqrt(v), least))
    v128.store(weights + d, f32x4.sub(f32x4.mul(kept, v128.load(weights + d)), move))
  }
}

/** Rows [from, to): out = x / |x|; norms[row] = |x|. */
export function normaliseRows(from: i32, to: i32, x: usize, out: usize, norms: usize, width: i32): void {
  const bytes = <usize>width << 2
  for (let row = from; row < to; row++) {
    const source = x + <usize>row * bytes
    const norm = max(leastNorm, sqrt<f32>(dot(source, source, bytes)))
    store<f32>(norms + (<usize>row << 2), norm)
    scaleRow(source, out + <usize>row * bytes, 1 / norm, bytes)
  }
}

/** Rows [from, to): gradient at x from the gradient at its unit row u: (g − (g·u) u) / |x|, in place. */
export function normaliseRowsBack(from: i32, to: i32, units: usize, norms: usize, gradient: usize, width: i32): void {
  const bytes = <usize>width << 2
  for (let row = from; row < to; row++) {
    const unit = units + <usize>row * bytes
    const target = gradient + <usize>row * bytes
    const along = f32x4.splat(-dot(unit, target, bytes))
    const shrink = f32x4.splat(1 / load<f32>(norms + (<usize>row << 2)))
    for (let d: usize = 0; d < bytes; d += 16) {
      const across = madd(along, v128.load(unit + d), v128.load(target + d))
      v128.store(target + d, f32x4.mul(shrink, across))
    }
  }
}

// @ts-ignore: decorator
@inline
function scaleRow(source: usize, target: usize, factor: f32, bytes: usize): void {
  const times = f32x4.splat(factor)
  for (let d: usize = 0; d < bytes; d += 16) v128.store(target + d, f32x4.mul(times, v128.load(source + d)))
}

/**
 * Rows [from, to): out = x + length · sign(x) ⊙ n/|n|, n uniform in [0, 1) by coordinate (Yu et al.,
 * XSimGCL, TKDE 2023, eq. 4). The numbers follow from seed and place alone.
 */
export function addNoise(from: i32, to: i32, x: usize, out: usize, width: i32, seed: i32, length: f32): void {
  const bytes = <usize>width << 2
  for (let row = from; row < to; row++) {
    const source = x + <usize>row * bytes
    const target = out + <usize>row * bytes
    const first = row * width
    let squares = f32x4.splat(0)
    for (let d = 0; d < width; d += 4) {
      const n = uniforms(seed, first + d)
      squares = madd(n, n, squares)
    }
    const scale = f32x4.splat(length / max(leastNorm, sqrt<f32>(sumOf(squares))))
    for (let d = 0; d < width; d += 4) {
      const at = <usize>d << 2
      const value = v128.load(source + at)
      const noise = f32x4.mul(scale, uniforms(seed, first + d))
      const sign = v128.and(value, i32x4.splat(0x80000000))
      const isThere = f32x4.ne(value, f32x4.splat(0))
      v128.store(target + at, f32x4.add(value, v128.and(isThere, v128.or(noise, sign))))
    }
  }
}

/** Four numbers in [0, 1) by mixing seed and counter (the finaliser "lowbias32" of C. Wellons). */
// @ts-ignore: decorator
@inline
function uniforms(seed: i32, counter: i32): v128 {
  let v = i32x4.add(i32x4.splat(counter), i32x4(0, 1, 2, 3))
  v = v128.xor(i32x4.mul(v, i32x4.splat(0x9e3779b9)), i32x4.splat(seed))
  v = i32x4.mul(v128.xor(v, i32x4.shr_u(v, 16)), i32x4.splat(0x7feb352d))
  v = i32x4.mul(v128.xor(v, i32x4.shr_u(v, 15)), i32x4.splat(0x846ca68b))
  v = v128.xor(v, i32x4.shr_u(v, 16))
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(v, 8)), f32x4.splat(1.0 / 16777216))
}

/** Rows [from, to) of out = rows of x by number. */
export function gatherRows(from: i32, to: i32, numbers: usize, x: usize, out: usize, width: i32): void {
  const bytes = <usize>width << 2
  for (let row = from; row < to; row++) {
    const number = <usize>load<u32>(numbers + (<usize>row << 2))
    const source = x + number * bytes
    const target = out + <usize>row * bytes
    for (let d: usize = 0; d < bytes; d += 16) v128.store(target + d, v128.load(source + d))
  }
}

/**
 * Stripes [from, to) of 8: out[numbers[s]] += factor · x[s] for the rows whose number is the stripe
 * modulo 8, in the order of s: no two workers touch a row, and sums never depend on who was first.
 * `isByNumber`: x[numbers[s]] in place of x[s].
 */
export function scatterRows(from: i32, to: i32, numbers: usize, count: i32, x: usize, out: usize, width: i32, factor: f32, isByNumber: i32): void {
  const bytes = <usize>width << 2
  const times = f32x4.splat(factor)
  for (let s = 0; s < count; s++) {
    const number = load<i32>(numbers + (<usize>s << 2))
    const stripe = number & 7
    if (stripe < from || stripe >= to) continue
    const source = x + <usize>(isByNumber ? number : s) * bytes
    const target = out + <usize>number * bytes
    for (let d: usize = 0; d < bytes; d += 16) {
      v128.store(target + d, madd(times, v128.load(source + d), v128.load(target + d)))
    }
  }
}
