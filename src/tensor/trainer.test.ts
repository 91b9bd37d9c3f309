import { describe, expect, it } from 'vitest'
import { normal as drawNormal, seededRandom } from '../math/random.ts'
import { compileTraining, scalarFeeds, type Training, type TrainingOptions } from './compile.ts'
import { type Expression, input, parameter } from './expression.ts'
import { openForward } from './forward.ts'
import { normal, zeros } from './initial.ts'
import { dense } from './layers.ts'
import { crossEntropy } from './losses.ts'
import { mul, sub } from './operations/arithmetic.ts'
import { dropout } from './operations/dropout.ts'
import { gelu, square } from './operations/elementwise.ts'
import { matmul } from './operations/matmul.ts'
import { sum } from './operations/reduce.ts'
import { gather } from './operations/rows.ts'
import { mean } from './operations/statistics.ts'
import { adam, adamW, type Optimizer, sgd } from './optimizers.ts'
import { workOut } from './reference.ts'
import { cosine, linear, steady } from './schedules.ts'
import { openTrainer, type SavedState, type TensorTrainer } from './trainer.ts'

/** Two spirals of points, told apart by a small network with dropout. */
function spirals(rate = 0.1): { training: Training; logits: Expression } {
  const x = input('x', 'float32', ['batch', 2])
  const hidden = gelu(dense('first', x, 32))
  const logits = dense('last', gelu(dense('second', dropout(hidden, rate), 32)), 2)
  const loss = crossEntropy(logits, input('labels', 'int32', ['batch']))
  const schedule = cosine({ rate: 0.02, steps: 300, warmUp: 20 })
  return { training: compileTraining({ loss, optimizer: adamW(), schedule, clip: 1 }), logits }
}

function points(count: number, seed: number): { x: Float32Array; labels: Int32Array } {
  const random = seededRandom(seed)
  const labels = Int32Array.from({ length: count }, (_, n) => n % 2)
  const x = new Float32Array(2 * count)
  for (const [n, label] of labels.entries()) {
    const turn = 4 * random()
    x[2 * n] = turn * Math.cos(turn + label * Math.PI) * 0.5
    x[2 * n + 1] = turn * Math.sin(turn + label * Math.PI) * 0.5
  }
  return { x, labels }
}

async function train(trainer: TensorTrainer, from: number, to: number): Promise<number> {
  let loss = 0
  for (let step = from; step < to; step++) loss = (await trainer.step(points(64, step))).loss
  return loss
}

describe('a training', () => {
  it('learns, and answers with what it learned', async () => {
    const { training, logits } = spirals()
    const trainer = await openTrainer(training, { random: seededRandom(1) })
    await train(trainer, 0, 300)
    const forward = await openForward({ logits }, { parameters: await trainer.parameters() })
    const { x, labels } = points(400, 1_000)
    const answers = await forward.run({ x })
    await trainer.close()
    await forward.close()
    const [{ data, shape }] = Object.values(answers) as [(typeof answers)[string]]
    expect(shape).toEqual([400, 2])
    const right = labels.filter((label, n) => data[2 * n + label]! > data[2 * n + 1 - label]!)
    expect(right.length / 400).toBeGreaterThan(0.95)
  })

  it('stopped and taken up again ends where an unbroken one ends', async () => {
    const { training } = spirals()
    const unbroken = await openTrainer(training, { random: seededRandom(2) })
    await train(unbroken, 0, 10)
    const expected = await unbroken.save()
    await unbroken.close()

    const before = await openTrainer(training, { random: seededRandom(2) })
    await train(before, 0, 6)
    const saved = await before.save()
    await before.close()
    const after = await openTrainer(training, { random: seededRandom(2), saved })
    await train(after, 6, 10)
    expect(await after.save()).toEqual(expected)
    await after.close()
  })

  it('another seed draws another beginning and other masks', async () => {
    const { training } = spirals()
    const ends: SavedState[] = []
    for (const seed of [1, 2]) {
      const trainer = await openTrainer(training, { random: seededRandom(seed) })
      await train(trainer, 0, 1)
      ends.push(await trainer.save())
      await trainer.close()
    }
    expect(ends[0]).not.toEqual(ends[1])
  })

  it('gives the gradient of rows that the caller keeps, and what else is asked for', async () => {
    const rows = input('rows', 'float32', ['n', 3], { wantsGradient: true })
    const weight = parameter('weight', [3], () => Float32Array.of(1, 2, 3))
    const total = sum(mul(rows, weight), -1)
    const training = compileTraining({
      loss: sum(total),
      optimizer: sgd(),
      schedule: steady(0.5),
      results: { total },
    })
    const trainer = await openTrainer(training, { random: seededRandom(1) })
    const { loss, gradients, results } = await trainer.step({
      rows: Float32Array.of(1, 1, 1, 0, 0, 2),
    })
    expect(loss).toBe(12)
    expect(gradients).toEqual({ rows: Float32Array.of(1, 2, 3, 1, 2, 3) })
    expect(results).toEqual({ total: { shape: [2], data: Float32Array.of(6, 6) } })
    expect([...(await trainer.read('weight'))]).toEqual([0.5, 1.5, 1.5])
    await trainer.close()
  })

  it('holds tables that need not travel, and takes several steps at once in their order', async () => {
    const table = input('table', 'float32', ['rows', 2])
    const picked = gather(table, input('ids', 'int32', ['batch']))
    const weight = parameter('weight', [2, 1], zeros)
    const error = sub(matmul(picked, weight), input('target', 'float32', ['batch', 1]))
    const training = compileTraining({
      loss: mean(square(error)),
      optimizer: sgd({ momentum: 0.9 }),
      schedule: steady(0.05),
    })
    const trainer = await openTrainer(training, { random: seededRandom(1) })
    await trainer.hold({ table: Float32Array.of(1, 0, 0, 1, 1, 1) })
    const steps = Array.from({ length: 200 }, () =>
      trainer.step({ ids: Int32Array.of(0, 1, 2), target: Float32Array.of(2, -1, 1) }),
    )
    const losses = (await Promise.all(steps)).map(({ loss }) => loss)
    expect(losses[0]).toBeCloseTo(2, 5)
    expect(losses[199]).toBeLessThan(1e-4)
    const [first, second] = await trainer.read('weight')
    expect([first, second].map((value) => Number(value?.toFixed(2)))).toEqual([2, -1])
    await trainer.close()
  })

  it('adds up the gradients of repeated rows exactly, whatever the threads', async () => {
    const table = parameter('table', [3, 64], zeros)
    const rows = gather(table, input('ids', 'int32', ['n']))
    const training = compileTraining({ loss: sum(rows), optimizer: sgd(), schedule: steady(1) })
    const trainer = await openTrainer(training, { random: seededRandom(1), threads: 2 })
    await trainer.step({ ids: Int32Array.from({ length: 60_000 }, (_, n) => n % 3) })
    expect(new Set(await trainer.read('table'))).toEqual(new Set([-20_000]))
    await trainer.close()
  })

  it('refuses feeds that do not fit, and a saved state of another training', async () => {
    const { training } = spirals()
    const trainer = await openTrainer(training, { random: seededRandom(1) })
    const { x, labels } = points(4, 1)
    await expect(trainer.step({ x, labels: labels.slice(1) })).rejects.toThrow('"labels"')
    await expect(trainer.step({ x: labels, labels })).rejects.toThrow('must be float32')
    await expect(trainer.step({ x, labels, z: x })).rejects.toThrow('inputs are x, labels')
    await expect(trainer.step({ x })).rejects.toThrow('labels')
    const { tensors, meta } = await trainer.save()
    const { 'first.bias': _, ...others } = tensors
    await expect(
      openTrainer(training, { random: seededRandom(1), saved: { tensors: others, meta } }),
    ).rejects.toThrow('first.bias')
    await trainer.close()
    await expect(trainer.step({ x, labels })).rejects.toThrow('closed')
  })
})

