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
import { type ActionModel, baseOf } from '../../learn/actions/action-model.ts'
import { type CandidateSet, mostCandidates } from '../candidates.ts'
import { createActionTable } from './action-table.ts'
import { contextWords } from './context-words.ts'
import type { Valuer } from './valuer.ts'

/** Below this sum of log-odds a gain is its derivative times the sum. */
const smallSum = 1e-6

/** @param partNames the scorers of the feed; what the model knows beside them is passed over */
export function foretelling(model: ActionModel, partNames: readonly string[]): Valuer {
  const actions = model.curves.length
  const table = createActionTable(model, partNames)
  const gains = createGains(model)
  /** Log-odds beyond the base. [candidates × actions] */
  const sums = new Float64Array(mostCandidates * actions)
  const prices = new Float64Array(actions)
  const odds = new Float64Array(actions)

  function sumUp({ raw, count }: CandidateSet): void {
    sums.fill(0, 0, count * actions)
    for (const [part, name] of partNames.entries()) {
      const said = raw.get(name)
      if (said) table.addOdds(part, said, count, sums)
    }
  }

  function shareOf(part: number, said: number): number {
    table.writeOdds(part, said, odds)
    let share = 0
    for (let action = 0; action < actions; action++) share += prices[action]! * odds[action]!
    return share
  }

  return {
    value(candidates, request, { memory }) {
      gains.begin(contextWords(request, memory))
      table.heed(memory.people.get(request.person)?.wishes)
      sumUp(candidates)
      for (let row = 0; row < candidates.count; row++) {
        const gain = gains.of(sums, row * actions)
        candidates.scores[row] = gain * gains.measureOf(gain)
      }
    },
    split(candidates, rows) {
      const columns = partNames.map((name) => candidates.partColumn(name))
      const said = partNames.map((name) => candidates.raw.get(name))
      for (const row of rows) {
        gains.price(sums, row * actions, prices)
        for (const [part, column] of columns.entries()) {
          column[row] = shareOf(part, said[part]?.[row] ?? 0)
        }
      }
      candidates.sumParts(rows)
    },
    scoreWithout({ raw }, row, part) {
      const bare = new Float64Array(actions)
      for (const [other, name] of partNames.entries()) {
        if (name === part) continue
        table.writeOdds(other, raw.get(name)?.[row] ?? 0, odds)
        for (let action = 0; action < actions; action++) bare[action]! += odds[action]!
      }
      const gain = gains.of(bare, 0)
      return gain * gains.measureOf(gain)
    },
  }
}

/** From log-odds to gains, and to the measure that makes them scores. */
function createGains({ curves }: ActionModel) {
  const actions = curves.length
  const worths = Float64Array.from(curves, ({ action }) => actionValues[action])
  const bases = new Float64Array(actions)
  /** Of an item nothing is known of. [actions] */
  const chances = new Float64Array(actions)
  let usual = 1

  function gainOf(action: number, sum: number): number {
    return worths[action]! * (sigmoid(bases[action]! + sum) - chances[action]!)
  }

  /** @param odds beyond the base, of one item from `first` on */
  function of(odds: Float64Array, first: number): number {
    let gain = 0
    for (let action = 0; action < actions; action++) gain += gainOf(action, odds[first + action]!)
    return gain
  }

  /** ±log(1 + |gain| / usual) of one unit of gain. */
  function measureOf(gain: number): number {
    const times = Math.abs(gain) / usual
    return times < smallSum ? 1 / usual : Math.log1p(times) / Math.abs(gain)
  }

  return {
    of,
    measureOf,
    begin(context: readonly string[]) {
      for (let action = 0; action < actions; action++) {
        bases[action] = baseOf(curves[action]!, context)
        chances[action] = sigmoid(bases[action]!)
      }
      usual = worths.reduce((sum, worth, at) => sum + Math.abs(worth) * chances[at]!, 0)
    },
    /** What one of each action's log-odds adds to the score of an item, the same for all parts. */
    price(odds: Float64Array, first: number, prices: Float64Array) {
      const measure = measureOf(of(odds, first))
      for (let action = 0; action < actions; action++) {
        const sum = odds[first + action]!
        const p = chances[action]!
        const price =
          Math.abs(sum) > smallSum ? gainOf(action, sum) / sum : worths[action]! * p * (1 - p)
        prices[action] = measure * price
      }
    },
  }
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z))
}
