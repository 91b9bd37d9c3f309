/** Small random data and scores as a square, for tests of trainers against plain arithmetic. */
import { seededRandom } from '../../math/random.ts'
import { catalogueOf, type Dataset, datasetOf, type Interaction } from '../data/dataset.ts'
import type { Model } from '../trainer.ts'

/** Everybody has at least one item and every item somebody; values are 1 to 5. */
export function randomData(people: number, items: number, share = 0.3): Dataset {
  const random = seededRandom(people * 1000 + items)
  const interactions: Interaction[] = []
  for (let user = 0; user < people; user++) {
    for (let item = 0; item < items; item++) {
      const isKept = random() < share || user % items === item % people
      const value = 1 + Math.floor(random() * 5)
      if (isKept) interactions.push({ userId: `${user}`, itemId: `${item}`, value })
    }
  }
  const all = Array.from({ length: items }, (_, item) => ({ id: `${item}`, text: '' }))
  return datasetOf(interactions, catalogueOf({ interactions, items: all }))
}

/** X [people × items], row by row. */
export function denseOf({ interactions }: Dataset, valuePower = 0): Float64Array[] {
  return Array.from({ length: interactions.rows }, (_, user) => {
    const row = new Float64Array(interactions.columns)
    for (let e = interactions.starts[user]!; e < interactions.starts[user + 1]!; e++) {
      row[interactions.columnOf[e]!] = interactions.values[e]! ** valuePower
    }
    return row
  })
}

/** [people × items] */
export async function allScores(model: Model, { interactions }: Dataset): Promise<Float32Array[]> {
  const { rows, columns } = interactions
  const scores = new Float32Array(rows * columns).fill(77)
  await model.score(
    Int32Array.from({ length: rows }, (_, user) => user),
    scores,
  )
  return Array.from({ length: rows }, (_, user) =>
    scores.slice(user * columns, (user + 1) * columns),
  )
}
