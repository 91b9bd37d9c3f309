/**
 * The inner loops of vector search, compiled to WebAssembly with SIMD. All arguments are byte
 * offsets into this module's memory. `kernel.ts` gives them types, `reference.ts` says the same in
 * plain loops.
 *
 * A query is [width] i16. A block holds 64 rows: [64][width] i8, then their inverse norms [64] f32,
 * then their numbers [64] i32. `width` is a multiple of 16. A heap is: size i32, 12 bytes of
 * padding, scores [k] f32, numbers [k] i32; the worst of the kept is at its root.
 */

const blockRows: usize = 64

/** Where this module's own data ends: memory from here on is the caller's. */
export function heapStart(): usize {
  return __heap_base
}

/** Bytes to a query. */
export function widen(source: usize, target: usize, width: usize): void {
  for (let d: usize = 0; d < width; d += 8) {
    v128.store(target + (d << 1), v128.load_ext<i8>(source + d))
  }
}

/** Sum of the squares of a row of bytes. */
export function squares(row: usize, width: usize): i32 {
  let a = i32x4.splat(0)
  for (let d: usize = 0; d < width; d += 8) {
    const values = v128.load_ext<i8>(row + d)
    a = i32x4.add(a, i32x4.dot_i16x8_s(values, values))
  }
  return sumOf(a)
}

/** Offers the first `count` rows of a block to the heap of the best `k`. */
export function scan(query: usize, block: usize, count: i32, width: usize, heap: usize, k: i32): void {
  const norms = block + blockRows * width
  const numbers = norms + (blockRows << 2)
  let row = block
  let i: usize = 0
  const whole: usize = <usize>(count & ~3)
  for (; i < whole; i += 4) {
    let a = i32x4.splat(0)
    let b = a
    let c = a
    let e = a
    for (let d: usize = 0; d < width; d += 8) {
      const q = v128.load(query + (d << 1))
      const p = row + d
      a = i32x4.add(a, i32x4.dot_i16x8_s(q, v128.load_ext<i8>(p)))
      b = i32x4.add(b, i32x4.dot_i16x8_s(q, v128.load_ext<i8>(p + width)))
      c = i32x4.add(c, i32x4.dot_i16x8_s(q, v128.load_ext<i8>(p + 2 * width)))
      e = i32x4.add(e, i32x4.dot_i16x8_s(q, v128.load_ext<i8>(p + 3 * width)))
    }
    const at = i << 2
    offer(heap, k, scaled(a, norms + at), load<i32>(numbers + at))
    offer(heap, k, scaled(b, norms + at + 4), load<i32>(numbers + at, 4))
    offer(heap, k, scaled(c, norms + at + 8), load<i32>(numbers + at, 8))
    offer(heap, k, scaled(e, norms + at + 12), load<i32>(numbers + at, 12))
    row += width << 2
  }
  for (; i < <usize>count; i++) {
    const at = i << 2
    offer(heap, k, scaled(dot(query, row, width), norms + at), load<i32>(numbers + at))
    row += width
  }
}

/** Scores of the rows in `slots` into `out`; slot s is row s % 64 of block s / 64; -1 scores 0. */
export function score(query: usize, blocks: usize, slots: usize, count: i32, width: usize, out: usize): void {
  const blockBytes = blockRows * (width + 8)
  for (let i: usize = 0; i < <usize>count; i++) {
    const slot = load<i32>(slots + (i << 2))
    if (slot < 0) {
      store<f32>(out + (i << 2), 0)
      continue
    }
    const block = blocks + <usize>(slot >> 6) * blockBytes
    const within = <usize>(slot & 63)
    const sum = dot(query, block + within * width, width)
    store<f32>(out + (i << 2), scaled(sum, block + blockRows * width + (within << 2)))
  }
}

