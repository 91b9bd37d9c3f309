/** The Gram matrix xᵀx of a tall table, by slices whose number does not depend on the workers. */
import { addTurnedTile } from './tile'

const rowBlock = 64

/** Slices [from, to): partials[slice] [width × width], its upper triangle (by tiles of 4 × 8) = Σ_rows x xᵀ. */
export function gramSlices(from: i32, to: i32, x: usize, rows: i32, width: i32, sliceRows: i32, partials: usize): void {
  const bytes = <usize>width << 2
  for (let slice = from; slice < to; slice++) {
    const out = partials + <usize>slice * bytes * <usize>width
    memory.fill(out, 0, bytes * <usize>width)
    const end = min(rows, (slice + 1) * sliceRows)
    for (let row = slice * sliceRows; row < end; row += rowBlock) {
      addBlock(x + <usize>row * bytes, min(rowBlock, end - row), bytes, out)
    }
  }
}

function addBlock(x: usize, rows: i32, bytes: usize, out: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    for (let j: usize = i & ~31; j < bytes; j += 32) {
      addTurnedTile(x + i, bytes, x + j, bytes, rows, out + (i >> 2) * bytes + j)
    }
  }
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
