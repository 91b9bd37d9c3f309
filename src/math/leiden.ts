/**
 * Communities of a graph by modularity: nodes move where they gain most, each community is refined into
 * parts that hang together, the parts become the nodes of the next round (Leiden: Traag, Waltman & van
 * Eck 2019). Without refining it is Louvain (Blondel et al. 2008).
 */
import { type Graph, graphOf } from './graph.ts'
import { type Random, shuffle } from './random.ts'

export interface LeidenOptions {
  readonly random: Random
  /** γ: above 1 more and smaller communities. Default 1 */
  readonly resolution?: number | undefined
  /** [nodes] where to start from, so that little changes when the graph changed little. */
  readonly start?: Int32Array | undefined
  /** False: Louvain. */
  readonly refines?: boolean | undefined
}

/** One round's graph: nodes are parts of the original. */
interface Level {
  readonly graph: Graph
  /** [nodes] weight of all edges that end here, those inside counted twice */
  readonly strengths: Float64Array
  /** 2m */
  readonly total: number
}

/** @returns [nodes] communities 0 … n - 1, the largest first */
export function leiden(
  graph: Graph,
  { random, resolution = 1, start, refines = true }: LeidenOptions,
): Int32Array {
  let level = levelOf(graph)
  let nodeOf = identity(graph.size)
  let communities = start ? compact(start).of : identity(graph.size)
  for (;;) {
    communities = compact(moveNodes(level, communities, resolution, random)).of
    const refined = refines
      ? compact(refine(level, communities, resolution, random))
      : compact(communities)
    if (refined.count === level.graph.size) break
    const next = new Int32Array(refined.count)
    for (let node = 0; node < level.graph.size; node++) next[refined.of[node]!] = communities[node]!
    level = aggregate(level, refined.of, refined.count)
    nodeOf = nodeOf.map((node) => refined.of[node]!)
    communities = next
  }
  return bySize(nodeOf.map((node) => communities[node]!))
}

function levelOf(graph: Graph): Level {
  const strengths = new Float64Array(graph.size)
  let total = 0
  for (let node = 0; node < graph.size; node++) {
    for (let place = graph.starts[node]!; place < graph.starts[node + 1]!; place++) {
      strengths[node]! += graph.weights[place]!
    }
    total += strengths[node]!
  }
  return { graph, strengths, total }
}

/** Until no node gains by moving; whoever's neighbour moved is asked again. */
function moveNodes(
  { graph, strengths, total }: Level,
  start: Int32Array,
  resolution: number,
  random: Random,
): Int32Array {
  const { size, starts, neighbours } = graph
  const communities = start.slice()
  const sums = new Float64Array(size)
  for (let node = 0; node < size; node++) sums[communities[node]!]! += strengths[node]!
  const near = nearCommunities(graph)
  const queue = queueOf(shuffle(random, identity(size)))
  for (let node = queue.take(); node >= 0; node = queue.take()) {
    const own = communities[node]!
    sums[own]! -= strengths[node]!
    const touched = near.read(node, communities)
    const best = bestOf(touched, own, near.weights, sums, (resolution * strengths[node]!) / total)
    near.clear()
    sums[best]! += strengths[node]!
    communities[node] = best
    if (best === own) continue
    for (let place = starts[node]!; place < starts[node + 1]!; place++) {
      if (communities[neighbours[place]!] !== best) queue.add(neighbours[place]!)
    }
  }
  return communities
}

/** The greatest gain w_c - γ k Σ_c / 2m; the node stays where it is unless somewhere else is better. */
function bestOf(
  touched: readonly number[],
  own: number,
  weights: Float64Array,
  sums: Float64Array,
  price: number,
): number {
  let best = own
  let most = weights[own]! - price * sums[own]!
  for (const community of touched) {
    const gain = weights[community]! - price * sums[community]!
    if (gain <= most + 1e-12) continue
    most = gain
    best = community
  }
  return best
}

/** First in, first out; who waits already is not added again. */
function queueOf(nodes: Int32Array) {
  const size = nodes.length
  const isWaiting = new Uint8Array(size).fill(1)
  let head = 0
  let waiting = size
  return {
    /** -1 when nobody is left. */
    take(): number {
      if (waiting === 0) return -1
      const node = nodes[head]!
      head = (head + 1) % size
      waiting -= 1
      isWaiting[node] = 0
      return node
    },
    add(node: number): void {
      if (isWaiting[node] === 1) return
      nodes[(head + waiting) % size] = node
      waiting += 1
      isWaiting[node] = 1
    },
  }
}

