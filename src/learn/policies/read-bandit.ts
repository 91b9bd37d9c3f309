/**
 * Logs in the layout of the Open Bandit Dataset (Saito et al., NeurIPS 2021): one csv a policy with the item
 * shown, its place, click and propensity, and `item_context.csv` with what is known of each item.
 */
import { join } from 'node:path'
import { KithError } from '../../errors.ts'
import { badLine, type Line, linesOf, readText, shown } from '../data/read/lines.ts'
import type { RoundFeatures, Rounds } from './rounds.ts'

interface Table {
  readonly path: string
  readonly body: readonly Line[]
  /** The place of a column, by its name. */
  place(name: string): number
  /** Places of all columns whose name begins so. */
  placesOf(start: string): readonly number[]
}

const needed = ['timestamp', 'item_id', 'position', 'click', 'propensity_score']
const itemsFile = 'item_context.csv'

/** Reads several logs of one folder, so that all of them know the same items, places and users' features. */
export async function readBandit(folder: string, policies: readonly string[]): Promise<Rounds[]> {
  const items = await readTable(join(folder, itemsFile), ['item_id'])
  const itemNumbers = numbersOf(items, items.place('item_id'))
  const tables: Table[] = []
  for (const name of policies) {
    tables.push(await readTable(join(folder, `${name}.csv`), needed))
  }
  const shape = shapeOf(tables, items, itemNumbers)
  return tables.map((table) => roundsOf(table, shape))
}

/** What all logs of the folder have in common. */
interface Shape {
  readonly itemNumbers: ReadonlyMap<string, number>
  readonly placeNumbers: ReadonlyMap<string, number>
  /** Of each column of users' features: its words in numbers, from 0. */
  readonly userWords: readonly ReadonlyMap<string, number>[]
  /** [items][n]: the item itself, and its features as numbers from 0 to 1 or as words told apart. */
  readonly itemFeatures: readonly Float64Array[]
}

async function readTable(path: string, wanted: readonly string[]): Promise<Table> {
  const [header, ...body] = linesOf(path, await readText(path), 'comma')
  const names = header?.cells ?? []
  const missing = wanted.filter((name) => !names.includes(name))
  if (missing.length > 0) {
    throw badLine(path, 1, `has no column ${missing.join(', ')}. A log needs ${wanted.join(', ')}.`)
  }
  if (body.length === 0)
    throw new KithError('invalid-input', `"${path}" has no line under its header.`)
  for (const { number, cells } of body) {
    if (cells.length === names.length) continue
    throw badLine(path, number, `has ${cells.length} cells, the header ${names.length}.`)
  }
  return {
    path,
    body,
    place: (name) => names.indexOf(name),
    placesOf: (start) => names.flatMap((name, place) => (name.startsWith(start) ? [place] : [])),
  }
}

/** Each word of a column gets a number, in the order of the words. */
function numbersOf({ body }: Pick<Table, 'body'>, place: number): Map<string, number> {
  const words = [...new Set(body.map(({ cells }) => cells[place]!))]
  words.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1))
  return new Map(words.map((word, number) => [word, number]))
}

function shapeOf(
  tables: readonly Table[],
  items: Table,
  itemNumbers: ReadonlyMap<string, number>,
): Shape {
  const all = { body: tables.flatMap(({ body }) => body) }
  const [first] = tables
  return {
    itemNumbers,
    placeNumbers: numbersOf(all, first!.place('position')),
    userWords: first!.placesOf('user_feature').map((place) => numbersOf(all, place)),
    itemFeatures: itemFeaturesOf(items, itemNumbers),
  }
}

function itemFeaturesOf(items: Table, numbers: ReadonlyMap<string, number>): Float64Array[] {
  const columns = items.placesOf('item_feature').map((place) => featureColumn(items, place))
  const rows: Float64Array[] = []
  for (const [line, { cells }] of items.body.entries()) {
    const item = numbers.get(cells[items.place('item_id')]!)!
    const itself = new Float64Array(numbers.size)
    itself[item] = 1
    rows[item] = Float64Array.from([...itself, ...columns.flatMap((column) => column[line]!)])
  }
  return rows
}

