/** How good factors are on the validation part: mean NDCG@10, to stop and to keep the best by. */
import { seededRandom } from '../../math/random.ts'
import { rowColumns, rowLength } from '../data/csr.ts'
import { activeUsers, type Dataset } from '../data/dataset.ts'
import { listMetrics } from '../evaluate/metrics.ts'
import { modelRanker } from '../evaluate/trained-ranker.ts'
import { type Factors, factorModel } from '../trainers/factor-model.ts'

const k = 10
/** Enough to tell epochs apart. */
const mostPeople = 2_000

export async function validationNdcg(
  factors: Factors,
  train: Dataset,
  valid: Dataset,
): Promise<number> {
  const active = activeUsers(valid)
  const stride = Math.ceil(active.length / mostPeople)
  const users = active.filter((_, place) => place % stride === 0)
  const ranker = modelRanker(factorModel(factors), train, seededRandom(0))
  const lists = await ranker.rank({ users, k, known: train.interactions })
  await ranker.close?.()
  let total = 0
  for (const [row, user] of users.entries()) {
    const wanted = rowColumns(valid.interactions, user)
    const list = lists.subarray(row * k, (row + 1) * k)
    const hits = Uint8Array.from(list, (item) => (wanted.includes(item) ? 1 : 0))
    total += listMetrics.ndcg(hits, k, rowLength(valid.interactions, user))
  }
  return total / users.length
}
