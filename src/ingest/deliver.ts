/** Hands a batch to the target; when it is refused, halves it until only the guilty are left out. */
import { type ErrorCode, isKithError } from '../errors.ts'

export interface Delivery<Entry> {
  readonly accepted: number
  readonly duplicates: number
  /** The guilty, with the error each one met alone. */
  readonly refused: readonly { readonly entry: Entry; readonly error: unknown }[]
}

export interface Receipt {
  readonly accepted: number
  readonly duplicates?: number | undefined
}

/** Says something about the records. Any other error (a full disk, a server away) ends the import. */
const aboutTheRecords: readonly ErrorCode[] = [
  'not-found',
  'invalid-input',
  'too-large',
  'conflict',
]

/** @param put all or nothing: when it throws, none of `entries` was kept */
export async function deliver<Entry>(
  entries: readonly Entry[],
  put: (entries: readonly Entry[]) => Promise<Receipt>,
): Promise<Delivery<Entry>> {
  if (entries.length === 0) return { accepted: 0, duplicates: 0, refused: [] }
  try {
    const { accepted, duplicates = 0 } = await put(entries)
    return { accepted, duplicates, refused: [] }
  } catch (error) {
    if (!(isKithError(error) && aboutTheRecords.includes(error.code))) throw error
    const [entry] = entries
    if (entry !== undefined && entries.length === 1) {
      return { accepted: 0, duplicates: 0, refused: [{ entry, error }] }
    }
    const middle = Math.ceil(entries.length / 2)
    const first = await deliver(entries.slice(0, middle), put)
    const second = await deliver(entries.slice(middle), put)
    return {
      accepted: first.accepted + second.accepted,
      duplicates: first.duplicates + second.duplicates,
      refused: [...first.refused, ...second.refused],
    }
  }
}