/** Turns the heap into a list, best first; among equals the smaller number is first. */
export function sortHeap(heap: usize, k: i32): void {
  const size = load<i32>(heap)
  for (let last = size - 1; last > 0; last--) {
    const score = load<f32>(scoreAt(heap, 0))
    const number = load<i32>(numberAt(heap, k, 0))
    const lastScore = load<f32>(scoreAt(heap, last))
    const lastNumber = load<i32>(numberAt(heap, k, last))
    sink(heap, k, last, lastScore, lastNumber)
    store<f32>(scoreAt(heap, last), score)
    store<i32>(numberAt(heap, k, last), number)
  }
}

function dot(query: usize, row: usize, width: usize): v128 {
  let a = i32x4.splat(0)
  let b = a
  for (let d: usize = 0; d < width; d += 16) {
    const q = query + (d << 1)
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(q), v128.load_ext<i8>(row + d)))
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(q, 16), v128.load_ext<i8>(row + d, 8)))
  }
  return i32x4.add(a, b)
}

function scaled(sum: v128, norm: usize): f32 {
  return <f32>sumOf(sum) * load<f32>(norm)
}

function sumOf(sum: v128): i32 {
  const pairs = i32x4.add(sum, i8x16.shuffle(sum, sum, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7))
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1)
}

function scoreAt(heap: usize, place: i32): usize {
  return heap + 16 + (<usize>place << 2)
}

function numberAt(heap: usize, k: i32, place: i32): usize {
  return heap + 16 + (<usize>(k + place) << 2)
}

/** True when the first is the worse of two. */
function isWorse(score: f32, number: i32, otherScore: f32, otherNumber: i32): bool {
  return score < otherScore || (score == otherScore && number > otherNumber)
}

function offer(heap: usize, k: i32, score: f32, number: i32): void {
  const size = load<i32>(heap)
  if (size < k) {
    rise(heap, k, size, score, number)
    store<i32>(heap, size + 1)
  } else if (score >= load<f32>(heap, 16)) {
    replaceRoot(heap, k, score, number)
  }
}

function replaceRoot(heap: usize, k: i32, score: f32, number: i32): void {
  const rootScore = load<f32>(scoreAt(heap, 0))
  const rootNumber = load<i32>(numberAt(heap, k, 0))
  if (isWorse(rootScore, rootNumber, score, number)) sink(heap, k, k, score, number)
}

function rise(heap: usize, k: i32, from: i32, score: f32, number: i32): void {
  let place = from
  while (place > 0) {
    const parent = (place - 1) >> 1
    const parentScore = load<f32>(scoreAt(heap, parent))
    const parentNumber = load<i32>(numberAt(heap, k, parent))
    if (!isWorse(score, number, parentScore, parentNumber)) break
    store<f32>(scoreAt(heap, place), parentScore)
    store<i32>(numberAt(heap, k, place), parentNumber)
    place = parent
  }
  store<f32>(scoreAt(heap, place), score)
  store<i32>(numberAt(heap, k, place), number)
}

/** Puts an entry in at the root of the first `size` places and lets it sink. */
function sink(heap: usize, k: i32, size: i32, score: f32, number: i32): void {
  let place = 0
  while (true) {
    let child = 2 * place + 1
    if (child >= size) break
    let childScore = load<f32>(scoreAt(heap, child))
    let childNumber = load<i32>(numberAt(heap, k, child))
    if (child + 1 < size) {
      const otherScore = load<f32>(scoreAt(heap, child + 1))
      const otherNumber = load<i32>(numberAt(heap, k, child + 1))
      if (isWorse(otherScore, otherNumber, childScore, childNumber)) {
        child++
        childScore = otherScore
        childNumber = otherNumber
      }
    }
    if (!isWorse(childScore, childNumber, score, number)) break
    store<f32>(scoreAt(heap, place), childScore)
    store<i32>(numberAt(heap, k, place), childNumber)
    place = child
  }
  store<f32>(scoreAt(heap, place), score)
  store<i32>(numberAt(heap, k, place), number)
}
