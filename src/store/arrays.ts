/** Many rows in one statement: whole columns travel as array literals, several times faster than rows. */

type Cell = number | string | boolean | null | undefined

/** Of cells that need no quotes: numbers, truths, uuids. */
export function column(cells: readonly Cell[]): string {
  let text = '{'
  for (let i = 0; i < cells.length; i++) text += `${i === 0 ? '' : ','}${cells[i] ?? 'NULL'}`
  return `${text}}`
}

export function bytesColumn(cells: readonly (Uint8Array | undefined)[]): string {
  const texts = cells.map((bytes) => (bytes ? `"\\\\x${hex(bytes)}"` : 'NULL'))
  return `{${texts.join(',')}}`
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** Reads `array_agg(…)::text` of numbers; NULL becomes NaN. */
export function numbersOf(text: string): number[] {
  return text.length <= 2 ? [] : text.slice(1, -1).split(',').map(Number)
}

export function* chunksOf<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size)
}

/** Of several with one name the last stays, at the place of the first. */
export function lastOfEach<T>(list: readonly T[], nameOf: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [nameOf(one), one])).values()]
}
