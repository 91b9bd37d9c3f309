import { expect, it } from 'vitest'
import type { Checkpoint, SavedModel } from '../../learn/trainer.ts'
import { openSteps } from './steps.ts'

function inMemory(): Checkpoint {
  let kept: SavedModel | undefined
  return {
    load: async () => kept,
    save: async (state) => {
      kept = state
    },
  }
}

const stateOf = (step: number): SavedModel => ({
  tensors: { a: { shape: [2], data: Float32Array.of(step, 1) } },
  meta: { step },
})

it('works each step out once, and goes on in the middle of the one that was cut off', async () => {
  const checkpoint = inMemory()
  const before = await openSteps(checkpoint)
  expect(await before.once('one', async () => stateOf(1))).toEqual(stateOf(1))
  const cutOff = before.once('two', async (middle) => {
    expect(await middle.load()).toBeUndefined()
    await middle.save(stateOf(7))
    throw new Error('killed')
  })
  await expect(cutOff).rejects.toThrow('killed')

  const after = await openSteps(checkpoint)
  const known = await after.once('one', () => Promise.reject(new Error('not again')))
  expect(known).toEqual(stateOf(1))
  const two = await after.once('two', async (middle) => {
    expect(await middle.load()).toEqual(stateOf(7))
    return stateOf(8)
  })
  expect(two).toEqual(stateOf(8))
  const last = await openSteps(checkpoint)
  expect(await last.once('two', () => Promise.reject(new Error('not again')))).toEqual(stateOf(8))
})

it('does without a checkpoint', async () => {
  const steps = await openSteps()
  expect(await steps.once('one', async () => stateOf(3))).toEqual(stateOf(3))
})
