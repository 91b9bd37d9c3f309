/**
 * The reject file: one JSON line (`file`, `line`, `kind`, `reason`) for each record left out, up to
 * a limit; then the file's last line says how many more. A resumed import cuts it back to what its
 * saved progress covers, so that no line comes twice.
 */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
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

/** @param path without one, rejects are only counted */
export async function openRejects(
  path: string | undefined,
  limit: number,
  from: RejectMark,
): Promise<RejectFile> {
  const file =
    path === undefined ? undefined : await open(path, constants.O_RDWR | constants.O_CREAT)
  let mark = { ...from, bytes: Math.min(from.bytes, (await file?.stat())?.size ?? 0) }
  await file?.truncate(mark.bytes)
  return {
    async add(rejects) {
      const room = rejects.slice(0, Math.max(0, limit - mark.written))
      const bytes = Buffer.from(room.map((reject) => `${lineOf(reject)}\n`).join(''))
      if (bytes.length > 0) await file?.write(bytes, 0, bytes.length, mark.bytes)
      mark = {
        bytes: mark.bytes + (file ? bytes.length : 0),
        written: mark.written + room.length,
        left: mark.left + rejects.length - room.length,
      }
      return mark
    },
    async close() {
      if (mark.left > 0) {
        const last = Buffer.from(`${JSON.stringify({ more: mark.left })}\n`)
        await file?.write(last, 0, last.length, mark.bytes)
      }
      await file?.close()
    },
  }
}

function lineOf({ file, line, kind, reason }: Reject): string {
  return JSON.stringify({ file, line, ...(kind ? { kind } : {}), reason })
}
