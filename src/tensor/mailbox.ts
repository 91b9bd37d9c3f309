/**
 * Large arrays on their way to a worker, through shared memory that is used again: a message's own copy
 * would be fresh memory at either end, whose first touch costs more than the numbers do.
 */
import type { Values } from './program-model.ts'

export interface Mailbox {
  /** What a message can carry in place of the feeds, and how to take the memory back after the answer. */
  post(feeds: Record<string, Values>): Posted
}

export interface Posted {
  readonly feeds: Record<string, Values>
  release(): void
}

/** Below this a message's own copy is as quick. */
const leastBytes = 32_768

export function createMailbox(): Mailbox {
  /** Several runs may be under way: what is lent is not here. */
  const free: SharedArrayBuffer[] = []

  function take(bytes: number): SharedArrayBuffer {
    const place = free.findIndex(({ byteLength }) => byteLength === bytes)
    const found = place < 0 ? undefined : free.splice(place, 1)[0]
    // Sizes that are no more in use are let go of one by one.
    if (!found && free.length > 0) free.shift()
    return found ?? new SharedArrayBuffer(bytes)
  }
  return {
    post(feeds) {
      const lent: SharedArrayBuffer[] = []
      const posted = Object.entries(feeds).map(([name, values]) => {
        const { shape, data } = values
        if (data.byteLength < leastBytes) return [name, values] as const
        const buffer = take(data.byteLength)
        lent.push(buffer)
        const copy = data instanceof Int32Array ? new Int32Array(buffer) : new Float32Array(buffer)
        copy.set(data)
        return [name, { shape, data: copy }] as const
      })
      return { feeds: Object.fromEntries(posted), release: () => free.push(...lent.splice(0)) }
    },
  }
}

/** The worker's side: ONNX Runtime takes no shared memory. An array by name, for one run. */
export function createInbox(): (name: string, values: Values) => Values {
  const arrays = new Map<string, Values['data']>()
  return (name, values) => {
    const { shape, data } = values
    if (!(data.buffer instanceof SharedArrayBuffer)) return values
    const before = arrays.get(name)
    const isFit = before?.length === data.length && before.constructor === data.constructor
    const own = isFit ? before : emptyLike(data)
    own.set(data)
    arrays.set(name, own)
    return { shape, data: own }
  }
}

function emptyLike(data: Values['data']): Values['data'] {
  return data instanceof Int32Array ? new Int32Array(data.length) : new Float32Array(data.length)
}
