/** Writes protocol buffer messages. Parts are kept by reference and copied once, at the end. */

export interface ProtobufWriter {
  readonly byteLength: number
  integer(field: number, value: number | bigint): void
  float(field: number, value: number): void
  double(field: number, value: number): void
  text(field: number, value: string): void
  bytes(field: number, value: Uint8Array): void
  message(field: number, value: ProtobufWriter): void
  parts(): Iterable<Uint8Array>
  toBytes(): Uint8Array
}

const varintWire = 0
const fixed64Wire = 1
const lengthWire = 2
const fixed32Wire = 5

export function createProtobufWriter(): ProtobufWriter {
  const parts: Uint8Array[] = []
  let byteLength = 0

  function push(part: Uint8Array): void {
    parts.push(part)
    byteLength += part.length
  }
  function key(field: number, wire: number): void {
    push(varintOf((field << 3) | wire))
  }
  function bytes(field: number, value: Uint8Array): void {
    key(field, lengthWire)
    push(varintOf(value.length))
    push(value)
  }

  return {
    get byteLength() {
      return byteLength
    },
    integer(field, value) {
      key(field, varintWire)
      push(varintOf(value))
    },
    float(field, value) {
      key(field, fixed32Wire)
      const cell = new DataView(new ArrayBuffer(4))
      cell.setFloat32(0, value, true)
      push(new Uint8Array(cell.buffer))
    },
    double(field, value) {
      key(field, fixed64Wire)
      const cell = new DataView(new ArrayBuffer(8))
      cell.setFloat64(0, value, true)
      push(new Uint8Array(cell.buffer))
    },
    text(field, value) {
      bytes(field, new TextEncoder().encode(value))
    },
    bytes,
    message(field, value) {
      key(field, lengthWire)
      push(varintOf(value.byteLength))
      for (const part of value.parts()) push(part)
    },
    parts: () => parts,
    toBytes() {
      const whole = new Uint8Array(byteLength)
      let at = 0
      for (const part of parts) {
        whole.set(part, at)
        at += part.length
      }
      return whole
    },
  }
}

/** Seven bits a byte, lowest first; a negative number as its 64-bit two's complement. */
function varintOf(value: number | bigint): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}
