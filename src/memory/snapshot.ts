/**
 * The hot state as bytes. Copies of the columns are taken at once; texts are encoded while the
 * chunks are being written, from items that never change.
 */
import type { Item } from '../domain/item.ts'
import type { User } from '../domain/user.ts'
import type { PackedLists } from './cell-lists.ts'
import type { Parts } from './parts.ts'
import { damaged, SectionReader, SectionWriter } from './sections.ts'

const magic = 0x4854494b
/** Raise whenever the order or meaning of a section, or a list of actions, changes. */
const version = 2

/** What the chunks will hold is fixed when this is called. */
export function writeSnapshot(parts: Parts, clock: number): Iterable<Uint8Array> {
  const writer = new SectionWriter()
  writer.column(Float64Array.of(magic, version, clock))
  writePeople(writer, parts)
  writeItems(writer, parts)
  for (const lists of parts.ties.pack()) writeLists(writer, lists)
  const { lists, versions } = parts.histories.pack()
  for (const packed of lists) writeLists(writer, packed)
  writer.column(versions)
  const { engagers, trends, counts } = parts.engagement.pack()
  writeLists(writer, engagers)
  writer.column(trends)
  writer.column(counts)
  writeVectors(writer, parts)
  return { [Symbol.iterator]: () => writer.chunks() }
}

/**
 * Fills empty parts. Returns the clock of the state.
 * @throws KithError `invalid-input` for bytes that are damaged or of another version
 */
export function readSnapshot(parts: Parts, bytes: Uint8Array): number {
  const reader = new SectionReader(bytes)
  const [found, foundVersion, clock = 0] = reader.column(Float64Array)
  if (found !== magic) throw damaged('does not begin like one')
  if (foundVersion !== version) throw damaged('was written by another version of Kith')
  readPeople(reader, parts)
  readItems(reader, parts)
  parts.ties.unpack(Array.from({ length: parts.ties.pack().length }, () => readLists(reader)))
  parts.histories.unpack({
    lists: [readLists(reader), readLists(reader)],
    versions: reader.column(Uint32Array),
  })
  parts.engagement.unpack({
    engagers: readLists(reader),
    trends: reader.column(Float64Array),
    counts: reader.column(Uint32Array),
  })
  readVectors(reader, parts)
  return clock
}

function writePeople(writer: SectionWriter, { people }: Parts): void {
  const { users, clocks, moods } = people.pack()
  writer.records(users)
  writer.column(clocks)
  writer.column(moods)
}

function readPeople(reader: SectionReader, { people }: Parts): void {
  const users = reader.records() as (User | undefined)[]
  people.unpack({
    users: users.map(withDate),
    clocks: reader.column(Float64Array),
    moods: reader.column(Float64Array),
  })
}

function writeItems(writer: SectionWriter, parts: Parts): void {
  const { items, languages, ...columns } = parts.items.pack()
  const { clocks, authors, fingerprints, qualities, labels } = columns
  writer.records(items)
  writer.records(languages)
  for (const column of [clocks, authors, fingerprints, qualities, labels]) writer.column(column)
}

function readItems(reader: SectionReader, { items }: Parts): void {
  items.unpack({
    items: (reader.records() as (Item | undefined)[]).map(withDate),
    languages: reader.records() as string[],
    clocks: reader.column(Float64Array),
    authors: reader.column(Int32Array),
    fingerprints: reader.column(Float64Array),
    qualities: reader.column(Float32Array),
    labels: reader.column(Uint8Array),
  })
}

/** JSON keeps dates as texts. */
function withDate<Kind extends { createdAt?: Date | undefined }>(
  record: Kind | undefined,
): Kind | undefined {
  if (!record?.createdAt) return record
  record.createdAt = new Date(record.createdAt)
  return record
}

function writeLists(writer: SectionWriter, { lengths, columns }: PackedLists): void {
  writer.column(Float64Array.of(columns.length))
  writer.column(lengths)
  for (const column of columns) writer.column(column)
}

function readLists(reader: SectionReader): PackedLists {
  const [columns = 0] = reader.column(Float64Array)
  return {
    lengths: reader.column(Int32Array),
    columns: Array.from({ length: columns }, () => reader.anyColumn()),
  }
}

function writeVectors(writer: SectionWriter, { vectors }: Parts): void {
  const { spaces } = vectors.pack()
  writer.records(spaces.map(({ name, width, probes }) => ({ name, width, probes })))
  for (const { rows, values, lists, centroids } of spaces) {
    for (const column of [rows, values, lists, centroids]) writer.column(column)
  }
}

function readVectors(reader: SectionReader, { vectors }: Parts): void {
  const heads = reader.records() as { name: string; width: number; probes: number }[]
  vectors.unpack({
    spaces: heads.map((head) => ({
      ...head,
      rows: reader.column(Int32Array),
      values: reader.column(Int8Array),
      lists: reader.column(Int32Array),
      centroids: reader.column(Int8Array),
    })),
  })
}
