/**
 * `npm run bench -- learn [--only part] [--threads n] [--json]`: how fast trainers learn and how that
 * grows. Parts: kernel, als, bpr, lightgcn, matmul, fused, growth. On gowalla where ../shared is, else on a
 * synthetic network of its size; growth always on synthetic ones.
 */
import { KithError } from '../src/errors.ts'
import { alsTrainer } from '../src/learn/trainers/als.ts'
import { bprTrainer } from '../src/learn/trainers/bpr.ts'
import { lightgcnTrainer } from '../src/learn/trainers/lightgcn.ts'
import { gowalla, type LearnData, synthetic } from './learn/data.ts'
import { benchFused } from './learn/fused.ts'
import { benchKernel } from './learn/kernel.ts'
import { benchMatmul } from './learn/matmul.ts'
import { type StepFigures, timeSteps } from './learn/steps.ts'
import { readOptions } from './options.ts'
import { renderRows } from './rows.ts'

interface Bench {
  readonly threads: number
  readonly data: () => Promise<LearnData>
}

type Part = (bench: Bench) => Promise<unknown>

const parts: Readonly<Record<string, Part>> = {
  async kernel({ data, threads }) {
    const figures = await benchKernel((await data()).dataset, threads)
    const { sparseDenseMs, denseGflops, roundTripMs } = figures
    say(`sparse · dense, both ways × 64: ${sparseDenseMs.toFixed(1)} ms`)
    say(`dense 1024³: ${denseGflops.toFixed(0)} GFLOP/s; a round trip ${roundTripMs.toFixed(3)} ms`)
    return figures
  },
  async als({ data, threads }) {
    const trainer = alsTrainer({ width: 128, iterations: 6 })
    return told(
      'iALS-128, an iteration',
      await timeSteps(trainer, (await data()).dataset, { threads }),
    )
  },
  async bpr({ data, threads }) {
    const trainer = bprTrainer({ width: 64, epochs: 4 })
    return told(
      'BPR-MF-64, an epoch',
      await timeSteps(trainer, (await data()).dataset, { threads }),
    )
  },
  async lightgcn({ data, threads }) {
    const trainer = lightgcnTrainer({ epochs: 2, threads })
    const { dataset } = await data()
    return told(
      'LightGCN (3 layers × 64), an epoch',
      await timeSteps(trainer, dataset, { threads }),
    )
  },
  matmul: ({ threads }) => benchMatmul([512, 1024, 2048], threads),
  fused: ({ threads }) => benchFused(threads),
  growth: ({ threads }) => growth(threads),
}

export async function bench(args: string[]): Promise<void> {
  const { only, json, threads } = readOptions(args, { only: '', json: false, threads: 2 })
  if (only && !parts[only]) throw unknownPart(only)
  const loaded = once(gowalla)
  const data = async (): Promise<LearnData> => {
    const found = await loaded()
    say(`data: ${found.name}`)
    return found
  }
  const figures: Record<string, unknown> = { threads, data: (await loaded()).name }
  for (const [name, part] of Object.entries(parts)) {
    if (only === '' || only === name) figures[name] = await part({ threads, data })
  }
  if (json) say(JSON.stringify(figures))
}

const scales = [1, 3, 10]

interface Growth {
  readonly times: number
  readonly als: StepFigures
  readonly lightgcn: StepFigures
}

/** A fit at one, three and ten times gowalla's size, by least squares and on the graph. */
async function growth(threads: number): Promise<Growth[]> {
  const found: Growth[] = []
  for (const times of scales) {
    const { name, dataset } = synthetic(times)
    say(`growth: ${name}`)
    const als = await timeSteps(alsTrainer({ width: 128, iterations: 2 }), dataset, { threads })
    told('iALS-128, an iteration', als)
    // Batches grow with the data, as they do in a fit of the default options: 100 steps an epoch.
    const graph = lightgcnTrainer({ epochs: 1, threads })
    const lightgcn = await timeSteps(graph, dataset, { threads })
    told('LightGCN, an epoch', lightgcn)
    found.push({ times, als, lightgcn })
  }
  const heads = ['', 'iALS-128 s', 'CPU s', 'own MB', 'LightGCN s', 'CPU s', 'own MB']
  const rows = found.map(({ times, als, lightgcn }) => [
    `× ${times}`,
    ...[als, lightgcn].flatMap(({ seconds, cpuSeconds, ownMemoryMb }) => [
      seconds.toFixed(2),
      cpuSeconds.toFixed(2),
      `${ownMemoryMb}`,
    ]),
  ])
  say(renderRows([heads, ...rows]))
  return found
}

function told(what: string, figures: StepFigures): StepFigures {
  const { seconds, cpuSeconds, memoryMb, ownMemoryMb } = figures
  const time = `${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of CPU)`
  say(`${what}: ${time}; ${ownMemoryMb} MB of its own, ${memoryMb} MB in all`)
  return figures
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}

function unknownPart(only: string): KithError {
  const message = `learn has no part "${only}". Choose one of: ${Object.keys(parts).join(', ')}.`
  return new KithError('invalid-input', message)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
