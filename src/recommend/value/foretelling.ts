/**
 * The gain of an item is Σ_a worth_a · (p_a − p_a of an item nobody knows anything of), with p_a =
 * σ(base_a + Σ z_a,part). Each action's gain is shared among the parts in proportion to what they add to
 * its log-odds: the Aumann–Shapley value of a function of a sum (Aumann and Shapley 1974; as integrated
 * gradients, Sundararajan et al., ICML 2017), so parts sum to the score and depend on no order.
 *
 * The score is log(1 + gain / usual), usual = Σ |worth_a| · p_a of that unknown item: how many times the
 * usual an item is worth. What rerankers weigh against scores then means the same for rare actions as for
 * frequent ones. Parts are drawn together in the same measure.
 */
import { actionValues } from '../../domain/action-values.ts'
import type { Wishes } from '../../domain/wishes.ts'
import { type ActionCurve, type ActionModel, baseOf } from '../../learn/actions/action-model.ts'
import { heightAt, placeOf } from '../../learn/actions/shapes.ts'
import { type CandidateSet, type Candidates, mostCandidates } from '../candidates.ts'
import { contextWords } from './context-words.ts'
import type { Valuer } from './valuer.ts'
import { type PartWish, wishOf } from './wishes.ts'

/** Below this sum of log-odds a gain is its derivative times the sum. */
const smallSum = 1e-6

/** @param partNames the scorers of the feed; what the model knows beside them is passed over */
export function foretelling(model: ActionModel, partNames: readonly string[]): Valuer {
  const shapes = shapesOf(model, partNames)
  const actions = model.curves.map((curve) => ({
    curve,
    base: 0,
    worth: actionValues[curve.action],
    /** Log-odds beyond the base, then what one of them is worth. [candidates] */
    sums: new Float64Array(mostCandidates),
  }))

  function gainOf(action: (typeof actions)[number], sum: number): number {
    return action.worth * (sigmoid(action.base + sum) - sigmoid(action.base))
  }

  function sumUp(raw: CandidateSet['raw'], count: number): void {
    for (const { sums } of actions) sums.fill(0, 0, count)
    for (const shape of shapes) {
      shape.measure(raw.get(shape.name), count)
      for (const { curve, worth, sums } of actions) shape.addOdds(curve, worth, count, sums)
    }
  }

  function usual(): number {
    return actions.reduce((sum, { worth, base }) => sum + Math.abs(worth) * sigmoid(base), 0)
  }

  /** From sums of log-odds to what one of them is worth, the same for all parts. */
  function price(count: number): void {
    for (const action of actions) {
      const { base, worth, sums } = action
      const p = sigmoid(base)
      for (let row = 0; row < count; row++) {
        const sum = sums[row]!
        sums[row] = Math.abs(sum) > smallSum ? gainOf(action, sum) / sum : worth * p * (1 - p)
      }
    }
  }

  return {
    value(candidates, request, { memory }) {
      const wishes = memory.people.get(request.person)?.wishes
      const context = contextWords(request)
      for (const action of actions) action.base = baseOf(action.curve, context)
      for (const shape of shapes) shape.heed(wishes)
      sumUp(candidates.raw, candidates.count)
      price(candidates.count)
      for (const shape of shapes) {
        const column = candidates.partColumn(shape.name)
        for (const { curve, worth, sums } of actions) {
          shape.addShares(curve, worth, candidates.count, sums, column)
        }
      }
      candidates.sumParts()
      drawTogether(candidates, usual())
    },
    scoreWithout(_, row, part) {
      let gain = 0
      for (const action of actions) {
        let sum = 0
        for (const shape of shapes) {
          if (shape.name !== part && !shape.isSilent(row)) {
            sum += shape.oddsOf(action.curve, action.worth, row)
          }
        }
        gain += gainOf(action, sum)
      }
      return gain * measureOf(gain, usual())
    },
  }
}

/** From gains to scores: every part of a row by the same measure. */
function drawTogether({ parts, scores, count, sumParts }: Candidates, usual: number): void {
  const measures = Float64Array.from({ length: count }, (_, row) => measureOf(scores[row]!, usual))
  for (const column of parts.values()) {
    for (let row = 0; row < count; row++) column[row]! *= measures[row]!
  }
  sumParts()
}

/** ±log(1 + |gain| / usual) of one unit of gain. */
function measureOf(gain: number, usual: number): number {
  const times = Math.abs(gain) / usual
  return times < smallSum ? 1 / usual : Math.log1p(times) / Math.abs(gain)
}

/** The curves of one part for every action, over the candidates of a page. */
class PartShape {
  readonly name: string
  readonly #model: ActionModel
  /** Number of the part in the model; -1 where it knows none of this name. */
  readonly #part: number
  readonly #said = new Float32Array(mostCandidates)
  /** Where each candidate's value lies among the knots. [candidates] */
  readonly #places = new Float64Array(mostCandidates)
  #wish: PartWish = wishOf('', undefined)

  constructor(name: string, model: ActionModel) {
    this.name = name
    this.#model = model
    this.#part = model.parts.indexOf(name)
  }

  heed(wishes: Wishes | undefined): void {
    this.#wish = wishOf(this.name, wishes)
  }

  measure(said: Float32Array | undefined, count: number): void {
    if (!said) this.#said.fill(0, 0, count)
    else this.#said.set(said.subarray(0, count))
    if (this.#part < 0) return
    for (let row = 0; row < count; row++) {
      const value = this.#said[row]!
      if (value !== 0) this.#places[row] = placeOf(this.#model.knots, this.#part, value)
    }
  }

  /** A part that says nothing adds nothing. */
  isSilent(row: number): boolean {
    return this.#said[row] === 0
  }

  addOdds(curve: ActionCurve, worth: number, count: number, sums: Float64Array): void {
    for (let row = 0; row < count; row++) {
      if (!this.isSilent(row)) sums[row]! += this.oddsOf(curve, worth, row)
    }
  }

  addShares(
    curve: ActionCurve,
    worth: number,
    count: number,
    prices: Float64Array,
    column: Float32Array,
  ): void {
    for (let row = 0; row < count; row++) {
      if (!this.isSilent(row)) column[row]! += prices[row]! * this.oddsOf(curve, worth, row)
    }
  }

  /** What it adds to the log-odds of an action; a wish for something is one against hiding it. */
  oddsOf({ heights }: ActionCurve, worth: number, row: number): number {
    const { factor, slope } = this.#wish
    const wished = slope === 0 ? 0 : Math.sign(worth) * slope * this.#said[row]!
    if (this.#part < 0) return wished
    const first = this.#part * this.#model.knots.count
    return factor * heightAt(heights, first, this.#places[row]!) + wished
  }
}

function shapesOf(model: ActionModel, names: readonly string[]): PartShape[] {
  return names.map((name) => new PartShape(name, model))
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z))
}
