/** A thread that learns node vectors behind everything else, and ends: what `fit-apart.ts` starts. */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { openLearningKernel } from '../../../kernel/learning-kernel.ts'
import { graphOf } from '../../../math/graph.ts'
import { seededRandom } from '../../../math/random.ts'
import type { ApartFit, FromFit } from './fit-apart.ts'
import { fitNodes } from './fit-nodes.ts'

const lowest = 19

async function work({ size, from, to, weights, features, options, seed }: ApartFit): Promise<void> {
  // On Linux this is the priority of this thread alone.
  setPriority(lowest)
  const kernel = openLearningKernel({ niceness: lowest })
  try {
    const graph = graphOf({ size, from, to, weights })
    const progress = (done: number, total: number): void => say({ kind: 'progress', done, total })
    const random = seededRandom(seed)
    const model = await fitNodes({ kernel, graph, features, options }, { random, progress })
    say({ kind: 'done', model })
  } finally {
    await kernel.close()
  }
}

function say(message: FromFit): void {
  parentPort?.postMessage(message)
}

if (parentPort) await work(workerData as ApartFit)
