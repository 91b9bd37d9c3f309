/**
 * Spectral filters over the graph of people and items, nothing trained: GF-CF's linear and ideal
 * low-pass filters (Shen et al., CIKM 2021, eq. 13), sharpened afterwards as BSPM does (Choi et al.,
 * SIGIR 2023, early merge with one Runge–Kutta step).
 */
import type { PackedFactor } from '../../kernel/learning/dense.ts'
import { type LearningKernel, openLearningKernel } from '../../kernel/learning-kernel.ts'
import type { SparseMatrix, Table } from '../../kernel/learning-memory.ts'
import { seededRandom } from '../../math/random.ts'
import { type Csr, rowColumns, transpose } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import { type TruncatedSvd, truncatedSvd } from '../linear/truncated-svd.ts'
import { columnCounts, poweredValues, rowCounts, scaled } from '../linear/weights.ts'
import type { Tunable } from '../search/space.ts'
import type { FitContext, Machine, Model, Trainer } from '../trainer.ts'

export interface GfCfOptions {
  /** Of the ideal low-pass filter; 0 = 1.4 times the root of the smaller side of the data. */
  readonly components: number
  /** α: how much the ideal low-pass filter counts beside the linear one. */
  readonly lowPass: number
  /** T of the sharpening, which takes away what neighbours have too; 0 = none, as GF-CF. */
  readonly sharpening: number
  /** Entries are divided by (items of the person)^userPower · (people of the item)^itemPower. */
  readonly userPower: number
  readonly itemPower: number
  /** How much of a value counts: 0 = had or not, 1 = the value itself. */
  readonly valuePower: number
  /** Of the subspace iteration that finds the components. */
  readonly iterations: number
}

/**
 * Between the best on the validation parts of ml-100k and lastfm (30 to 40 lots each) and of gowalla (a small
 * grid in a sketch). The paper's:
 * 256 components, lowPass 0.3, no sharpening, both powers ½.
 */
export const gfCfDefaults: GfCfOptions = {
  components: 0,
  lowPass: 0.35,
  sharpening: 0.75,
  userPower: 0.4,
  itemPower: 0.33,
  valuePower: 0,
  iterations: 8,
}

/** Chosen on the validation part of gowalla: a wide band, and what is common taken away from it. */
const wideOptions: Partial<GfCfOptions> = {
  components: 512,
  lowPass: 0.1,
  sharpening: 2,
  userPower: 0.3,
  itemPower: 0.45,
}

const mostUsersAtOnce = 128
/** Terms of the exponential beyond the first, as one Runge–Kutta step has them. */
const sharpeningOrder = 4
/** Of the start of the iteration, which ends at the same place from any. */
const startSeed = 1

export function gfCfTrainer(options: Partial<GfCfOptions> = {}): Trainer {
  const chosen = { ...gfCfDefaults, ...options }
  return {
    name: 'gf-cf',
    usesChance: false,
    async fit({ interactions }, context) {
      return filterModel(interactions, chosen, context.machine, (kernel, graph) =>
        passBandOf(kernel, graph, interactions, chosen, context),
      )
    },
    async load({ tensors, meta }, { interactions }: Dataset) {
      const { right, values } = tensors
      const options = { ...chosen, ...(meta as object) }
      return filterModel(interactions, options, undefined, async (kernel) => {
        const table = kernel.table(interactions.columns, right?.shape[1] ?? 0)
        table.values.set(right?.data ?? [])
        return { right: table, values: Float64Array.from(values?.data ?? []) }
      })
    },
  }
}

/** The same for large sparse data, where many more components carry something. */
export function gfCfWideTrainer(): Trainer {
  return { ...gfCfTrainer(wideOptions), name: 'gf-cf-wide' }
}

export const gfCfTunable: Tunable = {
  name: 'gf-cf',
  defaults: { ...gfCfDefaults },
  space: {
    components: { kind: 'whole', from: 8, to: 512, isLog: true },
    lowPass: { kind: 'real', from: 0.01, to: 3, isLog: true },
    sharpening: { kind: 'real', from: 0, to: 2.5 },
    userPower: { kind: 'real', from: 0.2, to: 0.7 },
    itemPower: { kind: 'real', from: 0.2, to: 0.7 },
    valuePower: { kind: 'choice', values: [0, 0, 0.05, 0.1, 0.2, 0.5] },
  },
  make: (options) => gfCfTrainer(options),
}

/** R̃ = D_U^-userPower R D_I^-itemPower and its transpose. */
interface Graph {
  readonly forward: SparseMatrix
  readonly backward: SparseMatrix
}

/** The largest singular values of R̃ and their right vectors V [items × components]. */
async function passBandOf(
  kernel: LearningKernel,
  { forward, backward }: Graph,
  interactions: Csr,
  { components, iterations }: GfCfOptions,
  { signal, progress }: FitContext,
): Promise<TruncatedSvd> {
  const most = Math.min(interactions.rows, interactions.columns)
  const bySize = Math.ceil(1.4 * Math.sqrt(most))
  return truncatedSvd(kernel, forward, backward, {
    components: Math.min(components || bySize, most),
    iterations,
    random: seededRandom(startSeed),
    signal,
    progress,
  })
}

async function filterModel(
  interactions: Csr,
  options: GfCfOptions,
  machine: Machine | undefined,
  passBand: (kernel: LearningKernel, graph: Graph) => Promise<TruncatedSvd>,
): Promise<Model> {
  const kernel = openLearningKernel({ threads: 2, ...machine })
  try {
    const powered = poweredValues(interactions, options.valuePower)
    const normalised = scaled(
      powered,
      inversePowers(rowCounts(interactions), options.userPower),
      inversePowers(columnCounts(interactions), options.itemPower),
    )
    const graph = {
      forward: kernel.sparse(normalised),
      backward: kernel.sparse(transpose(normalised).csr),
    }
    const band = await passBand(kernel, graph)
    scaleToUnit(graph, band.values[0] ?? 0)
    const lowPass = await lowPassOf(kernel, powered, band.right, options)
    return scorer({ kernel, graph, lowPass, powered, band, options })
  } catch (problem) {
    await kernel.close()
    throw problem
  }
}

