/**
 * Dense products. The right factor is packed once into panels of 8 columns, [inner][8] each, zeros
 * where columns end, so that the inner loop reads one stream; 4 rows × 8 columns stay in registers.
 */
import { madd } from './vector'

/** So much of `inner` at a time that a panel and four rows fit the first cache. */
const innerBlock = 256
const rowBlock = 64

/** Panels [from, to) of b [inner × columns]. */
export function packColumns(from: i32, to: i32, b: usize, columns: i32, inner: i32, packed: usize): void {
  for (let panel = from; panel < to; panel++) {
    let target = packed + ((<usize>panel * <usize>inner) << 5)
    const first = panel << 3
    const count = min(8, columns - first)
    for (let k = 0; k < inner; k++) {
      const source = b + (((<usize>k) * <usize>columns + <usize>first) << 2)
      if (count == 8) {
        v128.store(target, v128.load(source))
        v128.store(target, v128.load(source, 16), 16)
      } else {
        memory.fill(target, 0, 32)
        memory.copy(target, source, <usize>count << 2)
      }
      target += 32
    }
  }
}

/** Panels [from, to) of bᵀ, where b is [columns × inner]. */
export function packRows(from: i32, to: i32, b: usize, columns: i32, inner: i32, packed: usize): void {
  const bytes = <usize>inner << 2
  for (let panel = from; panel < to; panel++) {
    const target = packed + ((<usize>panel * <usize>inner) << 5)
    for (let c = 0; c < 8; c++) {
      const column = (panel << 3) + c
      const source = b + <usize>column * bytes
      let at = target + (<usize>c << 2)
      for (let k: usize = 0; k < bytes; k += 4) {
        store<f32>(at, column < columns ? load<f32>(source + k) : 0)
        at += 32
      }
    }
  }
}

/** Rows [from, to) of out [rows × columns] = scale · a [rows × inner] · packed (+ out). */
export function multiply(from: i32, to: i32, a: usize, packed: usize, out: usize, columns: i32, inner: i32, scale: f32, isAdding: i32): void {
  for (let row = from; row < to; row += rowBlock) {
    const count = min(rowBlock, to - row)
    const aRows = a + ((<usize>row * <usize>inner) << 2)
    const outRows = out + ((<usize>row * <usize>columns) << 2)
    multiplyBlock(aRows, packed, outRows, count, columns, inner, scale, isAdding)
  }
}

/** A few rows that fit the second cache. */
export function multiplyBlock(a: usize, packed: usize, out: usize, rows: i32, columns: i32, inner: i32, scale: f32, isAdding: i32): void {
  const aBytes = <usize>inner << 2
  const outBytes = <usize>columns << 2
  const factor = f32x4.splat(scale)
  for (let k = 0; k < inner; k += innerBlock) {
    const size = <usize>min(innerBlock, inner - k)
    const isAddingNow = k > 0 ? 1 : isAdding
    const aBlock = a + (<usize>k << 2)
    for (let column = 0; column < columns; column += 8) {
      const panel = packed + (((<usize>(column >> 3)) * <usize>inner + <usize>k) << 5)
      const target = out + (<usize>column << 2)
      const width = min(8, columns - column)
      let row = 0
      for (; row + 4 <= rows; row += 4) {
        fourRows(aBlock + <usize>row * aBytes, aBytes, panel, size, target + <usize>row * outBytes, outBytes, width, factor, isAddingNow)
      }
      for (; row < rows; row++) {
        oneRow(aBlock + <usize>row * aBytes, panel, size, target + <usize>row * outBytes, width, factor, isAddingNow)
      }
    }
  }
}

function fourRows(a: usize, aBytes: usize, panel: usize, size: usize, out: usize, outBytes: usize, width: i32, factor: v128, isAdding: i32): void {
  let a0 = a, a1 = a + aBytes, a2 = a1 + aBytes, a3 = a2 + aBytes
  let w0 = f32x4.splat(0)
  let w1 = w0, x0 = w0, x1 = w0, y0 = w0, y1 = w0, z0 = w0, z1 = w0
  const end = panel + (size << 5)
  for (let p = panel; p < end; p += 32) {
    const b0 = v128.load(p)
    const b1 = v128.load(p, 16)
    let s = v128.load32_splat(a0)
    w0 = madd(s, b0, w0)
    w1 = madd(s, b1, w1)
    s = v128.load32_splat(a1)
    x0 = madd(s, b0, x0)
    x1 = madd(s, b1, x1)
    s = v128.load32_splat(a2)
    y0 = madd(s, b0, y0)
    y1 = madd(s, b1, y1)
    s = v128.load32_splat(a3)
    z0 = madd(s, b0, z0)
    z1 = madd(s, b1, z1)
    a0 += 4
    a1 += 4
    a2 += 4
    a3 += 4
  }
  put(out, w0, w1, width, factor, isAdding)
  put(out + outBytes, x0, x1, width, factor, isAdding)
  put(out + 2 * outBytes, y0, y1, width, factor, isAdding)
  put(out + 3 * outBytes, z0, z1, width, factor, isAdding)
}

function oneRow(a: usize, panel: usize, size: usize, out: usize, width: i32, factor: v128, isAdding: i32): void {
  let at = a
  let x0 = f32x4.splat(0)
  let x1 = x0
  const end = panel + (size << 5)
  for (let p = panel; p < end; p += 32) {
    const s = v128.load32_splat(at)
    x0 = madd(s, v128.load(p), x0)
    x1 = madd(s, v128.load(p, 16), x1)
    at += 4
  }
  put(out, x0, x1, width, factor, isAdding)
}

// @ts-ignore: decorator
@inline
function put(out: usize, left: v128, right: v128, width: i32, factor: v128, isAdding: i32): void {
  const l = f32x4.mul(factor, left)
  const r = f32x4.mul(factor, right)
  if (width == 8) {
    v128.store(out, isAdding ? f32x4.add(v128.load(out), l) : l)
    v128.store(out, isAdding ? f32x4.add(v128.load(out, 16), r) : r, 16)
  } else putSome(out, l, r, width, isAdding)
}

/** Where the columns end within a panel. */
function putSome(out: usize, left: v128, right: v128, width: i32, isAdding: i32): void {
  for (let c = 0; c < width; c++) {
    const half = c < 4 ? left : right
    const lane = c & 3
    const value = lane == 0 ? f32x4.extract_lane(half, 0) : lane == 1 ? f32x4.extract_lane(half, 1) : lane == 2 ? f32x4.extract_lane(half, 2) : f32x4.extract_lane(half, 3)
    const at = out + (<usize>c << 2)
    store<f32>(at, isAdding ? load<f32>(at) + value : value)
  }
}

/** Rows [from, to) of out [columns × rows] = aᵀ, where a is [rows × columns]. */
export function transpose(from: i32, to: i32, a: usize, rows: i32, columns: i32, out: usize): void {
  const aBytes = <usize>columns << 2
  for (let first = 0; first < rows; first += 16) {
    const end = min(rows, first + 16)
    for (let row = from; row < to; row++) {
      let source = a + <usize>first * aBytes + (<usize>row << 2)
      let target = out + ((<usize>row * <usize>rows + <usize>first) << 2)
      for (let k = first; k < end; k++) {
        store<f32>(target, load<f32>(source))
        source += aBytes
        target += 4
      }
    }
  }
}
