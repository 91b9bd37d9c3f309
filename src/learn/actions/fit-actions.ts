/**
 * Learns what people do about what they are shown. Curves are fitted on the older slates, brought to the
 * scale of probabilities on newer ones (Platt 1999), and measured on the newest, which taught nothing;
 * then the same is done once more with these among the taught.
 */
import { z } from 'zod'
import { actionValues, type ForetoldAction, foretoldActions } from '../../domain/action-values.ts'
import { calibrationOf } from '../evaluate/calibration.ts'
import { type ActionCurve, type ActionModel, logOddsOf, placeSteps } from './action-model.ts'
import { boundedNewton } from './bounded-newton.ts'
import { type Columns, columnsOf, type Design, designOf, zeroKnot } from './design.ts'
import { plattOf } from './platt.ts'
import { chooseKnots, type Knots } from './shapes.ts'
import { hasOutcome, rowsOf, type Slate, type Slates } from './slates.ts'

export interface ActionFit {
  /** What each part counted before, with its sign: curves keep it, and begin as straight lines. [parts] */
  readonly before: Float64Array
  /** Weight of the prior: how many surprises it takes to bend a curve. */
  readonly prior?: number
  readonly report?: ((name: string, step: number, value: number) => void) | undefined
  readonly breathe?: (() => Promise<void>) | undefined
}

export interface FittedActions {
  readonly model: ActionModel
  readonly measured: readonly ActionMeasure[]
}

/** How an action was foretold on the newest slates. */
export const actionMeasureSchema = z.strictObject({
  action: z.enum(foretoldActions),
  rows: z.number(),
  done: z.number(),
  /** Mean of the probabilities over how often it was done: 1 is right. */
  foretoldToDone: z.number(),
  /** Expected calibration error in ten bins of equal width. */
  calibrationError: z.number(),
  /** Mean of -log p, of the model and of the one frequency for all. */
  logLoss: z.number(),
  baseLogLoss: z.number(),
})
export type ActionMeasure = Readonly<z.output<typeof actionMeasureSchema>>

/** Rarer actions are not foretold: nothing could be said of them. */
const leastDone = 30
const shares = { fit: 0.7, calibrate: 0.15 }
const knotCount = 10
const knotSample = 20_000
/** Against a surprise: what a place, a word of the context, the base is held by. */
const strengths = { place: 1, context: 4, base: 1e-3 }
/** Beyond what curves need at their ends, so that no piece is without any hold. */
const leastStrength = 0.05

/** Undefined where too little was done to learn from. */
export async function fitActions(
  { parts, slates }: Pick<Slates, 'parts' | 'slates'>,
  fit: ActionFit,
): Promise<FittedActions | undefined> {
  const [first, second] = [shares.fit, shares.fit + shares.calibrate]
  const older = Math.round(slates.length * first)
  const newer = Math.round(slates.length * second)
  const tried = await fitOn(parts, slates.slice(0, older), slates.slice(older, newer), fit)
  if (!tried) return undefined
  const measured = tried.curves.map((curve) => measureOf(tried, curve, slates.slice(newer)))
  // What was measured is the recipe; what serves is made by it once more, from all there is.
  const fromAll = slates.length - (newer - older)
  const model = await fitOn(parts, slates.slice(0, fromAll), slates.slice(fromAll), fit)
  return model && { model, measured }
}

async function fitOn(
  parts: readonly string[],
  older: readonly Slate[],
  newer: readonly Slate[],
  fit: ActionFit,
): Promise<ActionModel | undefined> {
  const knots = chooseKnots(knotSource(older, parts.length), knotCount)
  const columns = columnsOf(older, knots)
  const design = designOf(older, knots, columns)
  const curves: ActionCurve[] = []
  for (const action of foretoldActions) {
    const targets = targetsOf(older, foretoldActions.indexOf(action))
    if (count(targets) < leastDone) continue
    const curve = await fitCurve(action, { design, targets, knots }, fit)
    const model = { parts, knots, curves: [curve] }
    curves.push(calibrated(model, newer))
  }
  return curves.length === 0 ? undefined : { parts, knots, curves }
}

