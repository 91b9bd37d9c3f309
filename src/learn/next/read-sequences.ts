/** Sequences from plain files: `user item item …` a line, items in the order they were had. */
import { KithError } from '../../errors.ts'
import { type Csr, csrOf } from '../data/csr.ts'
import type { Note } from '../data/dataset.ts'
import { type Ids, idsOf } from '../data/ids.ts'
import { badLine, linesOf, readText } from '../data/read/lines.ts'
import { readItems } from '../data/read/read.ts'
import type { Sequences } from './sequences.ts'

/** Ids as the file has them. */
export interface ItemWords {
  readonly itemId: string
  readonly words: readonly string[]
}

/** @param itemsPath attributes as one JSON object `{"item": [attribute, …]}`, or `id text` lines */
export async function readSequences(
  path: string,
  itemsPath: string | undefined,
  note: Note,
): Promise<Sequences> {
  const lines = linesOf(path, await readText(path)).map(({ cells, number }) => {
    const [userId, ...itemIds] = cells.flatMap((cell) => cell.split(/\s+/))
    if (!userId || itemIds.some((id) => id === '')) throw badLine(path, number, 'has an empty id.')
    return { userId, itemIds }
  })
  tellRepeated(lines, path, note)
  const items = idsOf(lines.flatMap(({ itemIds }) => itemIds))
  refuseTooSmall(path, lines.length, items.size)
  const known = itemsPath === undefined ? undefined : await readItemWords(itemsPath)
  return {
    items,
    lines: lines.map(({ itemIds }) => numbersOf(itemIds, items)),
    words: known && wordsOf(known, items, note),
  }
}

/** Every id must be in `items`. */
export function numbersOf(itemIds: readonly string[], items: Ids): Int32Array {
  return Int32Array.from(itemIds, (id) => items.number(id)!)
}

function tellRepeated(lines: readonly { readonly userId: string }[], path: string, note: Note) {
  const repeated = lines.length - new Set(lines.map(({ userId }) => userId)).size
  if (repeated > 0) note(`"${path}": ${repeated} lines name a person again: each line is a person`)
}

function refuseTooSmall(path: string, people: number, items: number): void {
  if (people >= 2 && items >= 2) return
  throw new KithError(
    'invalid-input',
    `"${path}" has ${people} person(s) and ${items} item(s); at least 2 of each are needed to compare rankers.`,
  )
}

export async function readItemWords(path: string): Promise<ItemWords[]> {
  if (/\.json(\.gz)?$/.test(path)) return attributesIn(path, await readText(path))
  return (await readItems(path)).map(({ id, text }) => ({ itemId: id, words: wordsIn(text) }))
}

function attributesIn(path: string, text: string): ItemWords[] {
  const parsed = parsedJson(path, text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new KithError('invalid-input', `"${path}" is not an object {"item": [attribute, …]}.`)
  }
  return Object.entries(parsed).map(([itemId, words]: [string, unknown]) => {
    if (Array.isArray(words)) return { itemId, words: words.map(String) }
    throw new KithError('invalid-input', `"${path}": item "${itemId}" has no list of attributes.`)
  })
}

function parsedJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw notJson(path, cause)
  }
}

function notJson(path: string, cause: unknown): KithError {
  const message = `"${path}" is not one JSON object {"item": [attribute, …]}.`
  return new KithError('invalid-input', message, { cause })
}

/** Lower-case words of a text and the pairs of neighbours, which hold names such as "zelda wii". */
export function wordsIn(text: string): string[] {
  const plain = text.replace(/&[a-z]+;/g, ' ').toLowerCase()
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? []
  return [...words, ...words.slice(1).map((word, place) => `${words[place]} ${word}`)]
}

const leastItems = 2

/** [items × words] of the words that at least two items share. */
export function wordsOf(known: readonly ItemWords[], items: Ids, note: Note = () => {}): Csr {
  const frequency = new Map<string, number>()
  const ours = known.filter(({ itemId }) => items.number(itemId) !== undefined)
  for (const { words } of ours) {
    for (const word of new Set(words)) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  }
  const shared = idsOf([...frequency].filter(([, n]) => n >= leastItems).map(([word]) => word))
  const pairs = ours.flatMap(({ itemId, words }) =>
    [...new Set(words)].flatMap((word) => {
      const column = shared.number(word)
      return column === undefined ? [] : [{ row: items.number(itemId)!, column }]
    }),
  )
  const missing = items.size - new Set(ours.map(({ itemId }) => itemId)).size
  if (missing > 0) note(`${missing} items have no attributes or text`)
  return csrOf({
    rows: items.size,
    columns: shared.size,
    rowOf: pairs.map(({ row }) => row),
    columnOf: pairs.map(({ column }) => column),
  }).csr
}
