/**
 * JSON Lines: a folder with any of users.jsonl, items.jsonl, edges.jsonl and events.jsonl (one
 * object a line, in the words of `domain/`), or one file whose lines say their kind, in any order:
 *
 *   {"kind": "user", "user": {"id": "ada"}}
 *   {"kind": "event", "event": {"type": "like", "userId": "ada", "itemId": "1", "at": "…Z"}}
 */
import { basename } from 'node:path'
import {
  type Importer,
  type ImportRecord,
  type RecordKind,
  recordKinds,
  type Totals,
} from '../importer.ts'
import { countLines, type Line, linesOf } from '../lines.ts'
import { findFile, fingerprintFiles, isFile } from '../source-files.ts'

export const jsonlImporter: Importer = {
  name: 'jsonl',
  async recognises(path) {
    if (await isFile(path)) return /\.(jsonl|ndjson)(\.gz)?$/i.test(path)
    return (await filesOf(path)).size > 0
  },
  async fingerprint(path) {
    return fingerprintFiles((await isFile(path)) ? [path] : [...(await filesOf(path)).values()])
  },
  async *read(path) {
    if (await isFile(path)) yield* readMixed(path)
    else for (const [kind, file] of await filesOf(path)) yield* readKind(file, kind)
  },
  async count(path) {
    if (await isFile(path)) return {}
    const totals: Partial<Record<RecordKind, number>> = {}
    for (const [kind, file] of await filesOf(path)) totals[kind] = await countLines(file)
    return totals satisfies Totals
  },
}

async function filesOf(folder: string): Promise<Map<RecordKind, string>> {
  const files = new Map<RecordKind, string>()
  for (const kind of recordKinds) {
    const file = await findFile(folder, `${kind}s.jsonl`, `${kind}s.ndjson`)
    if (file !== undefined) files.set(kind, file)
  }
  return files
}

async function* readKind(path: string, kind: RecordKind): AsyncGenerator<ImportRecord> {
  const file = basename(path)
  for await (const line of linesOf(path)) {
    const parsed = parseLine(line)
    if (parsed) yield { kind, file, line: line.number, ...parsed }
  }
}

/** Once over the file for each kind, so that order in it does not matter and nothing is held. */
async function* readMixed(path: string): AsyncGenerator<ImportRecord> {
  const file = basename(path)
  for (const pass of recordKinds) {
    for await (const line of linesOf(path)) {
      const record = mixedRecord(line, file)
      const passOf = record?.kind ?? recordKinds[0]
      if (record && passOf === pass) yield record
    }
  }
}

type MixedRow = Partial<Readonly<Record<RecordKind | 'kind', unknown>>>

function mixedRecord(line: Line, file: string): ImportRecord | undefined {
  const origin = { file, line: line.number }
  const parsed = parseLine(line)
  if (!parsed) return undefined
  if (parsed.problem !== undefined) return { ...origin, problem: parsed.problem }
  const row = (parsed.value ?? {}) as MixedRow
  const kind = recordKinds.find((known) => known === row.kind)
  if (kind && row[kind] !== undefined) return { ...origin, kind, value: row[kind] }
  return {
    ...origin,
    kind,
    problem: `must be like {"kind":"${kind ?? 'user'}","${kind ?? 'user'}":{…}}`,
  }
}

type Parsed =
  | { readonly value: unknown; readonly problem?: undefined }
  | { readonly problem: string }

/** Undefined for an empty line. */
export function parseLine(line: Line): Parsed | undefined {
  if (line.problem !== undefined) return { problem: line.problem }
  if (line.text.trim() === '') return undefined
  try {
    return { value: JSON.parse(line.text) as unknown }
  } catch {
    return { problem: 'is not JSON' }
  }
}
