/** The best k columns of a · packed for each row, never holding more than a tile of scores. */
import { multiplyBlock } from './dense'
import { scratch } from './scratch'

const tileColumns = 1024
const blockRows = 4

/**
 * Rows [from, to): numbers and scores [rows × k], best first, -1 and -Infinity where there are no
 * more; among equals the smaller number is first. Columns in known[row] (ascending) are left out;
 * `knownStarts` 0: none is.
 */
export function nearest(from: i32, to: i32, a: usize, packed: usize, columns: i32, inner: i32, k: i32, knownStarts: usize, knownColumns: usize, numbers: usize, scores: usize): void {
  const aBytes = <usize>inner << 2
  const listBytes = <usize>k << 2
  for (let first = from; first < to; first += blockRows) {
    const count = min(blockRows, to - first)
    for (let row = first; row < first + count; row++) clear(numbers + <usize>row * listBytes, scores + <usize>row * listBytes, k)
    for (let column = 0; column < columns; column += tileColumns) {
      const size = min(tileColumns, columns - column)
      const panels = packed + (<usize>(column >> 3) * <usize>inner << 5)
      multiplyBlock(a + <usize>first * aBytes, panels, scratch, count, size, inner, 1, 0)
      for (let n = 0; n < count; n++) {
        const row = <usize>(first + n)
        const tile = scratch + (<usize>(n * size) << 2)
        if (knownStarts) mask(tile, column, size, knownStarts + (row << 2), knownColumns)
        offerTile(tile, column, size, numbers + row * listBytes, scores + row * listBytes, k)
      }
    }
  }
}

function clear(numbers: usize, scores: usize, k: i32): void {
  for (let place: usize = 0; place < <usize>k << 2; place += 4) {
    store<i32>(numbers + place, -1)
    store<f32>(scores + place, -Infinity)
  }
}

function mask(tile: usize, column: i32, size: i32, starts: usize, knownColumns: usize): void {
  const end = load<u32>(starts, 4)
  for (let entry = load<u32>(starts); entry < end; entry++) {
    const place = load<i32>(knownColumns + (<usize>entry << 2)) - column
    if (place >= 0 && place < size) store<f32>(tile + (<usize>place << 2), -Infinity)
  }
}

function offerTile(tile: usize, column: i32, size: i32, numbers: usize, scores: usize, k: i32): void {
  const last = <usize>(k - 1) << 2
  let least = load<f32>(scores + last)
  for (let place = 0; place < size; place++) {
    const score = load<f32>(tile + (<usize>place << 2))
    if (!(score > least)) continue
    let at = last
    for (; at > 0 && load<f32>(scores + at - 4) < score; at -= 4) {
      store<f32>(scores + at, load<f32>(scores + at - 4))
      store<i32>(numbers + at, load<i32>(numbers + at - 4))
    }
    store<f32>(scores + at, score)
    store<i32>(numbers + at, column + place)
    least = load<f32>(scores + last)
  }
}
