/** Answers of trained parameters: forward only, in a worker. */
import { KithError } from '../errors.ts'
import { compileForward, emitProgram } from './compile.ts'
import type { Expression } from './expression.ts'
import { type Feeds, fitFeeds } from './feeds.ts'
import { openProgramHost } from './program-host.ts'
import type { Values } from './program-model.ts'
import type { Parameters } from './trainer.ts'

export interface TensorForward {
  run(feeds: Feeds): Promise<Readonly<Record<string, Values>>>
  /** Feeds of every later run. */
  hold(feeds: Feeds): Promise<void>
  /** In place of the former ones, as when training goes on. */
  replace(parameters: Parameters): Promise<void>
  close(): Promise<void>
}

export interface ForwardOptions {
  /** By name; others than the outputs need are left aside. */
  readonly parameters: Parameters
  /** Of ONNX Runtime. Default: 1. */
  readonly threads?: number | undefined
}

/** @throws KithError `invalid-input` when a parameter is missing or of another size */
export async function openForward(
  outputs: Readonly<Record<string, Expression>>,
  { parameters, threads = 1 }: ForwardOptions,
): Promise<TensorForward> {
  const program = compileForward(outputs)
  const compiled = emitProgram(program, false)
  const valuesOf = (from: Parameters): Record<string, Values> =>
    Object.fromEntries(
      program.states.map(({ name, leaf: { shape } }) => [
        name,
        fitted(name, shape.map(Number), from),
      ]),
    )
  const held = valuesOf(parameters)
  const host = await openProgramHost({
    bytes: compiled.bytes,
    threads,
    states: compiled.states.map(({ name }) => ({ name, values: held[name]! })),
    outputs: compiled.outputs,
  })
  const heldSizes = new Map<string, number>()
  return {
    run: async (feeds) =>
      host.ask({
        kind: 'run',
        feeds: fitFeeds(feeds, compiled.inputs, new Map(heldSizes)),
        masks: [],
      }),
    async hold(feeds) {
      await host.ask({ kind: 'hold', values: fitFeeds(feeds, compiled.inputs, heldSizes) })
    },
    async replace(next) {
      await host.ask({ kind: 'write', values: valuesOf(next) })
    },
    close: host.close,
  }
}

function fitted(name: string, shape: readonly number[], from: Parameters): Values {
  const data = from[name]
  const size = shape.reduce((product, part) => product * part, 1)
  if (data?.length === size) return { shape, data }
  throw new KithError(
    'invalid-input',
    `The parameter "${name}" must be ${size} numbers [${shape}], not ${data?.length ?? 0}. Train the model again.`,
  )
}
