/**
 * A chance from a few figures: small regression trees added one after another, each against what the
 * ones before got wrong (Friedman 2001; leaves and gains with second derivatives as in XGBoost, Chen &
 * Guestrin 2016, eq. 5 and 7). Figures are cut at quantiles, so their scale does not matter.
 */

export interface BoostOptions {
  readonly rounds: number
  /** How much of each tree is added. */
  readonly rate: number
  readonly depth: number
  /** At most 256. */
  readonly bins: number
  /** Examples that each side of a cut must have. */
  readonly leastExamples: number
  /** λ of the leaves. */
  readonly ridge: number
}

export const boostDefaults: BoostOptions = {
  rounds: 200,
  rate: 0.05,
  depth: 4,
  bins: 32,
  leastExamples: 30,
  ridge: 1,
}

export interface Examples {
  /** By column, [examples] each. */
  readonly columns: readonly Float32Array[]
  /** [examples] 1 = yes, 0 = no */
  readonly labels: Uint8Array
  /** [examples] */
  readonly weights: Float32Array
}

/** Log-odds for each row of columns. */
export type BoostedTrees = (columns: readonly Float32Array[]) => Float32Array

type Tree = Leaf | Fork

interface Leaf {
  readonly isLeaf: true
  readonly value: number
}

interface Fork {
  readonly isLeaf: false
  readonly column: number
  /** Not above goes to `low`. */
  readonly cut: number
  readonly low: Tree
  readonly high: Tree
}

interface Bench {
  readonly options: BoostOptions
  /** By column, ascending. */
  readonly cuts: readonly Float32Array[]
  /** By column, [examples] */
  readonly bins: readonly Uint8Array[]
  /** [examples] first and second derivative of the log-likelihood at the present score */
  readonly slope: Float64Array
  readonly bend: Float64Array
}

export function fitBoostedTrees(
  examples: Examples,
  given: Partial<BoostOptions> = {},
): BoostedTrees {
  const options = { ...boostDefaults, ...given }
  const { columns, labels } = examples
  const cuts = columns.map((column) => cutsOf(column, options.bins))
  const bins = columns.map((column, at) => Uint8Array.from(column, (x) => binOf(cuts[at]!, x)))
  const size = labels.length
  const bench = { options, cuts, bins, slope: new Float64Array(size), bend: new Float64Array(size) }
  const scores = new Float64Array(size)
  const everything = Int32Array.from({ length: size }, (_, row) => row)
  const trees: Tree[] = []
  for (let round = 0; round < options.rounds; round++) {
    derive(examples, scores, bench)
    const tree = grow(everything, options.depth, bench)
    trees.push(tree)
    for (let row = 0; row < size; row++) scores[row]! += valueAt(tree, columns, row)
  }
  return (asked) =>
    Float32Array.from(asked[0] ?? [], (_, row) =>
      trees.reduce((sum, tree) => sum + valueAt(tree, asked, row), 0),
    )
}

/** Different values at quantiles; an example is in bin b when b of them are below it. */
function cutsOf(column: Float32Array, bins: number): Float32Array {
  const sorted = column.slice().sort()
  const cuts = new Set<number>()
  for (let bin = 1; bin < bins; bin++) cuts.add(sorted[Math.floor((bin * sorted.length) / bins)]!)
  return Float32Array.from(cuts)
}

function binOf(cuts: Float32Array, value: number): number {
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (cuts[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

function derive({ labels, weights }: Examples, scores: Float64Array, { slope, bend }: Bench): void {
  for (let row = 0; row < scores.length; row++) {
    const chance = 1 / (1 + Math.exp(-scores[row]!))
    slope[row] = weights[row]! * (labels[row]! - chance)
    bend[row] = weights[row]! * chance * (1 - chance)
  }
}

function grow(rows: Int32Array, depth: number, bench: Bench): Tree {
  const cut = depth > 0 ? bestCut(rows, bench) : undefined
  if (!cut) return leafOf(rows, bench)
  const bins = bench.bins[cut.column]!
  return {
    isLeaf: false,
    column: cut.column,
    cut: bench.cuts[cut.column]![cut.bin]!,
    low: grow(
      rows.filter((row) => bins[row]! <= cut.bin),
      depth - 1,
      bench,
    ),
    high: grow(
      rows.filter((row) => bins[row]! > cut.bin),
      depth - 1,
      bench,
    ),
  }
}

function leafOf(rows: Int32Array, { options, slope, bend }: Bench): Leaf {
  let slopes = 0
  let bends = 0
  for (const row of rows) {
    slopes += slope[row]!
    bends += bend[row]!
  }
  return { isLeaf: true, value: (options.rate * slopes) / (bends + options.ridge) }
}

interface Cut {
  readonly column: number
  readonly bin: number
  readonly gain: number
}

function bestCut(rows: Int32Array, bench: Bench): Cut | undefined {
  let best: Cut | undefined
  for (const column of bench.bins.keys()) {
    const cut = bestCutOf(column, rows, bench)
    if (cut && cut.gain > (best?.gain ?? 1e-6)) best = cut
  }
  return best
}

/** G²/(H + λ) of both sides minus that of the whole, greatest over the cuts of a column. */
function bestCutOf(
  column: number,
  rows: Int32Array,
  { options, cuts, bins, slope, bend }: Bench,
): Cut | undefined {
  const size = cuts[column]!.length + 1
  const slopes = new Float64Array(size)
  const bends = new Float64Array(size)
  const counts = new Int32Array(size)
  for (const row of rows) {
    const bin = bins[column]![row]!
    slopes[bin]! += slope[row]!
    bends[bin]! += bend[row]!
    counts[bin]! += 1
  }
  const worth = (g: number, h: number): number => (g * g) / (h + options.ridge)
  const whole = { g: sumOf(slopes), h: sumOf(bends) }
  const low = { g: 0, h: 0, count: 0 }
  let best: Cut | undefined
  for (let bin = 0; bin < size - 1; bin++) {
    low.g += slopes[bin]!
    low.h += bends[bin]!
    low.count += counts[bin]!
    if (Math.min(low.count, rows.length - low.count) < options.leastExamples) continue
    const gain =
      worth(low.g, low.h) + worth(whole.g - low.g, whole.h - low.h) - worth(whole.g, whole.h)
    if (gain > (best?.gain ?? 0)) best = { column, bin, gain }
  }
  return best
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function valueAt(tree: Tree, columns: readonly Float32Array[], row: number): number {
  let at = tree
  while (!at.isLeaf) at = columns[at.column]![row]! <= at.cut ? at.low : at.high
  return at.value
}
