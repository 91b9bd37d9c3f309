/** The best few of a row of scores, equals by lot: the inner loop of every full ranking. */

/**
 * Places of the k largest scores, best first; the smaller lot wins among equals. -Infinity and NaN, a
 * broken model's answer, are left out: -1 where the list has ended.
 * @param lots [scores] a permutation
 */
export function bestOf(scores: Float32Array, lots: Int32Array, k: number): Int32Array {
  const best: Best = {
    kept: new Float32Array(k).fill(-Infinity),
    list: new Int32Array(k).fill(-1),
    lots,
  }
  for (let from = nextAbove(scores, 0, -Infinity); from < scores.length; ) {
    const to = Math.min(from + stride, scores.length)
    for (let item = from; item < to; item++) offer(item, scores[item]!, best)
    from = nextAbove(scores, to, best.kept[k - 1]!)
  }
  return best.list
}

const stride = 8

/** Where the next eight are that hold something not below `least`: twice as fast as one by one. */
function nextAbove(scores: Float32Array, start: number, least: number): number {
  let from = start
  for (const last = scores.length - stride; from <= last; from += stride) {
    const isBelow =
      scores[from]! < least &&
      scores[from + 1]! < least &&
      scores[from + 2]! < least &&
      scores[from + 3]! < least &&
      scores[from + 4]! < least &&
      scores[from + 5]! < least &&
      scores[from + 6]! < least &&
      scores[from + 7]! < least
    if (!isBelow) break
  }
  return from
}

interface Best {
  readonly kept: Float32Array
  readonly list: Int32Array
  readonly lots: Int32Array
}

/** In place of the last one, where it is better. */
function offer(item: number, score: number, { kept, list, lots }: Best): void {
  const last = list.length - 1
  if (!(score > -Infinity) || score < kept[last]!) return
  if (score === kept[last] && lots[item]! > lots[list[last]!]!) return
  let place = last
  while (place > 0) {
    const other = kept[place - 1]!
    const isAhead = other > score || (other === score && lots[list[place - 1]!]! < lots[item]!)
    if (isAhead) break
    kept[place] = other
    list[place] = list[place - 1]!
    place -= 1
  }
  kept[place] = score
  list[place] = item
}
