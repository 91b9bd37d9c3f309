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