describe.each([
  ['SGD', sgd()],
  ['SGD with momentum', sgd({ momentum: 0.8 })],
  ['Adam', adam()],
  ['AdamW', adamW({ decay: 0.1 })],
] as [string, Optimizer][])('%s', (_, optimizer) => {
  it('steps in ONNX Runtime as in the reference', async () => {
    const x = input('x', 'float32', [4, 3])
    const loss = mean(square(sub(dense('layer', x, 2), 1)))
    const options: TrainingOptions = { loss, optimizer, schedule: steady(0.05), clip: 0.5 }
    const training = compileTraining(options)
    const random = seededRandom(3)
    const feed = Float32Array.from({ length: 12 }, () => drawNormal(random))
    const trainer = await openTrainer(training, { random: seededRandom(4) })
    const expected = new Map(
      Object.entries((await trainer.save()).tensors).map(([name, { data }]) => [name, [...data]]),
    )
    for (let step = 1; step <= 5; step++) {
      await trainer.step({ x: feed })
      stepInReference(training, step, feed, expected)
    }
    const { tensors } = await trainer.save()
    await trainer.close()
    for (const [name, values] of expected) {
      for (const [n, value] of values.entries()) {
        expect(tensors[name]!.data[n], `${name}[${n}]`).toBeCloseTo(value, 5)
      }
    }
  })
})

function stepInReference(
  { program: { states }, optimizer, schedule }: Training,
  step: number,
  x: Float32Array,
  held: Map<string, number[]>,
): void {
  const scalars = new Map(scalarFeeds(optimizer, schedule, step))
  const next = workOut(
    states.map((state) => state.next!),
    {
      valueOf(leaf) {
        if (leaf.kind === 'mask') return []
        if (leaf.kind !== 'input') return held.get(leaf.name)!
        return leaf.name === 'x' ? x : [scalars.get(leaf.name)!]
      },
    },
  )
  for (const [n, { name }] of states.entries()) held.set(name, [...next[n]!.data])
}

it('a cosine schedule rises, falls and stays at its floor', () => {
  const rate = cosine({ rate: 2, steps: 110, warmUp: 10, floor: 0.1 })
  expect([1, 10, 60, 110, 500].map((step) => Number(rate(step).toFixed(6)))).toEqual([
    0.2, 2, 1.1, 0.2, 0.2,
  ])
})

it('a linear schedule rises and falls evenly', () => {
  const rate = linear({ rate: 2, steps: 110, warmUp: 10, floor: 0.1 })
  expect([1, 10, 60, 110, 500].map((step) => Number(rate(step).toFixed(6)))).toEqual([
    0.2, 2, 1.1, 0.2, 0.2,
  ])
})

it('a normal beginning has the deviation it says', () => {
  const drawn = normal(0.3)([100, 100], seededRandom(1))
  const squares = drawn.reduce((total, value) => total + value ** 2, 0)
  expect(Math.sqrt(squares / drawn.length)).toBeCloseTo(0.3, 2)
})
