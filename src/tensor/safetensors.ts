/**
 * Safetensors files: the length of a header (u64), a JSON header, then raw little-endian memory.
 * What is read may come from strangers, so every size and offset is checked.
 */
import { z } from 'zod'
import { KithError } from '../errors.ts'
import { floatsOfBrainHalves, floatsOfHalves } from './half.ts'

const elementBytes = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const

export type StoredType = keyof typeof elementBytes

export interface StoredTensor {
  readonly type: StoredType
  readonly shape: readonly number[]
  /** Of the file, not copied. */
  readonly bytes: Uint8Array
}

const storedTypes = Object.keys(elementBytes) as [StoredType, ...StoredType[]]
const tensorSchema = z.object({
  dtype: z.enum(storedTypes),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
})
type Header = Readonly<Record<string, z.infer<typeof tensorSchema>>>
const metaSchema = z.record(z.string(), z.string()).catch({})
const headerSchema = z.object({ __metadata__: z.unknown().optional() }).catchall(tensorSchema)

/** @throws KithError `invalid-input` for a file that is cut off or not of this form */
export function readSafetensors(file: Uint8Array): Map<string, StoredTensor> {
  const { header, body } = splitHeader(file)
  const tensors = new Map<string, StoredTensor>()
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(header)) {
    const [from, to] = offsets
    const size = shape.reduce((product, dimension) => product * dimension, elementBytes[dtype])
    if (to - from !== size || to > body.length) {
      throw refused(`tensor "${name}" of [${shape}] ${dtype} lies at ${from}–${to}`)
    }
    tensors.set(name, { type: dtype, shape, bytes: body.subarray(from, to) })
  }
  return tensors
}

/** A tensor of floats in single precision; always a copy. */
export function floatsOf({ type, bytes }: StoredTensor): Float32Array {
  if (type === 'F32') return new Float32Array(alignedCopy(bytes))
  if (type === 'F64') return Float32Array.from(new Float64Array(alignedCopy(bytes)))
  if (type === 'F16') return floatsOfHalves(new Uint16Array(alignedCopy(bytes)))
  if (type === 'BF16') return floatsOfBrainHalves(new Uint16Array(alignedCopy(bytes)))
  throw refused(`a tensor holds ${type} where floats are needed`)
}

/** What can be written: memory as it is. */
export interface NumberTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array
}

/** A tensor as it was written by `writeSafetensors`; always a copy. */
export function numbersOf(tensor: StoredTensor): NumberTensor {
  const { type, shape, bytes } = tensor
  if (type === 'I32') return { shape, data: new Int32Array(alignedCopy(bytes)) }
  return { shape, data: floatsOf(tensor) }
}

/** @param meta free words about the file, which other readers show. Read back: `readMeta` */
export function writeSafetensors(
  tensors: Readonly<Record<string, NumberTensor>>,
  meta: Readonly<Record<string, string>> = {},
): Uint8Array {
  const entries: Record<string, unknown> = { __metadata__: meta }
  let end = 0
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    if (data.length !== shape.reduce((product, size) => product * size, 1)) {
      throw new RangeError(`The tensor "${name}" of [${shape}] has ${data.length} elements.`)
    }
    const dtype = data instanceof Int32Array ? 'I32' : 'F32'
    entries[name] = { dtype, shape, data_offsets: [end, end + data.byteLength] }
    end += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(entries))
  // Spaces fill the header, so that the memory begins at a multiple of 8.
  const start = 8 + Math.ceil(json.length / 8) * 8
  const file = new Uint8Array(start + end).fill(32, 8, start)
  new DataView(file.buffer).setBigUint64(0, BigInt(start - 8), true)
  file.set(json, 8)
  let at = start
  for (const { data } of Object.values(tensors)) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return file
}

/** The free words of a file. @throws KithError `invalid-input` for a file that is cut off */
export function readMeta(file: Uint8Array): Readonly<Record<string, string>> {
  const { meta } = splitHeader(file)
  return metaSchema.parse(meta ?? {})
}

/** Typed arrays of wider elements cannot start at every byte, so the memory is copied. */
export function alignedCopy(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length)
  new Uint8Array(copy).set(bytes)
  return copy
}

function splitHeader(file: Uint8Array): { header: Header; meta: unknown; body: Uint8Array } {
  if (file.length < 8) throw refused(`it has ${file.length} bytes`)
  const length = new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true)
  if (length > BigInt(file.length - 8)) throw refused(`its header claims ${length} bytes`)
  const end = 8 + Number(length)
  const parsed = headerSchema.safeParse(parseHeader(file.subarray(8, end)))
  if (!parsed.success) throw refused('its header names a tensor in an unknown form', parsed.error)
  const { __metadata__, ...header } = parsed.data
  return { header, meta: __metadata__, body: file.subarray(end) }
}

function parseHeader(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw refused('its header is not JSON', cause)
  }
}

function refused(reason: string, cause?: unknown): KithError {
  return new KithError(
    'invalid-input',
    `This is not a complete safetensors file: ${reason}. Fetch the file again.`,
    { cause },
  )
}
