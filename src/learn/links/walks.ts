/** How easily walks from one person end at another: Katz's index and PageRank with returning. */
import type { LearningKernel } from '../../kernel/learning-kernel.ts'
import type { SparseMatrix, Table } from '../../kernel/learning-memory.ts'
import { degreeOf, type Graph } from '../../math/graph.ts'
import type { LinkContext, LinkScorer, Pairs } from './links.ts'

/** What walks of each length count. */
export interface Walk {
  /** `paths`: every edge counts 1; `chances`: each step goes to any neighbour alike. */
  readonly kind: 'paths' | 'chances'
  /** [steps + 1] */
  readonly factors: readonly number[]
}

export interface WalkScores {
  /** [pairs] Σ_k factor_k (M^k)[to, from] */
  readonly there: Float32Array
  /** [pairs] the same from `to` to `from` */
  readonly back: Float32Array
}

/** Katz (1953): Σ_k β^k A^k, β below the inverse of the greatest eigenvalue, cut after five steps. */
export const katzWalk: Walk = { kind: 'paths', factors: powersOf(0.005, 5) }
/** α Σ_k (1 - α)^k P^k (Page et al. 1999, personalised), until a seventh is left. */
export const returningWalk: Walk = { kind: 'chances', factors: powersOf(0.85, 12) }

const sourcesAtOnce = 64

function powersOf(base: number, steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, step) => base ** step)
}

/**
 * Blocks of start nodes go together through the sparse products of the kernel. One end of a pair is
 * enough: paths count alike both ways, and d(a) P^k[b, a] = d(b) P^k[a, b].
 */
export async function walkScores(
  graph: Graph,
  pairs: Pairs,
  walks: readonly Walk[],
  { kernel, signal, progress }: LinkContext,
): Promise<WalkScores[]> {
  const pairsOf = pairsBySource(graph, pairs)
  const sources = [...pairsOf.keys()]
  const scores = walks.map(() => emptyScores(pairs))
  const walker = walkerOn(graph, kernel)
  for (let first = 0; first < sources.length; first += sourcesAtOnce) {
    signal?.throwIfAborted()
    progress?.(first, sources.length)
    const some = sources.slice(first, first + sourcesAtOnce)
    for (const [nth, walk] of walks.entries()) {
      const { values, width } = await walker(some, walk)
      for (const [column, source] of some.entries()) {
        for (const pair of pairsOf.get(source)!) {
          const target = pairs.from[pair] === source ? pairs.to[pair]! : pairs.from[pair]!
          const value = values[target * width + column]!
          putBothWays(scores[nth]!, walk, { graph, pairs, pair, source, target, value })
        }
      }
    }
  }
  return scores
}

function emptyScores({ from }: Pairs): WalkScores {
  return { there: new Float32Array(from.length), back: new Float32Array(from.length) }
}

/** Of each pair the end that is asked about anyway, else the one with more ties. */
function pairsBySource(graph: Graph, { from, to }: Pairs): Map<number, number[]> {
  const pairsOf = new Map<number, number[]>()
  for (const [pair, a] of from.entries()) {
    const b = to[pair]!
    const isFirst = pairsOf.has(a) || (!pairsOf.has(b) && degreeOf(graph, a) > degreeOf(graph, b))
    const source = isFirst ? a : b
    const known = pairsOf.get(source)
    if (known) known.push(pair)
    else pairsOf.set(source, [pair])
  }
  return pairsOf
}

interface Reached {
  readonly graph: Graph
  readonly pairs: Pairs
  readonly pair: number
  readonly source: number
  readonly target: number
  /** From source to target. */
  readonly value: number
}

function putBothWays(
  { there, back }: WalkScores,
  { kind }: Walk,
  { graph, pairs, pair, source, target, value }: Reached,
): void {
  const turned =
    kind === 'paths' || value === 0
      ? value
      : (value * degreeOf(graph, source)) / degreeOf(graph, target)
  const startsAtSource = pairs.from[pair] === source
  there[pair] = startsAtSource ? value : turned
  back[pair] = startsAtSource ? turned : value
}

/** @returns from start nodes [s] to [nodes × s]: what walks from each are worth at every node */
function walkerOn(graph: Graph, kernel: LearningKernel) {
  const matrices: Readonly<Record<Walk['kind'], SparseMatrix>> = {
    paths: kernel.sparse(sparseOf(graph)),
    chances: kernel.sparse(sparseOf(graph, chancesOf(graph))),
  }
  const sum = kernel.table(graph.size, sourcesAtOnce)
  const spare = [kernel.table(graph.size, sourcesAtOnce), kernel.table(graph.size, sourcesAtOnce)]
  return async (sources: readonly number[], { kind, factors }: Walk): Promise<Table> => {
    let [at, next] = spare as [Table, Table]
    at.values.fill(0)
    for (const [column, source] of sources.entries()) at.values[source * at.width + column] = 1
    sum.values.fill(0)
    for (const [step, factor] of factors.entries()) {
      if (step > 0) {
        await kernel.sparseDense(matrices[kind], at, next)
        ;[at, next] = [next, at]
      }
      await kernel.addScaled(sum, at, factor)
    }
    return sum
  }
}

export function sparseOf({ size, starts, neighbours }: Graph, values?: Float32Array) {
  return { rows: size, columns: size, starts, columnOf: neighbours, values }
}

/** P[to, from] = 1 / degree(from) */
function chancesOf(graph: Graph): Float32Array {
  return Float32Array.from(graph.neighbours, (node) => 1 / degreeOf(graph, node))
}

export const walkScorers: readonly LinkScorer[] = [
  walkScorer('katz', katzWalk),
  walkScorer('personalised-pagerank', returningWalk),
]

function walkScorer(name: string, walk: Walk): LinkScorer {
  return {
    name,
    async score(graph, pairs, context) {
      const [scores] = await walkScores(graph, pairs, [walk], context)
      return scores!.there.map((there, pair) => there + scores!.back[pair]!)
    },
  }
}
