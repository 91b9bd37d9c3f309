/** A trained network as a next model: answers in a worker, saves and loads. */
import { openForward } from '../../../tensor/forward.ts'
import type { Parameters } from '../../../tensor/trainer.ts'
import type { SavedModel } from '../../trainer.ts'
import type { NextModel } from '../next-trainer.ts'
import type { Sequences } from '../sequences.ts'
import { catalogueFeeds, questionFeeds, type WordTable } from './batches.ts'
import { type NetworkOptions, networkOf } from './network.ts'

export interface AttentionParts {
  readonly sequences: Sequences
  readonly options: NetworkOptions
  readonly words: WordTable | undefined
  readonly parameters: Parameters
  readonly threads: number
  readonly chosen?: NextModel['chosen']
}

export interface AttentionModel extends NextModel {
  /** The same network with other parameters, as when training goes on. */
  replace(parameters: Parameters): Promise<void>
}

export async function openAttentionModel(parts: AttentionParts): Promise<AttentionModel> {
  const { sequences, options, words, threads, chosen } = parts
  const { scores: wanted } = networkOf(options)
  let { parameters } = parts
  const forward = await openForward({ scores: wanted }, { parameters, threads })
  await forward.hold(catalogueFeeds(sequences, words))
  return {
    givesLogits: true,
    chosen,
    async score(histories, scores) {
      const answer = await forward.run(questionFeeds(histories, options.length))
      const { scores: found } = answer
      scores.set(found!.data)
      const { bias } = parameters
      for (const [row, { length }] of histories.entries()) {
        // Without a history there is nothing to look at: the network's place 0 is another item's.
        if (length === 0) scores.set(bias!, row * options.items)
      }
    },
    async replace(next) {
      parameters = next
      await forward.replace(next)
    },
    save: () => savedOf(parameters, options),
    close: () => forward.close(),
  }
}

function savedOf(parameters: Parameters, options: NetworkOptions): SavedModel {
  const tensors = Object.entries(parameters).map(([name, data]) => [
    name,
    { shape: [data.length], data },
  ])
  return { tensors: Object.fromEntries(tensors), meta: { ...options } }
}
