/** Sparse times dense: the one product that graphs, spectra and factors all need. */
import { madd } from './vector'

/**
 * Rows [from, to) of out [rows × width] = scale[row] · Σ_e values[e] · x[columnOf[e]] (+ out).
 * `values` 0: all ones. `scale` 0: all ones. `width` is a multiple of 8.
 */
export function sparseDense(from: i32, to: i32, starts: usize, columnOf: usize, values: usize, scale: usize, x: usize, out: usize, width: i32, isAdding: i32): void {
  const bytes = <usize>width << 2
  for (let row = from; row < to; row++) {
    const at = starts + (<usize>row << 2)
    const first = columnOf + (<usize>load<u32>(at) << 2)
    const end = columnOf + (<usize>load<u32>(at, 4) << 2)
    const toValue = values - columnOf
    const factor = scale ? f32x4.splat(load<f32>(scale + (<usize>row << 2))) : f32x4.splat(1)
    const target = out + <usize>row * bytes
    let d: usize = 0
    // The loops are written twice, so that they need not ask at every entry.
    if (values) {
      for (; d + 128 <= bytes; d += 128) wide(first, end, true, toValue, x + d, bytes, factor, target + d, isAdding)
      for (; d < bytes; d += 32) narrow(first, end, true, toValue, x + d, bytes, factor, target + d, isAdding)
    } else {
      for (; d + 128 <= bytes; d += 128) wide(first, end, false, toValue, x + d, bytes, factor, target + d, isAdding)
      for (; d < bytes; d += 32) narrow(first, end, false, toValue, x + d, bytes, factor, target + d, isAdding)
    }
  }
}

/** 32 floats of one row in eight registers. */
// @ts-ignore: decorator
@inline
function wide(first: usize, end: usize, isWeighted: bool, toValue: usize, x: usize, bytes: usize, factor: v128, target: usize, isAdding: i32): void {
  let a = f32x4.splat(0)
  let b = a, c = a, d = a, e = a, f = a, g = a, h = a
  for (let at = first; at < end; at += 4) {
    const p = x + <usize>load<u32>(at) * bytes
    const v = isWeighted ? v128.load32_splat(at + toValue) : f32x4.splat(1)
    a = madd(v, v128.load(p), a)
    b = madd(v, v128.load(p, 16), b)
    c = madd(v, v128.load(p, 32), c)
    d = madd(v, v128.load(p, 48), d)
    e = madd(v, v128.load(p, 64), e)
    f = madd(v, v128.load(p, 80), f)
    g = madd(v, v128.load(p, 96), g)
    h = madd(v, v128.load(p, 112), h)
  }
  put(target, a, factor, isAdding)
  put(target + 16, b, factor, isAdding)
  put(target + 32, c, factor, isAdding)
  put(target + 48, d, factor, isAdding)
  put(target + 64, e, factor, isAdding)
  put(target + 80, f, factor, isAdding)
  put(target + 96, g, factor, isAdding)
  put(target + 112, h, factor, isAdding)
}

/** 8 floats of one row. */
// @ts-ignore: decorator
@inline
function narrow(first: usize, end: usize, isWeighted: bool, toValue: usize, x: usize, bytes: usize, factor: v128, target: usize, isAdding: i32): void {
  let a = f32x4.splat(0)
  let b = a
  for (let at = first; at < end; at += 4) {
    const p = x + <usize>load<u32>(at) * bytes
    const v = isWeighted ? v128.load32_splat(at + toValue) : f32x4.splat(1)
    a = madd(v, v128.load(p), a)
    b = madd(v, v128.load(p, 16), b)
  }
  put(target, a, factor, isAdding)
  put(target + 16, b, factor, isAdding)
}

// @ts-ignore: decorator
@inline
function put(target: usize, sum: v128, factor: v128, isAdding: i32): void {
  const scaled = f32x4.mul(factor, sum)
  v128.store(target, isAdding ? f32x4.add(v128.load(target), scaled) : scaled)
}
