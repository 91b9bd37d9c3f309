/** A model that is two tables: a person's score of an item is the inner product of their rows. */
import { KithError } from '../errors.ts'
import type { PackedFactor } from '../kernel/learning/dense.ts'
import { type LearningKernel, openLearningKernel } from '../kernel/learning-kernel.ts'
import type { Model, SavedModel } from './trainer.ts'

export interface Embeddings {
  /** A multiple of 8. */
  readonly width: number
  /** [users × width] */
  readonly users: Float32Array
  /** [items × width] */
  readonly items: Float32Array
}

/** The thread that multiplies is started by the first `score` and ended by `close`. */
export function embeddingModel(
  embeddings: Embeddings,
  facts: Pick<Model, 'knowsStrangers'> = {},
): Model {
  const { width, users, items } = embeddings
  let opened: { kernel: LearningKernel; scorer: Promise<Scorer> } | undefined

  function openScorer(): { kernel: LearningKernel; scorer: Promise<Scorer> } {
    const kernel = openLearningKernel()
    const scorer = createScorer(kernel, items.length / width, width)
    return { kernel, scorer: scorer.load(embeddings).then(() => scorer) }
  }

  return {
    ...facts,
    async score(numbers, scores) {
      opened ??= openScorer()
      const scorer = await opened.scorer
      await scorer.score(numbers, scores)
    },
    save: () => ({
      tensors: {
        users: { shape: [users.length / width, width], data: users },
        items: { shape: [items.length / width, width], data: items },
      },
      meta: { width },
    }),
    async close() {
      const closing = opened
      opened = undefined
      await closing?.kernel.close()
    },
  }
}

export interface Scorer {
  /** The embeddings that the next scores are of. */
  load(embeddings: Embeddings): Promise<void>
  /** As `Model.score`. */
  score(numbers: Int32Array, scores: Float32Array): Promise<void>
}

/** Users whose scores are held at once. */
const rowsPerProduct = 64

/** @param items how many; the tables live as long as the kernel */
export function createScorer(kernel: LearningKernel, items: number, width: number): Scorer {
  const right = kernel.table(items, width)
  const left = kernel.table(rowsPerProduct, width)
  const out = { rows: rowsPerProduct, width: items, values: kernel.floats(rowsPerProduct * items) }
  let users: Float32Array = new Float32Array(0)
  let packed: PackedFactor | undefined
  return {
    async load(embeddings) {
      users = embeddings.users
      right.values.set(embeddings.items)
      packed = await kernel.pack(right, { isTransposed: true, into: packed })
    },
    async score(numbers, scores) {
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

/** @throws KithError `invalid-input` when the saved tensors are not what `save` wrote */
export function loadEmbeddings({ tensors, meta }: SavedModel): Embeddings {
  const { users, items } = tensors
  const { width } = meta
  if (!(users?.data instanceof Float32Array && items?.data instanceof Float32Array)) {
    throw new KithError(
      'invalid-input',
      `A saved model of embeddings holds the tensors "users" and "items", and this one holds ${Object.keys(tensors).join(', ') || 'none'}: train it again.`,
    )
  }
  return { width: Number(width), users: users.data, items: items.data }
}
