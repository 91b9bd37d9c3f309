/**
 * One probability per action: p(action | person, item, context) = σ(base + Σ curve(part) + context).
 * The log-odds are a sum over named parts, so what is foretold can be told apart exactly.
 */
import { type ForetoldAction, foretoldActions } from '../../domain/action-values.ts'
import { KithError } from '../../errors.ts'
import type { SavedModel } from '../trainer.ts'
import { heightAt, type Knots, placeOf } from './shapes.ts'

export interface ActionModel {
  /** Names of the parts, in the order of the knots. */
  readonly parts: readonly string[]
  /** Shared by the curves of all actions. */
  readonly knots: Knots
  readonly curves: readonly ActionCurve[]
}

export interface ActionCurve {
  readonly action: ForetoldAction
  /** Log-odds at the first place when no part says anything. */
  readonly base: number
  /** What each part adds to the log-odds at each of its knots. [parts × knots.count] */
  readonly heights: Float64Array
  /** What a word of the context adds. */
  readonly contexts: Readonly<Record<string, number>>
  /**
   * What standing further down adds, from `placeSteps[n]` on; never above the one before. Explains what
   * was done on logged pages, and is left out when pages are made. [placeSteps]
   */
  readonly places: Float64Array
}

/** From these places on an item is seen less than before (the first is seen most). */
export const placeSteps = [2, 3, 4, 5, 7, 10, 15, 20, 30] as const

/** Of a place from 1; 0, which nobody knows, counts as the first. */
export function stepOf(place: number): number {
  let step = -1
  while (step + 1 < placeSteps.length && place >= placeSteps[step + 1]!) step++
  return step
}

/** @param parts what every part says of one item. [model.parts] */
export function logOddsOf(
  { knots, parts: names }: ActionModel,
  curve: ActionCurve,
  parts: ArrayLike<number>,
  {
    context = [],
    place = 1,
  }: { readonly context?: readonly string[]; readonly place?: number } = {},
): number {
  let sum = baseOf(curve, context) + (curve.places[stepOf(place)] ?? 0)
  for (let part = 0; part < names.length; part++) {
    sum += heightAt(curve.heights, part * knots.count, placeOf(knots, part, parts[part]!))
  }
  return sum
}

/** Log-odds of an item nothing is known of, at the first place. */
export function baseOf({ base, contexts }: ActionCurve, context: readonly string[]): number {
  return context.reduce((sum, word) => sum + (contexts[word] ?? 0), base)
}

const prefix = 'actions.'

/** To stand beside other tensors and words of a saved model. */
export function savedActions(model: ActionModel): SavedModel {
  const { parts, knots, curves } = model
  const meta: Record<string, string | number | boolean> = {
    [`${prefix}parts`]: parts.join(' '),
    [`${prefix}names`]: curves.map(({ action }) => action).join(' '),
  }
  const tensors: Record<string, SavedModel['tensors'][string]> = {
    [`${prefix}knots`]: tensorOf([parts.length, knots.count], knots.at),
  }
  for (const { action, base, heights, contexts, places } of curves) {
    tensors[`${prefix}${action}.heights`] = tensorOf([parts.length, knots.count], heights)
    tensors[`${prefix}${action}.places`] = tensorOf([places.length], places)
    meta[`${prefix}${action}.base`] = base
    for (const [word, value] of Object.entries(contexts)) {
      meta[`${prefix}${action}.context.${word}`] = value
    }
  }
  return { tensors, meta }
}

function tensorOf(shape: readonly number[], data: Float64Array) {
  return { shape, data: Float32Array.from(data) }
}

/** Undefined where none was saved. @throws KithError `invalid-input` for what cannot serve */
export function loadActions(saved: SavedModel): ActionModel | undefined {
  const names = saved.meta[`${prefix}names`]
  if (typeof names !== 'string' || names === '') return undefined
  const parts = String(saved.meta[`${prefix}parts`]).split(' ')
  const at = numbersIn(saved, 'knots')
  const count = at.length / parts.length
  if (!Number.isInteger(count) || count < 2) throw unusable('its knots do not fit its parts')
  const curves = names.split(' ').map((name) => curveIn(saved, name, at.length))
  return { parts, knots: { count, at }, curves }
}

function curveIn(saved: SavedModel, name: string, cells: number): ActionCurve {
  const action = foretoldActions.find((known) => known === name)
  const base = saved.meta[`${prefix}${name}.base`]
  const heights = numbersIn(saved, `${name}.heights`)
  const places = numbersIn(saved, `${name}.places`)
  if (!action || typeof base !== 'number' || !Number.isFinite(base) || heights.length !== cells) {
    throw unusable(`"${name}" is no action with a curve for each part`)
  }
  const start = `${prefix}${name}.context.`
  const contexts: Record<string, number> = {}
  for (const [key, value] of Object.entries(saved.meta)) {
    if (key.startsWith(start) && typeof value === 'number')
      contexts[key.slice(start.length)] = value
  }
  return { action, base, heights, contexts, places }
}

function numbersIn({ tensors }: SavedModel, name: string): Float64Array {
  const data = Float64Array.from(tensors[prefix + name]?.data ?? [])
  if (data.length === 0 || !data.every(Number.isFinite)) {
    throw unusable(`"${prefix}${name}" is missing or holds no numbers`)
  }
  return data
}

function unusable(reason: string): KithError {
  return new KithError(
    'invalid-input',
    `This model of actions cannot serve: ${reason}. Train anew with \`kith train\`.`,
  )
}
