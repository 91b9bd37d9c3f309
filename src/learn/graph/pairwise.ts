/** Bayesian personalised ranking: what a person has above one item by lot (Rendle et al., UAI 2009). */
import type { Objective, Scene } from './fit-graph.ts'
import { lackingItem } from './lacking.ts'

export function pairwiseObjective({
  kernel,
  train,
  batch: length,
  final,
  gradient,
}: Scene): Objective {
  const { interactions } = train
  const people = interactions.rows
  const users = kernel.integers(new Int32Array(length))
  const items = kernel.integers(new Int32Array(2 * length))
  const tables = { users: final, items: final, userGradient: gradient, itemGradient: gradient }
  return {
    async step(batch, random) {
      users.set(batch.users)
      for (const [place, item] of batch.items.entries()) {
        items[2 * place] = item
        items[2 * place + 1] = people + lackingItem(interactions, batch.users[place]!, random)
      }
      return await kernel.sampledLoss({ users, items }, tables, { kind: 'softmax', temperature: 1 })
    },
  }
}
