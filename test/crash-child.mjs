/**
 * The victim of `crash.test.ts`: writes events as fast as it can and says which were acknowledged,
 * until it is killed. Plain JavaScript over the built code, so that it starts at once.
 */
import { join } from 'node:path'
import { openEmbeddedDatabase } from '../dist/src/database/embedded.js'
import { itemSchema } from '../dist/src/domain/item.js'
import { userSchema } from '../dist/src/domain/user.js'
import { openStore } from '../dist/src/store/open-store.js'
import { openLocalKeyVault } from '../dist/src/vault/local-key.js'

const [folder, first] = process.argv.slice(2)
const start = Date.parse('2026-01-01T00:00:00Z')
const say = (line) => process.stdout.write(`${line}\n`)

const database = await openEmbeddedDatabase({ folder: join(folder, 'postgres') })
const vault = await openLocalKeyVault({ folder: join(folder, 'vault') })
const store = await openStore({ database, vault })
const createdAt = new Date(start).toISOString()
await store.users.put([0, 1, 2, 3].map((n) => userSchema.parse({ id: `user-${n}` })))
await store.items.put(
  [0, 1, 2].map((n) => ({ item: itemSchema.parse({ id: `item-${n}`, createdAt }) })),
)
say(`server ${database.serverPid}`)

let next = Number(first)
const eventAt = (n) => ({
  type: 'view',
  userId: `user-${n % 4}`,
  itemId: `item-${n % 3}`,
  at: new Date(start + n),
})

/** A caller that is told "unavailable" asks again with the same events, as a network would. */
async function add(events) {
  for (;;) {
    try {
      await store.events.add(events)
      return
    } catch (error) {
      if (error.code !== 'unavailable') throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

async function call(size) {
  for (;;) {
    const numbers = Array.from({ length: size }, () => next++)
    await add(numbers.map(eventAt))
    say(`kept ${numbers.join(' ')}`)
  }
}

await Promise.all([call(1), call(1), call(1), call(20), call(200)])
