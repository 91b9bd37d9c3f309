/** Times a fit from outside, by what every trainer tells of its progress. */
import type { Dataset } from '../../src/learn/data/dataset.ts'
import { memoryPeak } from '../../src/learn/evaluate/memory-peak.ts'
import type { Machine, Trainer } from '../../src/learn/trainer.ts'
import { seededRandom } from '../../src/math/random.ts'

export interface StepFigures {
  /** The quickest of an iteration or epoch, the first left out where there are more. */
  readonly seconds: number
  readonly cpuSeconds: number
  /** The most that the process held, and what of that the fit took. */
  readonly memoryMb: number
  readonly ownMemoryMb: number
}

interface Mark {
  readonly at: number
  readonly cpu: number
}

export async function timeSteps(
  trainer: Trainer,
  dataset: Dataset,
  machine: Machine,
): Promise<StepFigures> {
  const marks: Mark[] = []
  const memory = memoryPeak()
  const model = await trainer.fit(dataset, {
    random: seededRandom(1),
    machine,
    progress: () => {
      memory.sample()
      marks.push(mark())
    },
  })
  await model.close?.()
  const steps = marks.slice(1).map((end, n) => {
    const start = marks[n] ?? end
    return { seconds: (end.at - start.at) / 1000, cpuSeconds: end.cpu - start.cpu }
  })
  const counted = steps.length > 1 ? steps.slice(1) : steps
  const best = (of: (step: (typeof steps)[number]) => number): number =>
    Math.min(...counted.map(of))
  return {
    seconds: best((step) => step.seconds),
    cpuSeconds: best((step) => step.cpuSeconds),
    ...memory.figures(),
  }
}

function mark(): Mark {
  const { user, system } = process.cpuUsage()
  return { at: performance.now(), cpu: (user + system) / 1e6 }
}
