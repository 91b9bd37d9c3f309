/**
 * The curves of an action model, laid out so that what is read together lies together: for each part and
 * knot the heights of all actions, and how fast they rise from there. Log-odds of all candidates are
 * summed here, so this is the innermost loop of ranking.
 */
import { actionValues } from '../../domain/action-values.ts'
import type { Wishes } from '../../domain/wishes.ts'
import type { ActionModel } from '../../learn/actions/action-model.ts'
import { type PartWish, wishOf } from './wishes.ts'

export interface ActionTable {
  /** From now on parts count as these wishes have it. */
  heed(wishes: Wishes | undefined): void
  /**
   * Adds what a part adds to the log-odds of every action, where it says something.
   * @param said by the part's scorer. [count] @param odds [count × actions]
   */
  addOdds(part: number, said: Float32Array, count: number, odds: Float64Array): void
  /** Writes what a part adds to the log-odds of each action when its scorer says this. @param out [actions] */
  writeOdds(part: number, said: number, out: Float64Array): void
}

/** @param names of the parts, numbered in this order; what the model does not know adds nothing of its own */
export function createActionTable(model: ActionModel, names: readonly string[]): ActionTable {
  const knots = model.knots.count
  const actions = model.curves.length
  const learned = layOut(model, names)
  /** [parts × knots × actions] */
  const heights = learned.heights.slice()
  const slopes = learned.slopes.slice()
  const { at } = learned
  const wishes: PartWish[] = names.map((name) => wishOf(name, undefined))
  // A wish for something is one against hiding it.
  const signs = model.curves.map(({ action }) => Math.sign(actionValues[action]))

  function scale(part: number, factor: number): void {
    const end = (part + 1) * knots * actions
    for (let cell = part * knots * actions; cell < end; cell++) {
      heights[cell] = factor * learned.heights[cell]!
      slopes[cell] = factor * learned.slopes[cell]!
    }
  }

  function addWished(slope: number, said: Float32Array, count: number, odds: Float64Array): void {
    for (let row = 0; row < count; row++) {
      for (let action = 0; action < actions; action++) {
        odds[row * actions + action]! += signs[action]! * slope * said[row]!
      }
    }
  }

  return {
    heed(wished) {
      for (const [part, name] of names.entries()) {
        const wish = wishOf(name, wished)
        if (wish.factor !== wishes[part]!.factor) scale(part, wish.factor)
        wishes[part] = wish
      }
    },
    addOdds(part, said, count, odds) {
      const first = part * knots
      for (let row = 0; row < count; row++) {
        const value = said[row]!
        if (value === 0) continue
        const knot = knotAt(at, first, knots, value)
        const beyond = Math.max(0, value - at[knot]!)
        const cell = knot * actions
        const cellOfRow = row * actions
        for (let action = 0; action < actions; action++) {
          odds[cellOfRow + action]! += heights[cell + action]! + beyond * slopes[cell + action]!
        }
      }
      const { slope } = wishes[part]!
      if (slope !== 0) addWished(slope, said, count, odds)
    },
    writeOdds(part, said, out) {
      out.fill(0)
      if (said === 0) return
      const knot = knotAt(at, part * knots, knots, said)
      const beyond = Math.max(0, said - at[knot]!)
      const wished = wishes[part]!.slope * said
      for (let action = 0; action < actions; action++) {
        const cell = knot * actions + action
        out[action] = heights[cell]! + beyond * slopes[cell]! + signs[action]! * wished
      }
    },
  }
}

/** The last knot of a part that is not above a value; its first for what is below all. */
function knotAt(at: Float64Array, first: number, knots: number, value: number): number {
  let knot = first
  const last = first + knots - 1
  while (knot < last && at[knot + 1]! <= value) knot++
  return knot
}

/** Knots, heights and slopes of the parts of these names; all 0 for one that the model does not know. */
function layOut(
  { parts, knots: { count, at: knotsAt }, curves }: ActionModel,
  names: readonly string[],
) {
  const at = new Float64Array(names.length * count)
  const heights = new Float64Array(names.length * count * curves.length)
  const slopes = new Float64Array(heights.length)
  for (const [part, name] of names.entries()) {
    const known = parts.indexOf(name)
    if (known < 0) continue
    for (let knot = 0; knot < count; knot++) {
      const from = known * count + knot
      at[part * count + knot] = knotsAt[from]!
      for (const [action, curve] of curves.entries()) {
        const cell = (part * count + knot) * curves.length + action
        heights[cell] = curve.heights[from]!
        // Flat beyond the last knot.
        if (knot < count - 1) slopes[cell] = slopeOf(curve.heights, knotsAt, from)
      }
    }
  }
  return { at, heights, slopes }
}

function slopeOf(heights: Float64Array, at: Float64Array, knot: number): number {
  return (heights[knot + 1]! - heights[knot]!) / (at[knot + 1]! - at[knot]!)
}
