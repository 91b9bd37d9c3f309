/** The Gram matrix xᵀx of a tall table, by slices whose number does not depend on the workers. */
import { madd } from './vector'

const rowBlock = 64

/** Slices [from, to): partials[slice] [width × width], its upper triangle (by tiles of 4 × 8) = Σ_rows x xᵀ. */
export function gramSlices(from: i32, to: i32, x: usize, rows: i32, width: i32, sliceRows: i32, partials: usize): void {
  const bytes = <usize>width << 2
  for (let slice = from; slice < to; slice++) {
    const out = partials + <usize>slice * bytes * <usize>width
    memory.fill(out, 0, bytes * <usize>width)
    const end = min(rows, (slice + 1) * sliceRows)
    for (let row = slice * sliceRows; row < end; row += rowBlock) {
      addBlock(x + <usize>row * bytes, <usize>min(rowBlock, end - row), bytes, out)
    }
  }
}

function addBlock(x: usize, rows: usize, bytes: usize, out: usize): void {
  const end = x + rows * bytes
  for (let i: usize = 0; i < bytes; i += 16) {
    for (let j: usize = i & ~31; j < bytes; j += 32) {
      tile(x, end, bytes, i, j, out + (i >> 2) * bytes + j)
    }
  }
}

/** out[i..i+4][j..j+8] += Σ x[i..i+4] x[j..j+8]ᵀ; i and j in bytes. */
// @ts-ignore: decorator
@inline
function tile(x: usize, end: usize, bytes: usize, i: usize, j: usize, out: usize): void {
  const o1 = out + bytes, o2 = o1 + bytes, o3 = o2 + bytes
  let w0 = v128.load(out), w1 = v128.load(out, 16)
  let x0 = v128.load(o1), x1 = v128.load(o1, 16)
  let y0 = v128.load(o2), y1 = v128.load(o2, 16)
  let z0 = v128.load(o3), z1 = v128.load(o3, 16)
  for (let row = x; row < end; row += bytes) {
    const b0 = v128.load(row + j)
    const b1 = v128.load(row + j, 16)
    const at = row + i
    let s = v128.load32_splat(at)
    w0 = madd(s, b0, w0)
    w1 = madd(s, b1, w1)
    s = v128.load32_splat(at, 4)
    x0 = madd(s, b0, x0)
    x1 = madd(s, b1, x1)
    s = v128.load32_splat(at, 8)
    y0 = madd(s, b0, y0)
    y1 = madd(s, b1, y1)
    s = v128.load32_splat(at, 12)
    z0 = madd(s, b0, z0)
    z1 = madd(s, b1, z1)
  }
  v128.store(out, w0)
  v128.store(out, w1, 16)
  v128.store(o1, x0)
  v128.store(o1, x1, 16)
  v128.store(o2, y0)
  v128.store(o2, y1, 16)
  v128.store(o3, z0)
  v128.store(o3, z1, 16)
}

/** Rows [from, to) of out [width × width] = Σ of the partials, both triangles. */
export function sumGrams(from: i32, to: i32, partials: usize, slices: i32, width: i32, out: usize): void {
  const matrix = (<usize>width * <usize>width) << 2
  for (let i = from; i < to; i++) {
    for (let j = 0; j < width; j++) {
      const place = i <= j ? i * width + j : j * width + i
      let at = partials + (<usize>place << 2)
      let sum: f32 = 0
      for (let slice = 0; slice < slices; slice++) {
        sum += load<f32>(at)
        at += matrix
      }
      store<f32>(out + (<usize>(i * width + j) << 2), sum)
    }
  }
}
