/** Four rows by eight columns of aᵀ · b in registers: what products over many rows are made of. */
import { madd } from './vector'

/** out[c..c+4][d..d+8] += Σ_rows a[c..c+4] b[d..d+8]ᵀ */
// @ts-ignore: decorator
@inline
export function addTurnedTile(a: usize, aBytes: usize, b: usize, bBytes: usize, rows: i32, out: usize): void {
  const o1 = out + bBytes, o2 = o1 + bBytes, o3 = o2 + bBytes
  let w0 = v128.load(out), w1 = v128.load(out, 16)
  let x0 = v128.load(o1), x1 = v128.load(o1, 16)
  let y0 = v128.load(o2), y1 = v128.load(o2, 16)
  let z0 = v128.load(o3), z1 = v128.load(o3, 16)
  for (let row = 0; row < rows; row++) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    let s = v128.load32_splat(a)
    w0 = madd(s, b0, w0)
    w1 = madd(s, b1, w1)
    s = v128.load32_splat(a, 4)
    x0 = madd(s, b0, x0)
    x1 = madd(s, b1, x1)
    s = v128.load32_splat(a, 8)
    y0 = madd(s, b0, y0)
    y1 = madd(s, b1, y1)
    s = v128.load32_splat(a, 12)
    z0 = madd(s, b0, z0)
    z1 = madd(s, b1, z1)
    a += aBytes
    b += bBytes
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
