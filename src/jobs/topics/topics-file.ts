/** Topics as they rest between two starts, in a sealed file: safetensors, with the words in its head. */
import { z } from 'zod'
import { modelFile, savedModelOf } from '../../learn/runs/saved-model.ts'
import type { SpaceTopics } from '../../understand/topics/space-topics.ts'

const listSchema = z.array(
  z.object({
    space: z.string(),
    width: z.number().int(),
    nextId: z.number().int(),
    posts: z.number().int(),
    of: z.number().int(),
    topics: z.array(
      z.object({ id: z.number().int(), words: z.array(z.string()), size: z.number().int() }),
    ),
  }),
)

export function topicsFile(list: readonly SpaceTopics[]): Uint8Array {
  const tensors = Object.fromEntries(
    list.map(({ width, topics }, n) => {
      const data = new Float32Array(topics.length * width)
      for (const [place, { centre }] of topics.entries()) data.set(centre, place * width)
      return [`centres.${n}`, { shape: [topics.length, width], data }]
    }),
  )
  const told = list.map(({ topics, ...facts }) => {
    return { ...facts, topics: topics.map(({ id, words, size }) => ({ id, words, size })) }
  })
  return modelFile({ tensors, meta: { topics: JSON.stringify(told) } })
}

/** @throws when it is not such a file */
export function topicsOfFile(file: Uint8Array): SpaceTopics[] {
  const { tensors, meta } = savedModelOf(file)
  return listSchema.parse(JSON.parse(String(meta['topics']))).map(({ topics, ...facts }, n) => {
    const centres = tensors[`centres.${n}`]!.data
    const centreOf = (place: number): Float32Array =>
      Float32Array.from(centres.slice(place * facts.width, (place + 1) * facts.width), Number)
    return {
      ...facts,
      topics: topics.map((topic, place) => ({ ...topic, centre: centreOf(place) })),
    }
  })
}
