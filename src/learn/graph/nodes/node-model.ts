/**
 * Who is near whom in a graph of ties, as vectors: each node's row is what it is by itself plus what
 * its ties give it. What ties give is a sum over them, so a new node or a new tie needs no new fit.
 */

/** Numbers of nodes that a tie gives or that say what somebody is about. */
export interface NodeFeatures {
  readonly width: number
  /** [nodes × width] unit rows, or zeros where nothing is known */
  readonly values: Float32Array
}

export interface NodeModel {
  readonly width: number
  /** Numbers of the features it was learned with; 0: none. */
  readonly featureWidth: number
  /** [nodes × width] what was learned of each node beside its features, w_0 E_v */
  readonly own: Float32Array
  /** [nodes × width] what a tie to each node gives */
  readonly given: Float32Array
  /** [(featureWidth + 2) × width] what features and `standingOf` a node mean, w_0 W */
  readonly map: Float32Array
  /** A row takes degree^-into of the sum of what its ties give. */
  readonly into: number
}

/** One node as it is now: perhaps new, perhaps with other ties than when the model was learned. */
export interface NodeNow {
  /** Its number in the model; at or above the model's nodes, or -1: it has no row of its own. */
  readonly node: number
  /** Numbers of its ties; those the model does not know give nothing. */
  readonly ties: ArrayLike<number>
  /** [featureWidth] */
  readonly features?: Float32Array | undefined
}

/** What everybody has: 1, and how many ties. */
export const standingWidth = 2

/** @param out [2] */
export function standingOf(ties: number, out: Float32Array): void {
  out[0] = 1
  out[1] = Math.log1p(ties) / usualLog
}

/** ln(1 + 50 ties), so that both numbers are about as large. */
const usualLog = 4

export function nodesOf({ own, width }: NodeModel): number {
  return own.length / width
}

/**
 * Row v = w_0 (E_v + X_v W) + d(v)^-into Σ_{u ∈ Γ(v)} given_u, which is LightGCN's weighted sum of layers
 * (He et al. 2020, eq. 8) with the last step made now, from the ties of now.
 * @param out [width] @returns how many numbers speak: 0 when nothing is known of the node
 */
export function placeNode(model: NodeModel, now: NodeNow, out: Float32Array): number {
  const { width, own, featureWidth, map } = model
  out.fill(0)
  const known = addTies(model, now.ties, out)
  const { node, features } = now
  if (node >= 0 && node < nodesOf(model)) {
    addScaled(out, own, node * width, 1)
  }
  let spoken = 0
  for (let feature = 0; feature < featureWidth; feature++) {
    const value = features?.[feature] ?? 0
    if (value === 0) continue
    spoken++
    addScaled(out, map, feature * width, value)
  }
  const standing = new Float32Array(standingWidth)
  standingOf(known, standing)
  for (const [n, value] of standing.entries()) {
    addScaled(out, map, (featureWidth + n) * width, value)
  }
  return known + spoken
}

function addScaled(out: Float32Array, rows: Float32Array, start: number, factor: number): void {
  for (let d = 0; d < out.length; d++) out[d]! += factor * rows[start + d]!
}

function addTies(
  { width, given, into }: NodeModel,
  ties: ArrayLike<number>,
  out: Float32Array,
): number {
  const nodes = given.length / width
  let known = 0
  for (let place = 0; place < ties.length; place++) {
    const start = ties[place]! * width
    if (ties[place]! < 0 || ties[place]! >= nodes) continue
    known++
    addScaled(out, given, start, 1)
  }
  const factor = known === 0 ? 0 : known ** -into
  for (let d = 0; d < width; d++) out[d]! *= factor
  return known
}

/** From -1 to 1; 0 when one is all zeros. */
export function cosineOf(a: Float32Array, b: Float32Array): number {
  let product = 0
  let squaresA = 0
  let squaresB = 0
  for (let d = 0; d < a.length; d++) {
    product += a[d]! * b[d]!
    squaresA += a[d]! ** 2
    squaresB += b[d]! ** 2
  }
  return product === 0 ? 0 : product / Math.sqrt(squaresA * squaresB)
}
