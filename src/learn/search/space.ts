/** The options of a trainer as numbers that a search may turn, and their written form `name:option=value:…`. */
import { KithError } from '../../errors.ts'
import { integer, normal, type Random } from '../../math/random.ts'
import type { Trainer } from '../trainer.ts'

export type Axis =
  | {
      readonly kind: 'real' | 'whole'
      readonly from: number
      readonly to: number
      readonly isLog?: true
    }
  | { readonly kind: 'choice'; readonly values: readonly number[] }

export type Space = Readonly<Record<string, Axis>>
export type Options = Readonly<Record<string, number>>

/** A trainer with options that can be named on a command line and searched. */
export interface Tunable {
  readonly name: string
  /** Every option with its default; those not in `space` are not searched. */
  readonly defaults: Options
  readonly space: Space
  make(options: Options): Trainer
}

const places = 3

export function draw(space: Space, random: Random): Options {
  return mapped(space, (axis) =>
    axis.kind === 'choice'
      ? axis.values[integer(random, 0, axis.values.length)]!
      : valueAt(axis, random()),
  )
}

/** Near `centre`: each option moves by so much of its range, or stays. @param width 0–1 */
export function drawNear(space: Space, centre: Options, width: number, random: Random): Options {
  return mapped(space, (axis, name) => {
    const value = centre[name]!
    if (random() < 0.3) return value
    if (axis.kind !== 'choice') return valueAt(axis, placeOf(axis, value) + width * normal(random))
    return random() < width ? axis.values[integer(random, 0, axis.values.length)]! : value
  })
}

function mapped(space: Space, choose: (axis: Axis, name: string) => number): Options {
  return Object.fromEntries(Object.entries(space).map(([name, axis]) => [name, choose(axis, name)]))
}

type Range = Exclude<Axis, { readonly kind: 'choice' }>

/** @param place 0 = from, 1 = to; beyond is cut off */
function valueAt({ kind, from, to, isLog }: Range, place: number): number {
  const share = Math.min(1, Math.max(0, place))
  const value = isLog ? from * (to / from) ** share : from + share * (to - from)
  return kind === 'whole' ? Math.round(value) : Number(value.toPrecision(places))
}

function placeOf({ from, to, isLog }: Range, value: number): number {
  return isLog ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from)
}

export function specOf(name: string, options: Options): string {
  return [name, ...Object.entries(options).map(([option, value]) => `${option}=${value}`)].join(':')
}

/**
 * The trainer that a spec names, under that name.
 * @throws KithError `invalid-input` for an unknown trainer or option, or a value that is no number
 */
export function trainerOf(spec: string, tunables: readonly Tunable[]): Trainer {
  const [name = '', ...parts] = spec.split(':')
  const tunable = tunableNamed(name, tunables)
  const options = Object.fromEntries(parts.map((part) => optionOf(part, spec, tunable)))
  return { ...tunable.make({ ...tunable.defaults, ...options }), name: spec }
}

export function tunableNamed(name: string, tunables: readonly Tunable[]): Tunable {
  const found = tunables.find((one) => one.name === name)
  if (found) return found
  const names = tunables.map((one) => one.name).join(', ')
  throw new KithError('invalid-input', `"${name}" has no options to set; these have: ${names}.`)
}

function optionOf(part: string, spec: string, { name, defaults }: Tunable): [string, number] {
  const [option = '', text = ''] = part.split('=')
  const value = text === '' ? Number.NaN : Number(text)
  if (Object.hasOwn(defaults, option) && Number.isFinite(value)) return [option, value]
  const known = Object.entries(defaults).map(([key, standard]) => `${key}=${standard}`)
  throw new KithError(
    'invalid-input',
    `"${part}" in "${spec}" is no option of ${name} with a number; its options are ${known.join(', ')}.`,
  )
}
