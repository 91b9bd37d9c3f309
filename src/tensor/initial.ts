/** How parameters begin. */
import { normal as drawNormal } from '../math/random.ts'
import type { Initial } from './expression.ts'
import { countOf } from './shape.ts'

export const zeros: Initial = (shape) => new Float32Array(countOf(shape))

export function filled(value: number): Initial {
  return (shape) => new Float32Array(countOf(shape)).fill(value)
}

export const ones: Initial = filled(1)

export function normal(deviation: number): Initial {
  return (shape, random) =>
    Float32Array.from({ length: countOf(shape) }, () => deviation * drawNormal(random))
}

/** Glorot & Bengio 2010, uniform: ± √(6 / (inputs + outputs)) over the last two axes. */
export const glorot: Initial = (shape, random) => {
  const reach = Math.sqrt(6 / ((shape.at(-2) ?? 1) + (shape.at(-1) ?? 1)))
  return Float32Array.from({ length: countOf(shape) }, () => (2 * random() - 1) * reach)
}
