/** How good embeddings are on the validation part, to stop early by. */
import type { PackedFactor } from '../../kernel/learning/dense.ts'
import type { LearningKernel } from '../../kernel/learning-kernel.ts'
import { seededRandom } from '../../math/random.ts'
import { rowColumns, rowLength } from '../data/csr.ts'
import { activeUsers, type Dataset } from '../data/dataset.ts'
import { listMetrics } from '../evaluate/metrics.ts'
import { modelRanker } from '../evaluate/trained-ranker.ts'
import type { Factors } from '../trainers/factor-model.ts'

/** Mean NDCG@10 over people with a validation part, at most 3,000 of them evenly spread. */
export type Validate = (embeddings: Factors) => Promise<number>

const k = 10
/** Enough to tell epochs apart. */
const mostPeople = 3_000

/** @param kernel that of the fit, so that no thread is started for each epoch */
export function createValidation(
  kernel: LearningKernel,
  train: Dataset,
  valid: Dataset,
  width: number,
): Validate {
  const active = activeUsers(valid)
  const stride = Math.ceil(active.length / mostPeople)
  const users = active.filter((_, place) => place % stride === 0)
  const scorer = createScorer(kernel, train.items.size, width)
  const ranker = modelRanker(scorer, train, seededRandom(0))
  return async (embeddings) => {
    await scorer.load(embeddings)
    const items = await ranker.rank({ users, k, known: train.interactions })
    let sum = 0
    for (const [row, user] of users.entries()) {
      const wanted = rowColumns(valid.interactions, user)
      const list = items.subarray(row * k, (row + 1) * k)
      const hits = Uint8Array.from(list, (item) => (wanted.includes(item) ? 1 : 0))
      sum += listMetrics.ndcg(hits, k, rowLength(valid.interactions, user))
    }
    return sum / users.length
  }
}

/** Users whose scores are held at once. */
const rowsPerProduct = 64

/** What a factor model does, on the kernel of the fit and with new embeddings time after time. */
function createScorer(kernel: LearningKernel, items: number, width: number) {
  const right = kernel.table(items, width)
  const left = kernel.table(rowsPerProduct, width)
  const out = { rows: rowsPerProduct, width: items, values: kernel.floats(rowsPerProduct * items) }
  let users: Float32Array = new Float32Array(0)
  let packed: PackedFactor | undefined
  return {
    async load(embeddings: Factors): Promise<void> {
      users = embeddings.users
      right.values.set(embeddings.items)
      packed = await kernel.pack(right, { isTransposed: true, into: packed })
    },
    async score(numbers: Int32Array, scores: Float32Array): Promise<void> {
      if (!packed) throw new RangeError('A scorer has nothing to score by before `load`.')
      for (let from = 0; from < numbers.length; from += rowsPerProduct) {
        const some = numbers.subarray(from, from + rowsPerProduct)
        for (const [place, user] of some.entries()) {
          left.values.set(users.subarray(user * width, (user + 1) * width), place * width)
        }
        await kernel.multiply(left, packed, out)
        scores.set(out.values.subarray(0, some.length * items), from * items)
      }
    },
  }
}
