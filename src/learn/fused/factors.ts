/** What a fit ends with: a row for each person and each item, whose product is the score. */
import { input } from '../../tensor/expression.ts'
import { openForward, type TensorForward } from '../../tensor/forward.ts'
import { matmul } from '../../tensor/operations/matmul.ts'
import type { Model, SavedModel, SavedTensor } from '../trainer.ts'

export interface Factors {
  readonly width: number
  /** [people × width] */
  readonly people: Float32Array
  /** [items × width] */
  readonly items: Float32Array
}

/** The worker that multiplies is started by the first `score` and ended by `close`. */
export function factorsModel(factors: Factors, facts: Pick<Model, 'knowsStrangers'>): Model {
  const { width, people, items } = factors
  let opened: Promise<TensorForward> | undefined

  async function open(): Promise<TensorForward> {
    const asked = input('asked', 'float32', ['people', width])
    const table = input('table', 'float32', ['items', width])
    const scores = matmul(asked, table, { transposeB: true })
    const forward = await openForward({ scores }, { parameters: {} })
    await forward.hold({ table: items })
    return forward
  }

  return {
    ...facts,
    async score(users, scores) {
      opened ??= open()
      const asked = new Float32Array(users.length * width)
      for (const [place, user] of users.entries()) {
        asked.set(people.subarray(user * width, (user + 1) * width), place * width)
      }
      const { scores: product } = await (await opened).run({ asked })
      scores.set(product!.data)
    },
    save: () => savedFactors(factors),
    async close() {
      await (await opened)?.close()
      opened = undefined
    },
  }
}

export function savedFactors({ width, people, items }: Factors): SavedModel {
  const tensorOf = (data: Float32Array): SavedTensor => ({
    shape: [data.length / width, width],
    data,
  })
  return { tensors: { people: tensorOf(people), items: tensorOf(items) }, meta: {} }
}

/** @throws RangeError for a saved model without its two tables */
export function factorsOf({ tensors }: Pick<SavedModel, 'tensors'>): Factors {
  const { people, items } = tensors
  if (!(people?.data instanceof Float32Array && items?.data instanceof Float32Array)) {
    throw new RangeError('A saved fused model has tensors `people` and `items` of floats.')
  }
  return { people: people.data, items: items.data, width: items.shape[1]! }
}