/** The largest singular value is 1 by itself with both powers ½; made so, α and T mean the same with others. */
function scaleToUnit({ forward, backward }: Graph, largest: number): void {
  if (!(largest > 0)) return
  for (const { values } of [forward, backward]) {
    for (let entry = 0; entry < (values?.length ?? 0); entry++) values![entry]! /= largest
  }
}

function inversePowers(counts: Float32Array, power: number): Float32Array {
  return counts.map((count) => Math.max(1, count) ** -power)
}

interface LowPass {
  /** D_I^itemPower V [items × components] */
  readonly outward: Table
  /** R D_I^-itemPower V [people × components] */
  readonly people: Table
}

async function lowPassOf(
  kernel: LearningKernel,
  powered: Csr,
  right: Table,
  { itemPower }: GfCfOptions,
): Promise<LowPass> {
  const counts = columnCounts(powered)
  const outward = kernel.table(right.rows, right.width)
  for (let item = 0; item < right.rows; item++) {
    const factor = Math.max(1, counts[item]!) ** itemPower
    for (let cell = item * right.width; cell < (item + 1) * right.width; cell++) {
      outward.values[cell] = right.values[cell]! * factor
    }
  }
  const people = kernel.table(powered.rows, right.width)
  const ones = new Float32Array(powered.rows).fill(1)
  const inward = scaled(powered, ones, inversePowers(counts, itemPower))
  await kernel.sparseDense(kernel.sparse(inward), right, people)
  return { outward, people }
}

interface Parts {
  readonly kernel: LearningKernel
  readonly graph: Graph
  readonly lowPass: LowPass
  readonly powered: Csr
  readonly band: TruncatedSvd
  readonly options: GfCfOptions
}

/** Everything is kept with people in columns, as the sparse products want it, and turned at the end. */
function scorer(parts: Parts): Model {
  const { kernel, powered, band, options } = parts
  const items = powered.columns
  let work: Work | undefined
  return {
    async score(users, scores) {
      const wanted = Math.min(mostUsersAtOnce, users.length)
      if (!work || work.width < wanted) work = await workOf(parts, wanted)
      for (let from = 0; from < users.length; from += work.width) {
        const some = users.subarray(from, from + work.width)
        await filter(parts, work, some)
        await kernel.transpose(work.sum, work.turned)
        scores.set(work.turned.values.subarray(0, some.length * items), from * items)
      }
    },
    save() {
      const { iterations: _, ...meta } = options
      const { right, values } = band
      const tensors = {
        right: { shape: [right.rows, right.width], data: right.values.slice() },
        values: { shape: [values.length], data: Float32Array.from(values) },
      }
      return { tensors, meta }
    },
    close: () => kernel.close(),
  }
}

/** Tables for so many people at once, used again for each block of them. */
interface Work {
  readonly width: number
  /** [items × width] */
  readonly sum: Table
  readonly term: Table
  /** [people × width] */
  readonly images: Table
  /** [width × components] */
  readonly people: Table
  readonly packed: PackedFactor
  /** [width × items] */
  readonly turned: Table
}

async function workOf({ kernel, powered, lowPass }: Parts, users: number): Promise<Work> {
  const width = Math.ceil(users / 8) * 8
  const items = powered.columns
  const people = kernel.table(width, lowPass.people.width)
  return {
    width,
    sum: kernel.table(items, width),
    term: kernel.table(items, width),
    images: kernel.table(powered.rows, width),
    people,
    packed: await kernel.pack(people, { isTransposed: true }),
    turned: { rows: width, width: items, values: kernel.floats(width * items) },
  }
}

/** sum = Σ_j (-T)^j / j! · P̃^j (R P̃ + α R D_I^-b V Vᵀ D_I^b), j ≤ 4, with P̃ = R̃ᵀR̃. */
async function filter(parts: Parts, work: Work, users: Int32Array): Promise<void> {
  const { kernel, graph, lowPass, options } = parts
  const { sum, term, images } = work
  fillRows(parts, work, users)
  await kernel.sparseDense(graph.forward, term, images)
  await kernel.sparseDense(graph.backward, images, sum)
  const factor = await kernel.pack(work.people, { isTransposed: true, into: work.packed })
  await kernel.multiply(lowPass.outward, factor, sum, { scale: options.lowPass, isAdding: true })
  if (options.sharpening === 0) return
  term.values.set(sum.values)
  let weight = 1
  for (let order = 1; order <= sharpeningOrder; order++) {
    weight *= -options.sharpening / order
    await kernel.sparseDense(graph.forward, term, images)
    await kernel.sparseDense(graph.backward, images, term)
    await kernel.addScaled(sum, term, weight)
  }
}

/** The rows of these people: of R into `term`, of the low-pass filter into `people`. */
function fillRows({ powered, lowPass }: Parts, { width, term, people }: Work, users: Int32Array) {
  term.values.fill(0)
  people.values.fill(0)
  for (const [place, user] of users.entries()) {
    const start = powered.starts[user]!
    for (const [n, item] of rowColumns(powered, user).entries()) {
      term.values[item * width + place] = powered.values[start + n]!
    }
    const row = user * people.width
    people.values.set(lowPass.people.values.subarray(row, row + people.width), place * people.width)
  }
}
