/**
 * The reject file: one JSON line (`file`, `line`, `kind`, `reason`) for each record left out, up to
 * a limit; then the file's last line says how many more. A resumed import cuts it back to what its
 * saved progress covers, so that no line comes twice.
 */
import { type FileHandle, open, rm } from 'node:fs/promises'
import type { Origin, RecordKind } from './importer.ts'

export interface Reject extends Origin {
  readonly kind?: RecordKind | undefined
  readonly reason: string
}

/** What is saved with the progress of an import. */
export interface RejectMark {
  readonly bytes: number
  readonly written: number
  readonly left: number
}

export interface RejectFile {
  add(rejects: readonly Reject[]): Promise<RejectMark>
  close(): Promise<void>
}

export const freshRejects: RejectMark = { bytes: 0, written: 0, left: 0 }

/**
 * The file appears with the first reject; one of an earlier import goes away.
 * @param path without one, rejects are only counted
 */
export async function openRejects(
  path: string | undefined,
  limit: number,
  from: RejectMark,
): Promise<RejectFile> {
  let file = path === undefined ? undefined : await reopen(path, from.bytes)
  let mark = { ...from, bytes: Math.min(from.bytes, (await file?.stat())?.size ?? 0) }
  await file?.truncate(mark.bytes)

  /** Returns how many bytes were written. */
  async function append(text: string): Promise<number> {
    if (path === undefined || text === '') return 0
    file ??= await open(path, 'w')
    const bytes = Buffer.from(text)
    await file.write(bytes, 0, bytes.length, mark.bytes)
    return bytes.length
  }

  return {
    async add(rejects) {
      const room = rejects.slice(0, Math.max(0, limit - mark.written))
      const bytes = await append(room.map((reject) => `${lineOf(reject)}\n`).join(''))
      mark = {
        bytes: mark.bytes + bytes,
        written: mark.written + room.length,
        left: mark.left + rejects.length - room.length,
      }
      return mark
    },
    async close() {
      if (mark.left > 0) await append(`${JSON.stringify({ more: mark.left })}\n`)
      await file?.close()
    },
  }
}

/** The file of an interrupted import; whatever else lies there is old and removed. */
async function reopen(path: string, bytes: number): Promise<FileHandle | undefined> {
  if (bytes > 0) return open(path, 'r+').catch(() => undefined)
  await rm(path, { force: true })
  return undefined
}

function lineOf({ file, line, kind, reason }: Reject): string {
  return JSON.stringify({ file, line, ...(kind ? { kind } : {}), reason })
}
