/** Our matrix products against ONNX Runtime alone: how much of its speed arrives at the caller. */
import { setTimeout } from 'node:timers/promises'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { normal, seededRandom } from '../../src/math/random.ts'
import { type MatmulOptions, type Matrix, openMatmul } from '../../src/tensor/matmul.ts'
import { createGraph } from '../../src/tensor/onnx.ts'

export interface MatmulFigures {
  readonly size: number
  readonly threads: number
  /** GFLOP/s, the best of the rounds. */
  readonly bare: number
  readonly here: number
  readonly worker: number
  /** Of `bare`, the better of ours in this thread and in a worker. */
  readonly share: number
}

const rounds = 12
const restMs = 20

/** Square matrices of each size. */
export async function benchMatmul(
  sizes: readonly number[] = [512, 1024, 2048],
  threads = 1,
): Promise<MatmulFigures[]> {
  const figures: MatmulFigures[] = []
  for (const size of sizes) figures.push(await measure(size, threads))
  for (const { size, bare, here, worker } of figures) {
    process.stdout.write(
      `${size}³ on ${threads} threads, GFLOP/s: ONNX Runtime alone ${bare.toFixed(0)}, ours in this thread ` +
        `${here.toFixed(0)} (${percent(here, bare)}), in a worker ${worker.toFixed(0)} (${percent(worker, bare)})\n`,
    )
  }
  return figures
}

/**
 * The three take turns, so that a busy machine is busy for all of them, and rest between: the threads of
 * ONNX Runtime alone spin on for a while and would take a core from whoever comes next.
 */
async function measure(size: number, threads: number): Promise<MatmulFigures> {
  const random = seededRandom(size)
  const a = randomMatrix(size, random)
  const b = randomMatrix(size, random)
  const ways = [await bareProduct(size, threads, a, b), ...(await ourProducts(threads, a, b))]
  const best = ways.map(() => Infinity)
  for (let round = 0; round < rounds; round++) {
    for (const [n, way] of ways.entries()) {
      await setTimeout(restMs)
      const start = performance.now()
      await way.run()
      best[n] = Math.min(best[n] ?? Infinity, performance.now() - start)
    }
  }
  for (const way of ways) await way.close()
  const [bare, here, worker] = best.map((ms) => (2 * size ** 3) / ms / 1e6) as [
    number,
    number,
    number,
  ]
  return { size, threads, bare, here, worker, share: Math.max(here, worker) / bare }
}

interface Way {
  run(): Promise<unknown>
  close(): Promise<void>
}

async function ourProducts(threads: number, a: Matrix, b: Matrix): Promise<Way[]> {
  return (['this', 'worker'] satisfies MatmulOptions['thread'][]).map((thread) => {
    const { multiply, close } = openMatmul({ threads, thread })
    return { run: () => multiply(a, b), close }
  })
}

async function bareProduct(size: number, threads: number, a: Matrix, b: Matrix): Promise<Way> {
  const graph = createGraph('bare')
  const left = graph.input('a', 'float32', [size, size])
  const right = graph.input('b', 'float32', [size, size])
  graph.output('c', graph.node('MatMul', [left, right]), 'float32', [size, size])
  const session = await InferenceSession.create(graph.toBytes(), { intraOpNumThreads: threads })
  const feeds = {
    a: new Tensor('float32', a.data, [size, size]),
    b: new Tensor('float32', b.data, [size, size]),
  }
  return { run: () => session.run(feeds), close: () => session.release() }
}

function randomMatrix(size: number, random: () => number): Matrix {
  const data = Float32Array.from({ length: size * size }, () => normal(random))
  return { rows: size, columns: size, data }
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`
}
