import { expect, it } from 'vitest'
import type { Change } from '../domain/change.ts'
import { labelByte, labelWidth, placeOfLabel } from '../domain/labels.ts'
import { createExactVectors } from '../vectors/exact.ts'
import { bytesOf, itemChange, scene } from './changes.fixture.ts'
import { createMemory, loadSnapshot } from './create-memory.ts'

const options = { createVectors: createExactVectors }

function labelled(clock: number, id: string, text = id): Change {
  const values = new Uint8Array(labelWidth)
  values[placeOfLabel('toxic')] = labelByte(0.5)
  values[placeOfLabel('quality')] = labelByte(1)
  const change = itemChange(clock, { id, text })
  return { ...change, labels: { by: 'heads@1', values } } as Change
}

it('knows what was understood of an item, until its text changes', () => {
  const memory = createMemory(options)
  memory.apply([itemChange(1, { id: 'plain' }), labelled(2, 'one')])
  expect(memory.items.labelOf(0, 'toxic')).toBe(-1)
  expect(memory.items.labelOf(1, 'toxic')).toBeCloseTo(0.5, 2)
  expect(memory.items.labelOf(1, 'spam')).toBe(-1)
  expect(memory.items.qualityOf(1)).toBe(1)
  expect(memory.items.qualityOf(0)).toBeLessThan(1)
  memory.apply([itemChange(3, { id: 'one', text: 'one', tags: ['new'] })])
  expect(memory.items.labelOf(1, 'toxic')).toBeCloseTo(0.5, 2)
  memory.apply([itemChange(4, { id: 'one', text: 'other words' })])
  expect(memory.items.labelOf(1, 'toxic')).toBe(-1)
})

it('forgets labels of another width and of what was removed', () => {
  const memory = createMemory(options)
  memory.apply([labelled(1, 'one'), labelled(2, 'two')])
  const narrow = { by: 'heads@0', values: Uint8Array.of(9) }
  memory.apply([{ ...itemChange(3, { id: 'one' }), labels: narrow } as Change])
  expect(memory.items.labelOf(0, 'toxic')).toBe(-1)
  memory.apply([{ kind: 'item-removed', clock: 4, itemId: 'two' }])
  expect(memory.items.labelOf(1, 'toxic')).toBe(-1)
})

it('keeps moods until they are refused, and both outlive a snapshot', () => {
  const { memory } = scene(options).users('ann', 'bob')
  const readings = [{ at: new Date(5_000), emotions: [0.25, 0, 0.5, 0, 0, 0, 0.25] }]
  memory.apply([
    labelled(10, 'one'),
    { kind: 'mood', clock: 11, userId: 'ann', readings },
    { kind: 'mood', clock: 12, userId: 'bob', readings: [...readings, ...readings] },
    { kind: 'mood', clock: 13, userId: 'nobody', readings },
  ])
  const before = memory.digest()
  const loaded = loadSnapshot(bytesOf(memory.save()), options)
  expect(loaded.digest()).toBe(before)
  expect(loaded.people.moodsOf(0)).toEqual(readings)
  expect(loaded.people.moodsOf(1)).toHaveLength(2)
  expect(loaded.items.labelOf(0, 'toxic')).toBeCloseTo(0.5, 2)
  const user = { id: 'ann', languages: [], isPrivate: false, allowsUnsafe: false, isSample: false }
  memory.apply([{ kind: 'user', clock: 14, user: { ...user, usesMood: false } }])
  expect(memory.people.moodsOf(0)).toEqual([])
  expect(memory.digest()).not.toBe(before)
})
