/** A program inside its worker: ONNX Runtime, the states it keeps, and what was held for it. */
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { createInbox } from './mailbox.ts'
import { fillMask } from './mask.ts'
import type { HeldState, MaskOrder, ProgramModel, ProgramRequest, Values } from './program-model.ts'

export interface ProgramSession {
  run(order: RunOrder): Promise<Record<string, Values>>
  /** Feeds of every later run, until they are held anew. */
  hold(feeds: Record<string, Values>): void
  read(names: readonly string[]): Record<string, Values>
  write(states: Record<string, Values>): void
  close(): Promise<void>
}

export type RunOrder = Omit<Extract<ProgramRequest, { kind: 'run' }>, 'kind'>

interface Kept {
  readonly output: string | undefined
  now: Tensor
  /** Where the next run writes, and `now` after it: the two change places. */
  spare: Tensor | undefined
}

/** Blocks while it loads and runs: for workers. */
export async function openProgramSession(model: ProgramModel): Promise<ProgramSession> {
  const session = await InferenceSession.create(model.bytes, {
    intraOpNumThreads: model.threads,
    interOpNumThreads: 1,
    // A thread that spins while it waits takes its core from everybody else.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  const kept = new Map(model.states.map((state) => [state.name, keep(state)]))
  const held: Record<string, Tensor> = {}
  const received = createInbox()
  const maskArrays = new Map<string, Float32Array>()

  function maskOf({ name, shape, rate, seed }: MaskOrder): Tensor {
    const size = shape.reduce((product, part) => product * part, 1)
    const before = maskArrays.get(name)
    const array = before?.length === size ? before : new Float32Array(size)
    maskArrays.set(name, array)
    return new Tensor('float32', fillMask(array, rate, seed), shape)
  }
  function fetches(expected: RunOrder['expected'] = {}): Record<string, Tensor | null> {
    const wanted: Record<string, Tensor | null> = {}
    for (const { output, spare } of kept.values()) if (output && spare) wanted[output] = spare
    for (const [name, output] of Object.entries(model.outputs)) {
      const shape = expected[name]
      wanted[output] = shape ? emptyTensor(shape) : null
    }
    return wanted
  }

  return {
    async run({ feeds, masks, expected }) {
      const given: Record<string, Tensor> = { ...held }
      for (const [name, values] of Object.entries(feeds))
        given[name] = tensorOf(received(name, values))
      for (const mask of masks) given[mask.name] = maskOf(mask)
      for (const [name, { now }] of kept) given[name] = now
      const results = await session.run(given, fetches(expected))
      for (const state of kept.values()) {
        if (state.output && state.spare) [state.now, state.spare] = [state.spare, state.now]
      }
      return Object.fromEntries(
        Object.entries(model.outputs).map(([name, output]) => [name, valuesOf(results[output]!)]),
      )
    },
    hold(feeds) {
      for (const [name, values] of Object.entries(feeds)) held[name] = tensorOf(values)
    },
    read: (names) =>
      Object.fromEntries(
        names.flatMap((name) => {
          const state = kept.get(name)
          return state ? [[name, copyOf(state.now)]] : []
        }),
      ),
    write(states) {
      for (const [name, values] of Object.entries(states)) {
        const state = kept.get(name)
        if (state) state.now = tensorOf(values)
      }
    },
    close: () => session.release(),
  }
}

function keep({ output, values }: HeldState): Kept {
  const now = tensorOf(values)
  const spare = output === undefined ? undefined : emptyTensor(now.dims)
  return { output, now, spare }
}

function emptyTensor(shape: readonly number[]): Tensor {
  const size = shape.reduce((product, part) => product * part, 1)
  return new Tensor('float32', new Float32Array(size), shape)
}

function tensorOf({ shape, data }: Values): Tensor {
  return data instanceof Int32Array
    ? new Tensor('int32', data, shape)
    : new Tensor('float32', data, shape)
}

function valuesOf({ dims, data }: Tensor): Values {
  return { shape: [...dims], data: data as Float32Array | Int32Array }
}

function copyOf(tensor: Tensor): Values {
  const { shape, data } = valuesOf(tensor)
  return { shape, data: data.slice() }
}
