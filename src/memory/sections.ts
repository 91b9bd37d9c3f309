/**
 * A row of columns and records as bytes: each section has a head of 16 bytes (kind, checksum,
 * length) and its content. Read back in the order it was written.
 */
import { crc32 } from 'node:zlib'
import { KithError } from '../errors.ts'
import type { Column } from './columns.ts'

const columnKinds = [
  Int8Array,
  Uint8Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
] as const
type ColumnKind = (typeof columnKinds)[number]

const headBytes = 16
/** The kind of a section of records; columns have their place in `columnKinds`. */
const recordsKind = 255
const recordsPerSection = 5_000

export class SectionWriter {
  readonly #sections: (() => Uint8Array[])[] = []

  /** The column is not copied: it may not change until it is taken. */
  column(column: Column): void {
    const kind = columnKinds.findIndex((Kind) => column instanceof Kind)
    const content = new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
    this.#sections.push(() => section(kind, content))
  }

  /** Encoded when they are taken, so they may not change. `undefined` becomes `null`. */
  records(records: readonly unknown[]): void {
    this.column(Float64Array.of(records.length))
    for (let first = 0; first < records.length; first += recordsPerSection) {
      const some = records.slice(first, first + recordsPerSection)
      this.#sections.push(() =>
        section(recordsKind, new TextEncoder().encode(JSON.stringify(some))),
      )
    }
  }

  *chunks(): Generator<Uint8Array> {
    for (const encode of this.#sections) yield* encode()
  }
}

function section(kind: number, content: Uint8Array): Uint8Array[] {
  const head = new DataView(new ArrayBuffer(headBytes))
  head.setUint32(0, kind, true)
  head.setFloat64(8, content.byteLength, true)
  head.setUint32(4, checksum(head, content), true)
  return [new Uint8Array(head.buffer), content]
}

/** Over kind, length and content. */
function checksum(head: DataView, content: Uint8Array): number {
  const facts = Float64Array.of(head.getUint32(0, true), head.getFloat64(8, true))
  return crc32(new Uint8Array(facts.buffer), crc32(content))
}

/** @throws KithError `invalid-input` for bytes that are cut short or changed */
export class SectionReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  column<Kind extends ColumnKind>(Kind: Kind): InstanceType<Kind> {
    const column = this.anyColumn()
    if (!(column instanceof Kind)) throw damaged('has a section of another kind')
    return column as InstanceType<Kind>
  }

  /** A column of the kind it was written as. */
  anyColumn(): Column {
    const { kind, content } = this.#section()
    const Kind = columnKinds[kind]
    if (!Kind) throw damaged('has a section of another kind')
    const copy = new Uint8Array(content.byteLength)
    copy.set(content)
    return new Kind(copy.buffer)
  }

  records(): unknown[] {
    const [count = 0] = this.column(Float64Array)
    const records: unknown[] = []
    while (records.length < count) {
      const { kind, content } = this.#section()
      if (kind !== recordsKind) throw damaged('has a section of another kind')
      const some: unknown = JSON.parse(new TextDecoder().decode(content))
      if (!Array.isArray(some) || some.length === 0)
        throw damaged('has no records where some belong')
      for (const record of some) records.push(record ?? undefined)
    }
    return records
  }

  #section(): { kind: number; content: Uint8Array } {
    const start = this.#at + headBytes
    if (start > this.#bytes.byteLength) throw damaged('is cut short')
    const head = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.#at, headBytes)
    const length = head.getFloat64(8, true)
    if (!(start + length <= this.#bytes.byteLength)) throw damaged('is cut short')
    const content = this.#bytes.subarray(start, start + length)
    if (checksum(head, content) !== head.getUint32(4, true)) throw damaged('has a wrong checksum')
    this.#at = start + length
    return { kind: head.getUint32(0, true), content }
  }
}

export function damaged(how: string): KithError {
  return new KithError(
    'invalid-input',
    `The snapshot of the memory ${how}. Delete it: memory is then rebuilt from the store.`,
  )
}
