/** What learning is timed on: gowalla where ../shared is, and a network of its shape of any size. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { csrOf } from '../../src/learn/data/csr.ts'
import { catalogueOf, type Dataset, datasetOf } from '../../src/learn/data/dataset.ts'
import { loadData } from '../../src/learn/data/load.ts'
import { integer, type Random, seededRandom } from '../../src/math/random.ts'

export interface LearnData {
  /** For the reader: what it is, and that it is real or not. */
  readonly name: string
  readonly dataset: Dataset
}

/** Of train + valid of the published split. */
export const gowallaShape = { people: 29_858, items: 40_981, interactions: 810_128 }

/** Train and valid together, the test part unread; a synthetic network of its size where it is not there. */
export async function gowalla(): Promise<LearnData> {
  const folder = sharedFolder('data/gowalla')
  if (!folder) return synthetic(1)
  const paths = ['train', 'valid'].map((part) => `${folder}/${part}.txt`)
  const parts = await Promise.all(paths.map((train) => loadData({ train }, () => undefined)))
  const interactions = parts.flatMap(({ train }) => train)
  const dataset = datasetOf(interactions, catalogueOf({ interactions }))
  return { name: 'gowalla, train + valid', dataset }
}

/** `../shared` beside the checkout: two or three floors up, from source or as built. */
function sharedFolder(path: string): string | undefined {
  const floors = ['../../../shared/', '../../../../shared/']
  const folders = floors.map((floor) => fileURLToPath(new URL(floor + path, import.meta.url)))
  return folders.find((folder) => existsSync(folder))
}

const circles = 200
const ownCircle = 0.8

/**
 * So many times gowalla's people, items and interactions. How much a person does and how often an
 * item is met fall by a power of the rank; most of what a person does is within one of 200 circles.
 */
export function synthetic(times: number, random: Random = seededRandom(1)): LearnData {
  const people = Math.round(gowallaShape.people * times)
  const items = Math.round(gowallaShape.items * times)
  const wanted = Math.round(gowallaShape.interactions * times)
  const rowOf = new Int32Array(wanted)
  const columnOf = new Int32Array(wanted)
  const perCircle = Math.ceil(items / circles)
  for (let n = 0; n < wanted; n++) {
    const person = towardsFirst(random, people)
    const isOwn = random() < ownCircle
    const circle = isOwn ? person % circles : integer(random, 0, circles)
    const item = towardsFirst(random, perCircle) * circles + circle
    rowOf[n] = person
    columnOf[n] = Math.min(items - 1, item)
  }
  const { csr } = csrOf({ rows: people, columns: items, rowOf, columnOf })
  const interactions = { ...csr, values: csr.values.fill(1) }
  const dataset = { users: numbered(people), items: numbered(items), interactions }
  const name = `synthetic, gowalla × ${times} (${csr.columnOf.length} different pairs)`
  return { name, dataset }
}

/** A rank in [0, size), its density falling as rank^-½. */
function towardsFirst(random: Random, size: number): number {
  return Math.floor(size * random() ** 2)
}

function numbered(size: number): Dataset['users'] {
  return { size, id: (number) => `${number}`, number: Number }
}