function count(targets: Uint8Array): number {
  return targets.reduce((sum, target) => sum + target, 0)
}

function targetsOf(slates: readonly Slate[], action: number): Uint8Array {
  const targets = new Uint8Array(slates.reduce((sum, slate) => sum + rowsOf(slate), 0))
  let at = 0
  for (const slate of slates) {
    for (let row = 0; row < rowsOf(slate); row++, at++) {
      targets[at] = hasOutcome(slate, row, action) ? 1 : 0
    }
  }
  return targets
}

function knotSource(slates: readonly Slate[], columns: number) {
  const rows = slates.reduce((sum, slate) => sum + rowsOf(slate), 0)
  const stride = Math.max(1, Math.ceil(rows / knotSample))
  return {
    columns,
    valuesOf(column: number): Float32Array {
      const values: number[] = []
      let at = 0
      for (const slate of slates) {
        for (let row = 0; row < rowsOf(slate); row++, at++) {
          if (at % stride === 0) values.push(slate.parts[row * columns + column]!)
        }
      }
      return Float32Array.from(values)
    },
  }
}

interface CurveFit {
  readonly design: Design
  readonly targets: Uint8Array
  readonly knots: Knots
}

async function fitCurve(
  action: ForetoldAction,
  { design, targets, knots }: CurveFit,
  { before, prior = 1, report, breathe }: ActionFit,
): Promise<ActionCurve> {
  const { columns } = design
  const { size } = columns
  // What makes people glad keeps them from hiding.
  const sense = Math.sign(actionValues[action])
  const line = straight(before, knots, columns)
  const scale = await scaleOf(
    design,
    targets,
    line.map((value) => sense * value),
  )
  const weights = await boundedNewton(
    {
      ...{ ...design, size, targets },
      center: line.map((value, j) =>
        j === columns.base ? scale.base : sense * scale.slope * value,
      ),
      strength: strengthsOf(columns, knots, prior),
      signs: signsOf(before, columns, sense),
    },
    { breathe, report: (step, loss) => report?.(`actions/${action}`, step, loss / targets.length) },
  )
  return curveOf(action, weights, columns, knots)
}

/** The weights from before as rises over pieces. [size] */
function straight(
  before: Float64Array,
  { count: knots, at }: Knots,
  columns: Columns,
): Float64Array {
  const line = new Float64Array(columns.size)
  for (const [part, weight] of before.entries()) {
    for (let piece = 0; piece < columns.pieces; piece++) {
      const knot = part * knots + piece
      line[part * columns.pieces + piece] = weight * (at[knot + 1]! - at[knot]!)
    }
  }
  return line
}

/** Of log-odds = base + slope · (what the feed added up before): what the prior is around. */
async function scaleOf(design: Design, targets: Uint8Array, line: Float64Array) {
  const rows = targets.length
  const starts = Int32Array.from({ length: rows + 1 }, (_, row) => 2 * row)
  const values = new Float32Array(2 * rows)
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let at = design.starts[row]!; at < design.starts[row + 1]!; at++) {
      sum += design.values[at]! * line[design.cells[at]!]!
    }
    values[2 * row] = sum
    values[2 * row + 1] = 1
  }
  const [slope = 0, base = 0] = await boundedNewton({
    ...{ size: 2, starts, values, targets, offsets: design.offsets },
    cells: Int32Array.from(values, (_, at) => at % 2),
    center: Float64Array.of(1, Math.log((count(targets) + 1) / (rows + 2))),
    strength: Float64Array.of(1, strengths.base),
    signs: Int8Array.of(1, 0),
  })
  return { slope, base }
}

/** A piece is the stiffer the shorter it is: what is held is the slope, over the whole of its length. */
function strengthsOf(columns: Columns, { count: knots, at }: Knots, prior: number): Float64Array {
  return Float64Array.from({ length: columns.size }, (_, j) => {
    if (j === columns.base) return strengths.base
    if (j >= columns.firstContext) return strengths.context
    if (j >= columns.firstPlace) return strengths.place
    const knot = Math.floor(j / columns.pieces) * knots + (j % columns.pieces)
    return leastStrength + prior / Math.max(1e-3, at[knot + 1]! - at[knot]!) / columns.pieces
  })
}

