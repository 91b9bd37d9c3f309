/**
 * Sums over neighbours for graphs whose edges weigh a product of two factors, one of either end: no weight
 * is kept per edge. Tables are gone through in slices of 16 numbers a row: what is gathered from lies
 * slice after slice, [slices][rows][16], so that a row is one line of the cache and a slice of tens of
 * thousands of rows stays in it. A last slice may be 8 wide.
 */
import { madd } from './vector'

const lineBytes: usize = 64

/** Places [from, to) of slices × rows: out, in slices, = factors[row] · x, row by row. */
export function sliceRows(from: i32, to: i32, rows: i32, x: usize, out: usize, width: i32, factors: usize): void {
  const bytes = <usize>width << 2
  while (from < to) {
    const start = <usize>(from / rows) * lineBytes
    const size = min(lineBytes, bytes - start)
    const before = from / rows * rows
    const end = min(to, before + rows)
    for (; from < end; from++) {
      const row = <usize>(from - before)
      const times = f32x4.splat(factorAt(factors, row))
      const source = x + row * bytes + start
      const target = out + start * rows + row * size
      for (let d: usize = 0; d < size; d += 16) v128.store(target + d, f32x4.mul(times, v128.load(source + d)))
    }
  }
}

/**
 * Places [from, to) of slices × rows: out = scale · into[row] · Σ_e x[columnOf[e]] + factor · base[row].
 * x in slices of `columns` rows; base and out both in slices or (`isFlat`) both row by row.
 */
export function sumNeighbours(from: i32, to: i32, rows: i32, columns: i32, starts: usize, columnOf: usize, x: usize, base: usize, out: usize, width: i32, into: usize, scale: f32, factor: f32, isFlat: i32): void {
  const bytes = <usize>width << 2
  const share = f32x4.splat(factor)
  while (from < to) {
    const start = <usize>(from / rows) * lineBytes
    const size = min(lineBytes, bytes - start)
    const before = from / rows * rows
    const end = min(to, before + rows)
    const gathered = x + start * columns
    const stride = isFlat ? bytes : size
    const first = isFlat ? start : start * rows
    for (; from < end; from++) {
      const row = <usize>(from - before)
      const entries = starts + (row << 2)
      const entry = columnOf + (<usize>load<u32>(entries) << 2)
      const last = columnOf + (<usize>load<u32>(entries, 4) << 2)
      const times = f32x4.splat(scale * factorAt(into, row))
      const place = first + row * stride
      if (size == lineBytes) sumLines(entry, last, gathered, times, share, base + place, out + place)
      else sumHalfLines(entry, last, gathered, times, share, base + place, out + place)
    }
  }
}

// @ts-ignore: decorator
@inline
function factorAt(factors: usize, row: usize): f32 {
  return load<f32>(factors + (row << 2))
}

/** 16 numbers of each. */
// @ts-ignore: decorator
@inline
function sumLines(first: usize, end: usize, x: usize, scale: v128, share: v128, base: usize, target: usize): void {
  let a = f32x4.splat(0)
  let b = a, c = a, d = a
  for (let at = first; at < end; at += 4) {
    const line = x + (<usize>load<u32>(at) << 6)
    a = f32x4.add(a, v128.load(line))
    b = f32x4.add(b, v128.load(line, 16))
    c = f32x4.add(c, v128.load(line, 32))
    d = f32x4.add(d, v128.load(line, 48))
  }
  v128.store(target, madd(scale, a, f32x4.mul(share, v128.load(base))))
  v128.store(target, madd(scale, b, f32x4.mul(share, v128.load(base, 16))), 16)
  v128.store(target, madd(scale, c, f32x4.mul(share, v128.load(base, 32))), 32)
  v128.store(target, madd(scale, d, f32x4.mul(share, v128.load(base, 48))), 48)
}

/** 8 numbers of each. */
// @ts-ignore: decorator
@inline
function sumHalfLines(first: usize, end: usize, x: usize, scale: v128, share: v128, base: usize, target: usize): void {
  let a = f32x4.splat(0)
  let b = a
  for (let at = first; at < end; at += 4) {
    const line = x + (<usize>load<u32>(at) << 5)
    a = f32x4.add(a, v128.load(line))
    b = f32x4.add(b, v128.load(line, 16))
  }
  v128.store(target, madd(scale, a, f32x4.mul(share, v128.load(base))))
  v128.store(target, madd(scale, b, f32x4.mul(share, v128.load(base, 16))), 16)
}
