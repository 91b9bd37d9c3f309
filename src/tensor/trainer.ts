/** A training that runs: parameters and moments live in a worker, steps are fed from here. */
import { KithError } from '../errors.ts'
import { integer, type Random } from '../math/random.ts'
import { emitProgram, gradientPrefix, type State, scalarFeeds, type Training } from './compile.ts'
import { type Feeds, fitFeeds } from './feeds.ts'
import { joinSeeds } from './mask.ts'
import { openProgramHost } from './program-host.ts'
import type { HeldState, MaskOrder, Values } from './program-model.ts'
import { type Sizes, sizesOf } from './shape.ts'

export interface TensorTrainer {
  /**
   * One step. Several may be under way, to prepare a batch while the worker works; they run in the
   * order they were given.
   */
  step(feeds: Feeds): Promise<StepResult>
  /** Feeds of every later step: large tables that need not travel each time. */
  hold(feeds: Feeds): Promise<void>
  /** A parameter as it is now. @throws RangeError for a name that is none */
  read(name: string): Promise<Float32Array>
  /** Parameters by name, as `openForward` takes them. */
  parameters(): Promise<Parameters>
  /** Everything that going on needs, moments too. */
  save(): Promise<SavedState>
  close(): Promise<void>
}

export type Parameters = Readonly<Record<string, Float32Array>>

export interface StepResult {
  readonly loss: number
  /** The loss by each input that wants its gradient. */
  readonly gradients: Readonly<Record<string, Float32Array>>
  /** By the names given to `compileTraining`. */
  readonly results: Readonly<Record<string, Values>>
}

/** Of the form that `learn/trainer.ts` calls SavedModel. */
export interface SavedState {
  readonly tensors: Readonly<Record<string, Values>>
  readonly meta: Readonly<Record<string, string | number | boolean>>
}

export interface TrainerOptions {
  /** For the parameters' beginning and the seed of masks. */
  readonly random: Random
  /** Go on from here; the same steps give the same result as without a break. */
  readonly saved?: SavedState | undefined
  /**
   * Of ONNX Runtime. Default: 1, which it also is for programs that gather rows of a parameter: their
   * gradient goes wrong on several. Gather outside and feed rows that want their gradient instead.
   */
  readonly threads?: number | undefined
}

/** @throws KithError `invalid-input` when what was saved is of another training */
export async function openTrainer(
  training: Training,
  { random, saved, threads = 1 }: TrainerOptions,
): Promise<TensorTrainer> {
  const { program, optimizer, schedule } = training
  const compiled = emitProgram(program, true)
  const states = program.states.map((state, n) => ({
    ...compiled.states[n]!,
    values: beginning(state, random, saved),
  }))
  const drawn = integer(random, 0, 2 ** 31)
  const { seed: savedSeed = drawn, steps: savedSteps = 0 } = saved?.meta ?? {}
  const seed = Number(savedSeed)
  let steps = Number(savedSteps)
  const { bytes, outputs, inputs, threadLimit } = compiled
  const host = await openProgramHost({
    bytes,
    outputs,
    states,
    threads: Math.min(threads, threadLimit),
  })
  const heldSizes = new Map<string, number>()
  const parameterNames = program.states
    .filter(({ leaf }) => leaf.source.kind === 'parameter')
    .map(({ name }) => name)

  function masks(step: number, sizes: Sizes): MaskOrder[] {
    return compiled.masks.map(({ name, shape, rate }, n) => ({
      name,
      rate,
      shape: sizesOf(shape, sizes),
      seed: joinSeeds(seed, step, n),
    }))
  }
  async function readAll(names: readonly string[]): Promise<Record<string, Values>> {
    return host.ask({ kind: 'read', names })
  }

  return {
    async step(feeds) {
      const sizes = new Map(heldSizes)
      const fitted = fitFeeds(feeds, inputs, sizes)
      steps += 1
      const scalars = scalarValues(scalarFeeds(optimizer, schedule, steps))
      const answer = await host.ask({
        kind: 'run',
        feeds: { ...fitted, ...scalars },
        masks: masks(steps, sizes),
        expected: gradientShapes(compiled.outputs, fitted),
      })
      return resultOf(answer)
    },
    async hold(feeds) {
      await host.ask({ kind: 'hold', values: fitFeeds(feeds, inputs, heldSizes) })
    },
    async read(name) {
      if (!parameterNames.includes(name)) throw new RangeError(`There is no parameter "${name}".`)
      const values = await readAll([name])
      return values[name]!.data as Float32Array
    },
    async parameters() {
      const values = await readAll(parameterNames)
      return Object.fromEntries(
        Object.entries(values).map(([name, { data }]) => [name, data as Float32Array]),
      )
    },
    async save() {
      const at = steps
      const tensors = await readAll(states.map(({ name }) => name))
      return { tensors, meta: { steps: at, seed } }
    },
    close: host.close,
  }
}

/** Drawn in any case, so that what follows draws the same with and without a break. */
function beginning(
  { name, leaf: { source, shape } }: State,
  random: Random,
  saved: SavedState | undefined,
): HeldState['values'] {
  const fixed = shape.map(Number)
  const size = fixed.reduce((product, part) => product * part, 1)
  const drawn = source.kind === 'parameter' ? source.initial(fixed, random) : new Float32Array(size)
  const data = saved ? saved.tensors[name]?.data : drawn
  if (data instanceof Float32Array && data.length === size) return { shape: fixed, data }
  const reason = saved
    ? `What was saved does not fit: "${name}" should be [${fixed}]. Begin the training afresh.`
    : `The parameter "${name}" of [${fixed}] begins with ${drawn.length} numbers.`
  throw new KithError('invalid-input', reason)
}

function scalarValues(scalars: ReturnType<typeof scalarFeeds>): Record<string, Values> {
  return Object.fromEntries(
    scalars.map(([name, value]) => [name, { shape: [], data: Float32Array.of(value) }]),
  )
}

/** A gradient has the shape of what it is by. */
function gradientShapes(
  outputs: Readonly<Record<string, string>>,
  feeds: Record<string, Values>,
): Record<string, readonly number[]> {
  const names = Object.keys(outputs).filter((name) => name.startsWith(gradientPrefix))
  return Object.fromEntries(
    names.flatMap((name) => {
      const feed = feeds[name.slice(gradientPrefix.length)]
      return feed ? [[name, feed.shape]] : []
    }),
  )
}

function resultOf({ loss, ...answer }: Record<string, Values>): StepResult {
  const gradients: Record<string, Float32Array> = {}
  const results: Record<string, Values> = {}
  for (const [name, values] of Object.entries(answer)) {
    if (name.startsWith(gradientPrefix)) {
      gradients[name.slice(gradientPrefix.length)] = values.data as Float32Array
    } else results[name] = values
  }
  return { loss: loss!.data[0]!, gradients, results }
}