function signsOf(before: Float64Array, columns: Columns, sense: number): Int8Array {
  return Int8Array.from({ length: columns.size }, (_, j) => {
    if (j >= columns.firstPlace && j < columns.firstContext) return -1
    const weight = before[Math.floor(j / columns.pieces)]
    return j < columns.base && weight !== undefined ? sense * (weight < 0 ? -1 : 1) : 0
  })
}

function curveOf(
  action: ForetoldAction,
  weights: Float64Array,
  columns: Columns,
  knots: Knots,
): ActionCurve {
  const heights = new Float64Array(knots.at.length)
  for (let part = 0; part < columns.parts; part++) {
    const zero = zeroKnot(knots, part)
    const first = part * knots.count
    const rise = (piece: number): number => weights[part * columns.pieces + piece]!
    for (let knot = zero + 1; knot < knots.count; knot++) {
      heights[first + knot] = heights[first + knot - 1]! + rise(knot - 1)
    }
    for (let knot = zero - 1; knot >= 0; knot--) {
      heights[first + knot] = heights[first + knot + 1]! - rise(knot)
    }
  }
  let sum = 0
  const places = Float64Array.from(
    placeSteps,
    (_, step) => (sum += weights[columns.firstPlace + step]!),
  )
  const contexts = Object.fromEntries(
    columns.contexts.map((word, n) => [word, weights[columns.firstContext + n]!]),
  )
  return { action, base: weights[columns.base]!, heights, contexts, places }
}

/** Stretches and shifts all log-odds of a curve, so that on newer slates they mean what they say. */
function calibrated(model: ActionModel, slates: readonly Slate[]): ActionCurve {
  const [curve] = model.curves as [ActionCurve]
  const { odds, done, offsets } = foretold(model, curve, slates)
  const { slope, shift } = plattOf(odds, done, offsets)
  const stretched = (value: number): number => slope * value
  return {
    action: curve.action,
    base: slope * curve.base + shift,
    heights: curve.heights.map(stretched),
    places: curve.places.map(stretched),
    contexts: Object.fromEntries(
      Object.entries(curve.contexts).map(([word, value]) => [word, stretched(value)]),
    ),
  }
}

/** Log-odds of every row at its place, and what came of it. */
function foretold(model: ActionModel, curve: ActionCurve, slates: readonly Slate[]) {
  const action = foretoldActions.indexOf(curve.action)
  const width = model.parts.length
  const odds: number[] = []
  const offsets: number[] = []
  for (const slate of slates) {
    for (let row = 0; row < rowsOf(slate); row++) {
      const parts = slate.parts.subarray(row * width, (row + 1) * width)
      const where = { context: slate.context, place: slate.places[row]! }
      odds.push(logOddsOf(model, curve, parts, where))
      offsets.push(-Math.log(slate.shareKept))
    }
  }
  return {
    odds: Float64Array.from(odds),
    offsets: Float64Array.from(offsets),
    done: targetsOf(slates, action),
  }
}

function measureOf(
  model: ActionModel,
  curve: ActionCurve,
  slates: readonly Slate[],
): ActionMeasure {
  const { odds, done, offsets } = foretold(model, curve, slates)
  const scores = odds.map((z, row) => 1 / (1 + Math.exp(-z - offsets[row]!)))
  const happened = count(done)
  const frequency = (happened + 0.5) / (done.length + 1)
  return {
    action: curve.action,
    rows: done.length,
    done: happened,
    foretoldToDone: scores.reduce((sum, p) => sum + p, 0) / Math.max(1, happened),
    calibrationError: calibrationOf({ scores, real: done }, undefined)?.error ?? 0,
    logLoss: meanLoss(done, (row) => scores[row]!),
    baseLogLoss: meanLoss(done, () => frequency),
  }
}

function meanLoss(done: Uint8Array, chance: (row: number) => number): number {
  let sum = 0
  for (let row = 0; row < done.length; row++) {
    const p = Math.min(1 - 1e-9, Math.max(1e-9, chance(row)))
    sum -= Math.log(done[row] === 1 ? p : 1 - p)
  }
  return sum / Math.max(1, done.length)
}
