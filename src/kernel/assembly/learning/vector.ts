/** Four floats at a time: what the loops of every operation are made of. */

/** a·b + c */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c)
}

// @ts-ignore: decorator
@inline
export function sumOf(v: v128): f32 {
  const pairs = f32x4.add(v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7))
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1)
}

/** Inner product of two rows of `bytes` / 4 floats; `bytes` is a multiple of 32. */
// @ts-ignore: decorator
@inline
export function dot(a: usize, b: usize, bytes: usize): f32 {
  let first = f32x4.splat(0)
  let second = first
  for (let d: usize = 0; d < bytes; d += 32) {
    first = madd(v128.load(a + d), v128.load(b + d), first)
    second = madd(v128.load(a + d, 16), v128.load(b + d, 16), second)
  }
  return sumOf(f32x4.add(first, second))
}

/** target += factor · source, over `bytes` / 4 floats. */
// @ts-ignore: decorator
@inline
export function addTimes(target: usize, source: usize, factor: f32, bytes: usize): void {
  const times = f32x4.splat(factor)
  for (let d: usize = 0; d < bytes; d += 16) {
    v128.store(target + d, madd(times, v128.load(source + d), v128.load(target + d)))
  }
}

/** e^x for four numbers in [-87, 88], clamped beyond; within 2 units of the last place (Cephes' expf). */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const within = f32x4.min(f32x4.max(x, f32x4.splat(-87)), f32x4.splat(88))
  const whole = f32x4.nearest(f32x4.mul(within, f32x4.splat(1.44269504088896341)))
  let r = madd(whole, f32x4.splat(-0.693359375), within)
  r = madd(whole, f32x4.splat(2.12194440e-4), r)
  let p = f32x4.splat(1.9875691500e-4)
  p = madd(p, r, f32x4.splat(1.3981999507e-3))
  p = madd(p, r, f32x4.splat(8.3334519073e-3))
  p = madd(p, r, f32x4.splat(4.1665795894e-2))
  p = madd(p, r, f32x4.splat(1.6666665459e-1))
  p = madd(p, r, f32x4.splat(5.0000001201e-1))
  p = madd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)))
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23)
  return f32x4.mul(p, power)
}

/** The same for one number. */
// @ts-ignore: decorator
@inline
export function exponentialOf(x: f32): f32 {
  return f32x4.extract_lane(exponential(f32x4.splat(x)), 0)
}

/** The greatest of four. */
// @ts-ignore: decorator
@inline
export function maxOf(v: v128): f32 {
  const left = max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1))
  return max(left, max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)))
}
