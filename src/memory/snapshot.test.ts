import { crc32 } from 'node:zlib'
import { expect, it } from 'vitest'
import { createExactVectors } from '../vectors/exact.ts'
import { bytesOf, scene } from './changes.fixture.ts'
import { loadSnapshot } from './create-memory.ts'

const options = { createVectors: createExactVectors }
const town = () =>
  scene(options)
    .user({ id: 'ann', createdAt: '2020-01-01T00:00:00Z', languages: ['zh'] })
    .users('bob')
    .item({ id: 'one', authorId: 'ann', language: 'zh', text: '早上好 🎉' }, [1, 2, 3])
    .item({ id: 'two', authorId: 'bob' })
    .item({ id: 'gone' })
    .edge('ann', 'friend', 'bob', 0.5)
    .edge('bob', 'block', 'ann')
    .does('bob', 'like', 'one', 3)
    .does('ann', 'dwell', 'two', 4, 7)
    .removeItem('gone')

it('gives back every part as it was', () => {
  const { memory } = town()
  const loaded = loadSnapshot(bytesOf(memory.save()), options)
  expect(loaded.digest()).toBe(memory.digest())
  expect(loaded.clock).toBe(memory.clock)
  expect(loaded.items.get(0)).toEqual(memory.items.get(0))
  expect(loaded.people.get(0)).toEqual(memory.people.get(0))
  expect(loaded.items.languageCode('zh')).toBe(memory.items.languageCode('zh'))
  expect(loaded.items.count).toBe(3)
  expect(loaded.items.liveCount).toBe(2)
  expect(loaded.vectors.get(0)).toEqual(memory.vectors.get(0))
  expect(loaded.histories.version(0)).toBe(memory.histories.version(0))
  expect(loaded.items.newest(5)).toEqual(memory.items.newest(5))
  expect(loaded.engagement.trending(5, 0)).toEqual(memory.engagement.trending(5, 0))
  expect(loaded.items.qualityOf(0)).toBe(memory.items.qualityOf(0))
  expect(loaded.items.duplicateGroupOf(0)).toBe(memory.items.duplicateGroupOf(0))
})

it('holds the state of the moment it was asked for, whatever happens while it is written', () => {
  const scene = town()
  const before = scene.memory.digest()
  const chunks = scene.memory.save()
  scene.does('ann', 'like', 'one', 9).removeUser('bob').item({ id: 'three' }, [3, 2, 1])
  expect(loadSnapshot(bytesOf(chunks), options).digest()).toBe(before)
})

it('refuses bytes that were changed, cut short or are something else', () => {
  const bytes = bytesOf(town().memory.save())
  for (let place = 0; place < bytes.length; place += 7) {
    const changed = bytes.slice()
    changed[place]! ^= 0x40
    expect(() => loadSnapshot(changed, options)).toThrow('Delete it')
  }
  for (const length of [0, 5, 16, 40, bytes.length - 1]) {
    expect(() => loadSnapshot(bytes.slice(0, length), options)).toThrow('Delete it')
  }
  expect(() => loadSnapshot(new Uint8Array(1000), options)).toThrow('Delete it')
})

it('is refused when another version wrote it', () => {
  const bytes = bytesOf(town().memory.save())
  expect(() => loadSnapshot(withVersion(bytes, 999), options)).toThrow('another version')
})

/** Rewrites the version and the checksum of the first section. */
function withVersion(bytes: Uint8Array, version: number): Uint8Array {
  const changed = bytes.slice()
  const view = new DataView(changed.buffer)
  view.setFloat64(16 + 8, version, true)
  const facts = Float64Array.of(view.getUint32(0, true), view.getFloat64(8, true))
  view.setUint32(4, crc32(new Uint8Array(facts.buffer), crc32(changed.subarray(16, 40))), true)
  return changed
}
