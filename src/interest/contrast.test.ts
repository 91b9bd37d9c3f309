import { expect, it } from 'vitest'
import { embeddingOf } from '../domain/embedding.ts'
import { itemSchema } from '../domain/item.ts'
import { createTestNetwork } from '../recommend/stage.contract.ts'
import { type Contrast, createContrast } from './contrast.ts'

it('makes two encoders comparable, of which one finds everything close', () => {
  const network = createTestNetwork()
  for (let number = 0; number < 40; number++) {
    const item = itemSchema.parse({ id: `i${number}`, createdAt: '2026-01-01T00:00:00Z' })
    const vector = Array.from({ length: 40 }, (_, at) => (at === number ? 1 : 0))
    // The second encoder gives every text the same large component.
    const isClose = number % 2 === 1
    const embedding = isClose
      ? embeddingOf('close@1', [...vector, 1])
      : embeddingOf('far@1', vector)
    network.apply({ kind: 'item', item, embedding })
  }
  const contrast = createContrast(network.memory)

  expect(closeness(contrast, 0.5, 0)).toBeCloseTo(0.5)
  expect(closeness(contrast, 0.5, 1)).toBeLessThan(0.05)
  expect(closeness(contrast, 0.75, 1)).toBeCloseTo(0.5)
  expect(closeness(contrast, 1, 1)).toBe(1)
  expect(closeness(contrast, -0.3, 0)).toBe(0)
})

it('takes a cosine as it is while too little is known of a space', () => {
  const { memory } = createTestNetwork()

  expect(closeness(createContrast(memory), 0.4, 0)).toBeCloseTo(0.4)
})

function closeness(contrast: Contrast, cosine: number, space: number): number {
  const cosines = Float32Array.of(cosine, 9)
  contrast.toCloseness(cosines, 1, space)
  expect(cosines[1]).toBe(9)
  return cosines[0]!
}