/** Single nodes join a part of their community that they are tied to, when both hang well in it. */
function refine(
  level: Level,
  communities: Int32Array,
  resolution: number,
  random: Random,
): Int32Array {
  const { graph, strengths, total } = level
  const parts = identity(graph.size)
  const sums = strengths.slice()
  const isAlone = new Uint8Array(graph.size).fill(1)
  const { whole, outward } = tiesWithin(level, communities)
  const isWell = (part: number, community: number): boolean =>
    outward[part]! >= (resolution * sums[part]! * (whole[community]! - sums[part]!)) / total
  const near = nearCommunities(graph)
  for (const node of shuffle(random, identity(graph.size))) {
    const community = communities[node]!
    if (isAlone[node] === 0 || !isWell(node, community)) continue
    const touched = near
      .read(node, parts)
      .filter((part) => communities[part] === community && part !== node && isWell(part, community))
    // Alone it gains nothing, so what it joins must bring more than that.
    const price = (resolution * strengths[node]!) / total
    const alone = sums[node]!
    sums[node] = 0
    const best = bestOf(touched, node, near.weights, sums, price)
    sums[node] = alone
    if (best !== node) {
      parts[node] = best
      sums[best]! += strengths[node]!
      outward[best]! += outward[node]! - 2 * near.weights[best]!
      isAlone[best] = 0
      isAlone[node] = 0
    }
    near.clear()
  }
  return parts
}

/** Strength of each community, and of each node what ties it to the rest of its community. */
function tiesWithin({ graph, strengths }: Level, communities: Int32Array) {
  const { size, starts, neighbours, weights } = graph
  const whole = new Float64Array(size)
  const outward = new Float64Array(size)
  for (let node = 0; node < size; node++) {
    whole[communities[node]!]! += strengths[node]!
    for (let place = starts[node]!; place < starts[node + 1]!; place++) {
      if (communities[neighbours[place]!] === communities[node]) outward[node]! += weights[place]!
    }
  }
  return { whole, outward }
}

/** Weights of a node's ties by community, in scratch arrays that are cleared after each node. */
function nearCommunities({ size, starts, neighbours, weights: of }: Graph) {
  const weights = new Float64Array(size)
  const touched: number[] = []
  const isTouched = new Uint8Array(size)
  return {
    weights,
    read(node: number, communities: Int32Array): readonly number[] {
      for (let place = starts[node]!; place < starts[node + 1]!; place++) {
        const community = communities[neighbours[place]!]!
        weights[community]! += of[place]!
        if (isTouched[community] === 1) continue
        isTouched[community] = 1
        touched.push(community)
      }
      return touched
    },
    clear(): void {
      for (const community of touched) {
        weights[community] = 0
        isTouched[community] = 0
      }
      touched.length = 0
    },
  }
}

/** Parts become nodes; what is tied inside a part stays in its strength. */
function aggregate({ graph, strengths, total }: Level, parts: Int32Array, count: number): Level {
  const { size, starts, neighbours, weights } = graph
  const from: number[] = []
  const to: number[] = []
  const values: number[] = []
  const sums = new Float64Array(count)
  for (let node = 0; node < size; node++) {
    sums[parts[node]!]! += strengths[node]!
    for (let place = starts[node]!; place < starts[node + 1]!; place++) {
      const other = neighbours[place]!
      if (other < node || parts[other] === parts[node]) continue
      from.push(parts[node]!)
      to.push(parts[other]!)
      values.push(weights[place]!)
    }
  }
  return { graph: graphOf({ size: count, from, to, weights: values }), strengths: sums, total }
}

function identity(size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, node) => node)
}

/** Numbers without gaps, in order of first appearance. */
function compact(communities: Int32Array): { readonly of: Int32Array; readonly count: number } {
  const numbers = new Map<number, number>()
  const of = communities.map((community) => {
    const known = numbers.get(community)
    if (known !== undefined) return known
    numbers.set(community, numbers.size)
    return numbers.size - 1
  })
  return { of, count: numbers.size }
}

function bySize(communities: Int32Array): Int32Array {
  const { of, count } = compact(communities)
  const sizes = new Int32Array(count)
  for (const community of of) sizes[community]! += 1
  const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b)
  const rank = new Int32Array(count)
  for (const [place, community] of order.entries()) rank[community] = place
  return of.map((community) => rank[community]!)
}
