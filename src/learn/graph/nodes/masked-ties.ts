/**
 * A graph of ties of which some are asked for and the rest carry what nodes say to each other. A tie
 * that does both would answer for itself, and hidden ties, which carry nothing, would be found worse.
 */
import type { LearningKernel } from '../../../kernel/learning-kernel.ts'
import type { SparseMatrix } from '../../../kernel/learning-memory.ts'
import type { Graph } from '../../../math/graph.ts'
import type { Random } from '../../../math/random.ts'
import type { Pairs } from '../../links/links.ts'

export interface MaskedTies {
  /** [nodes × nodes] symmetric: (d(a) d(b))^-into at each tie that carries, 0 at those asked for */
  readonly matrix: SparseMatrix
  /** [nodes] ties that carry */
  readonly degrees: Int32Array
  /** [nodes] degree^-into, 0 without any */
  readonly scale: Float32Array
  /** Ties that are asked for, each once. */
  readonly asked: Pairs
  /** Draws anew which ties are asked for; a share of 0 lets all of them carry. */
  draw(share: number, random: Random): void
}

export function maskedTies(kernel: LearningKernel, graph: Graph, into: number): MaskedTies {
  const { size, starts, neighbours } = graph
  const matrix = kernel.sparse({
    ...{ rows: size, columns: size, starts, columnOf: neighbours },
    values: new Float32Array(neighbours.length),
  })
  const mirror = mirrorOf(graph)
  const degrees = new Int32Array(size)
  const scale = new Float32Array(size)
  let asked: Pairs = { from: new Int32Array(0), to: new Int32Array(0) }

  const values = matrix.values ?? new Float32Array(0)

  function weigh(isAsked: Uint8Array): void {
    eachRow((node, from, to) => {
      let asked = 0
      for (let place = from; place < to; place++) asked += isAsked[place]!
      degrees[node] = to - from - asked
      scale[node] = degrees[node] === 0 ? 0 : degrees[node]! ** -into
    })
    eachRow((node, from, to) => {
      for (let place = from; place < to; place++) {
        const weight = scale[node]! * scale[neighbours[place]!]!
        values[place] = isAsked[place] === 1 ? 0 : weight
      }
    })
  }

  function eachRow(visit: (node: number, from: number, to: number) => void): void {
    for (let node = 0; node < size; node++) visit(node, starts[node]!, starts[node + 1]!)
  }

  return {
    matrix,
    degrees,
    scale,
    get asked() {
      return asked
    },
    draw(share, random) {
      const isAsked = new Uint8Array(neighbours.length)
      const from: number[] = []
      const to: number[] = []
      for (let node = 0; node < size; node++) {
        for (let place = starts[node]!; place < starts[node + 1]!; place++) {
          if (neighbours[place]! < node || !(random() < share)) continue
          isAsked[place] = 1
          isAsked[mirror[place]!] = 1
          from.push(node)
          to.push(neighbours[place]!)
        }
      }
      asked = { from: Int32Array.from(from), to: Int32Array.from(to) }
      weigh(isAsked)
    },
  }
}

/** [2 × ties] where the same tie stands at its other end. */
function mirrorOf({ size, starts, neighbours }: Graph): Int32Array {
  const next = starts.slice(0, size)
  const mirror = new Int32Array(neighbours.length)
  // Rows are ascending, so the entries of a node's row are met in the order of the nodes at the other end.
  for (let node = 0; node < size; node++) {
    for (let place = starts[node]!; place < starts[node + 1]!; place++) {
      const at = next[neighbours[place]!]!++
      mirror[at] = place
    }
  }
  return mirror
}
