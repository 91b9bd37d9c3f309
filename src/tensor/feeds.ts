/** What a run is fed with: typed arrays, whose open sizes are found and checked. */
import { KithError } from '../errors.ts'
import type { CompiledProgram } from './compile.ts'
import type { Values } from './program-model.ts'
import { sizeOf, sizesOf } from './shape.ts'

/** An array alone will do where the sizes of the others leave one dimension open at most. */
export type Feed = Values | Float32Array | Int32Array

export type Feeds = Readonly<Record<string, Feed>>

type Inputs = CompiledProgram['inputs']

/**
 * @param sizes of open dimensions; those found here are added
 * @throws KithError `invalid-input` for a name, type or shape that does not fit
 */
export function fitFeeds(
  feeds: Feeds,
  inputs: Inputs,
  sizes: Map<string, number>,
): Record<string, Values> {
  const fitted: Record<string, Values> = {}
  let open = Object.entries(feeds).map(([name, feed]) => ({
    input: inputNamed(name, inputs),
    feed,
  }))
  while (open.length > 0) {
    const later = open.filter(({ input, feed }) => {
      const values = valuesOf(feed, input, sizes)
      if (values) fitted[input.name] = values
      return !values
    })
    if (later.length === open.length) {
      const { name, shape } = open[0]!.input
      throw refused(name, `[${shape}] has several open dimensions: give its shape`)
    }
    open = later
  }
  return fitted
}

function inputNamed(name: string, inputs: Inputs): Inputs[number] {
  const found = inputs.find((input) => input.name === name)
  if (found) return found
  throw refused(name, `inputs are ${inputs.map((input) => input.name).join(', ')}`)
}

/** Undefined as long as too little is known. */
function valuesOf(
  feed: Feed,
  { name, type, shape }: Inputs[number],
  sizes: Map<string, number>,
): Values | undefined {
  const data = ArrayBuffer.isView(feed) ? feed : feed.data
  if (data instanceof Int32Array !== (type === 'int32')) throw refused(name, `it must be ${type}`)
  if (ArrayBuffer.isView(feed)) infer(data.length, shape, sizes)
  else for (const [axis, part] of shape.entries()) learn(part, feed.shape[axis] ?? 0, sizes)
  if (shape.some((part) => typeof part === 'string' && !isKnown(part, sizes))) return undefined
  const fixed = sizesOf(shape, sizes)
  const count = fixed.reduce((product, size) => product * size, 1)
  const isFit = ArrayBuffer.isView(feed) || String(feed.shape) === String(fixed)
  if (isFit && count === data.length) return { shape: fixed, data }
  throw refused(name, `[${shape}] is [${fixed}] here, which ${data.length} elements do not fill`)
}

function infer(count: number, shape: Inputs[number]['shape'], sizes: Map<string, number>): void {
  const unknown = shape.filter((part) => typeof part === 'string' && !isKnown(part, sizes))
  if (unknown.length !== 1) return
  const known = shape.filter((part) => part !== unknown[0])
  const rest = known.reduce<number>((product, part) => product * sizeOf(part, sizes), 1)
  if (rest > 0 && count % rest === 0) learn(unknown[0]!, count / rest, sizes)
}

function learn(part: string | number, size: number, sizes: Map<string, number>): void {
  if (typeof part === 'string' && !sizes.has(part) && /^\w+$/.test(part)) sizes.set(part, size)
}

function isKnown(part: string, sizes: Map<string, number>): boolean {
  return part.split(/[+*]/).every((name) => sizes.has(name) || /^\d+$/.test(name))
}

function refused(name: string, reason: string): KithError {
  return new KithError('invalid-input', `The numeric program cannot take "${name}": ${reason}.`)
}
