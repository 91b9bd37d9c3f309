/** Learning reads what a network has: public posts, and what people wanted of them. */
import { expect, it } from 'vitest'
import { silentLog } from './log.ts'
import { ownData } from './own-data.ts'
import { openTestEngine } from './testing/test-engine.ts'
import { town } from './testing/town.ts'

it('reads the posts and the wishes of the town, once nobody else has its data open', async () => {
  const test = await openTestEngine()
  try {
    await test.engine.putItems([{ ...town.items[0]!, id: 'secret', visibility: 'private' }])
    await expect(ownData(test.config, silentLog)).rejects.toMatchObject({ code: 'conflict' })
    await test.engine.close()
    const { items = [], train } = await ownData(test.config, silentLog)
    const ids = new Set(items.map(({ id }) => id))
    expect(ids.has('secret')).toBe(false)
    expect(items.length).toBe(
      town.items.filter(({ visibility }) => !visibility || visibility === 'public').length,
    )
    const likes = town.events.filter(({ type }) => type === 'like')
    for (const { userId, itemId = '' } of likes) {
      expect(train.some((one) => one.userId === userId && one.itemId === itemId)).toBe(true)
    }
    expect(train.every(({ itemId }) => ids.has(itemId))).toBe(true)
  } finally {
    await test.close()
  }
}, 60_000)
