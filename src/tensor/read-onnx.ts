/**
 * Reads what an ONNX file holds: its initialisers. Field numbers are those of onnx.proto3. Files come
 * from strangers, so every length is checked.
 */
import { KithError } from '../errors.ts'
import { alignedCopy } from './safetensors.ts'

export interface Initializer {
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array | Int8Array | Uint8Array | BigInt64Array
}

const elementTypes = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const

/** One field of a message: a number, or the bytes from `start` to `end`. */
interface Field {
  readonly number: number
  readonly value: bigint
  readonly bytes: Uint8Array
}

/**
 * By name; of other element types than the common ones, none.
 * @throws KithError `invalid-input` for a file that is cut off or no ONNX model
 */
export function readInitializers(file: Uint8Array): Map<string, Initializer> {
  const found = new Map<string, Initializer>()
  const graph = [...fieldsOf(file)].find(({ number }) => number === 7)
  if (!graph) throw refused('it has no graph')
  for (const { number, bytes } of fieldsOf(graph.bytes)) {
    if (number !== 5) continue
    const { name, initializer } = tensorOf(bytes)
    if (initializer) found.set(name, initializer)
  }
  return found
}

function tensorOf(message: Uint8Array): { name: string; initializer: Initializer | undefined } {
  const fields = [...fieldsOf(message)]
  const bytesOf = (number: number): Uint8Array | undefined =>
    fields.find((field) => field.number === number)?.bytes
  const numbersIn = (wanted: number): number[] =>
    fields.flatMap(({ number, value, bytes }) => (number === wanted ? numbersOf(value, bytes) : []))
  const name = new TextDecoder().decode(bytesOf(8))
  const shape = numbersIn(1)
  const data = dataOf(numbersIn(2)[0] ?? 0, bytesOf(9) ?? bytesOf(4), numbersIn(5))
  const size = shape.reduce((product, part) => product * part, 1)
  if (data && data.length !== size) throw refused(`"${name}" of [${shape}] has ${data.length}`)
  return { name, initializer: data && { shape, data } }
}

function dataOf(
  type: number,
  raw: Uint8Array | undefined,
  integers: readonly number[],
): Initializer['data'] | undefined {
  const memory = raw && alignedCopy(raw)
  if (type === elementTypes.float32) return new Float32Array(memory ?? new ArrayBuffer(0))
  if (type === elementTypes.uint8)
    return memory ? new Uint8Array(memory) : Uint8Array.from(integers)
  if (type === elementTypes.int8) return memory ? new Int8Array(memory) : Int8Array.from(integers)
  if (type === elementTypes.int32)
    return memory ? new Int32Array(memory) : Int32Array.from(integers)
  if (type === elementTypes.int64) return memory && new BigInt64Array(memory)
  return undefined
}

/** A repeated number comes one by one or packed into bytes. */
function numbersOf(value: bigint, bytes: Uint8Array): number[] {
  if (bytes.length === 0) return [Number(BigInt.asIntN(64, value))]
  const numbers: number[] = []
  let at = 0
  while (at < bytes.length) {
    const next = varintAt(bytes, at)
    numbers.push(Number(BigInt.asIntN(64, next.value)))
    at = next.end
  }
  return numbers
}

const empty = new Uint8Array(0)

function* fieldsOf(message: Uint8Array): Generator<Field> {
  let at = 0
  while (at < message.length) {
    const key = varintAt(message, at)
    const number = Number(key.value >> 3n)
    const wire = Number(key.value & 7n)
    if (wire === 0) {
      const { value, end } = varintAt(message, key.end)
      yield { number, value, bytes: empty }
      at = end
    } else {
      const head = wire === 2 ? varintAt(message, key.end) : { value: 0n, end: key.end }
      const length = wire === 2 ? Number(head.value) : fixedLength(wire)
      at = head.end + length
      if (at > message.length) throw refused(`a field of ${length} bytes is cut off`)
      yield { number, value: 0n, bytes: message.subarray(head.end, at) }
    }
  }
}

function fixedLength(wire: number): number {
  if (wire === 1) return 8
  if (wire === 5) return 4
  throw refused(`it has a field of the unknown kind ${wire}`)
}

function varintAt(bytes: Uint8Array, from: number): { value: bigint; end: number } {
  let value = 0n
  for (let at = from; at < Math.min(bytes.length, from + 10); at++) {
    value |= BigInt(bytes[at]! & 127) << BigInt(7 * (at - from))
    if (bytes[at]! < 128) return { value, end: at + 1 }
  }
  throw refused('a number is cut off')
}

function refused(reason: string): KithError {
  return new KithError(
    'invalid-input',
    `This is not a complete ONNX file: ${reason}. Fetch the file again.`,
  )
}