/** [lines][n]: one number where the column is of numbers, else one place for each word. */
function featureColumn({ body }: Table, place: number): number[][] {
  const cells = body.map((line) => line.cells[place]!)
  if (cells.every((cell) => cell !== '' && Number.isFinite(Number(cell)))) {
    return cells.map((cell) => [Number(cell)])
  }
  const words = numbersOf({ body }, place)
  return cells.map((cell) => Array.from(words.keys(), (word) => (word === cell ? 1 : 0)))
}

function roundsOf(table: Table, shape: Shape): Rounds {
  const { body } = table
  const read = <Value>(name: string, parse: (cell: string) => Value | undefined, wanted: string) =>
    body.map(({ number, cells }) => {
      const cell = cells[table.place(name)]!
      const value = parse(cell)
      if (value !== undefined) return value
      throw badLine(table.path, number, `${name} is "${shown(cell)}", not ${wanted}.`)
    })
  const chance = (cell: string): number | undefined => {
    const value = Number(cell)
    return cell !== '' && value > 0 && value <= 1 ? value : undefined
  }
  const click = (cell: string): number | undefined => ({ '0': 0, '1': 1, '0.0': 0, '1.0': 1 })[cell]
  const time = (cell: string): number | undefined => {
    const atMs = Date.parse(cell.replace(' ', 'T'))
    return Number.isNaN(atMs) ? undefined : atMs
  }
  const known = `an item of ${itemsFile}`
  const propensities = read('propensity_score', chance, 'a chance above 0 and at most 1')
  return {
    count: body.length,
    actions: shape.itemNumbers.size,
    taken: Int32Array.from(read('item_id', (cell) => shape.itemNumbers.get(cell), known)),
    rewards: Float64Array.from(read('click', click, '0 or 1')),
    propensities: Float64Array.from(propensities),
    places: Int32Array.from(read('position', (cell) => shape.placeNumbers.get(cell), 'a place')),
    placeCount: shape.placeNumbers.size,
    atMs: Float64Array.from(read('timestamp', time, 'a time such as 2019-11-24 00:03:13+00:00')),
    features: featuresOf(table, shape),
  }
}

/** The item, its features, the place, the user's features, and how often the user met the item before. */
function featuresOf(table: Table, shape: Shape): RoundFeatures {
  const { itemFeatures, placeNumbers, userWords } = shape
  const userPlaces = table.placesOf('user_feature')
  const users = table.body.map(({ cells }) =>
    userPlaces.map((place, column) => userWords[column]!.get(cells[place]!)!),
  )
  const affinities = affinitiesOf(table)
  const places = table.body.map(({ cells }) => placeNumbers.get(cells[table.place('position')]!)!)
  const afterPlace = itemFeatures[0]!.length + placeNumbers.size
  const starts: number[] = []
  let width = afterPlace
  for (const words of userWords) {
    starts.push(width)
    width += words.size
  }
  return {
    width: width + 1,
    write(round, action, out) {
      out.fill(0)
      out.set(itemFeatures[action]!)
      out[itemFeatures[0]!.length + places[round]!] = 1
      for (const [column, word] of users[round]!.entries()) out[starts[column]! + word] = 1
      out[width] = affinities[round]?.[action] ?? 0
    },
  }
}

/** `user-item_affinity_N`: how often the user met item N before, damped. [rounds][items] */
function affinitiesOf(table: Table): Float64Array[] {
  const places = table.placesOf('user-item_affinity')
  return table.body.map(({ number, cells }) =>
    Float64Array.from(places, (place) => {
      const value = Number(cells[place])
      if (value >= 0) return Math.log1p(value)
      throw badLine(
        table.path,
        number,
        `an affinity is "${shown(cells[place]!)}", not a number from 0 on.`,
      )
    }),
  )
}
