import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { openEmbeddedDatabase } from '../database/embedded.ts'
import { openServerDatabase } from '../database/server.ts'
import { itemSchema } from '../domain/item.ts'
import { userSchema } from '../domain/user.ts'
import { openLocalKeyVault } from '../vault/local-key.ts'
import { openStore } from './open-store.ts'
import { type StoreOpener, storeContract } from './store.contract.ts'
import type { Store } from './store.ts'

const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kith-store-'))
  folders.push(folder)
  return folder
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const tables = 'users, spaces, items, removals, edges, events, pages, api_keys, progress'

/** One database for all tests of a suite, emptied before each; a fresh vault for each. */
function openerOver(openDatabase: () => Promise<Database>): StoreOpener {
  let database: Database | undefined
  let vaultFolder = ''
  const open = async (): Promise<Store> => {
    database ??= await openDatabase()
    const vault = await openLocalKeyVault({ folder: vaultFolder })
    const store = await openStore({ database, vault })
    let isOpen = true
    const close = async () => {
      if (!isOpen) return
      isOpen = false
      await store.close()
      await vault.close()
    }
    return { ...store, close }
  }
  return {
    async openEmpty() {
      database ??= await openDatabase()
      await database.query(`truncate ${tables}`)
      await database.query(`update clock set value = 0, erased = 0, witness = null,
        users = 0, items = 0, edges = 0, events = 0`)
      vaultFolder = newFolder()
      return open()
    },
    openAgain: open,
    close: async () => database?.close(),
  }
}

storeContract(
  'The store on the embedded database',
  openerOver(() => openEmbeddedDatabase({ folder: newFolder() })),
)

// biome-ignore lint/style/noProcessEnv: which server the suite may use is the caller's to say
const { TEST_DATABASE: url } = process.env
if (url) {
  storeContract(
    'The store on a server',
    openerOver(() => openServerDatabase(url, { schema: 'kith_store_test' })),
  )
}

/** The files under a folder that hold any of the words. */
function filesWith(folder: string, words: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name)
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
    const bytes = readFileSync(path)
    return words.some((word) => bytes.includes(word))
  })
}

describe('The store on the embedded database', () => {
  const secrets = ['ada-lovelace-1815', '写给自己的秘密', 'secret post of mine', 'secret reply']

  async function open(folder: string) {
    const database = await openEmbeddedDatabase({ folder: join(folder, 'postgres') })
    const vault = await openLocalKeyVault({ folder: join(folder, 'vault') })
    const store = await openStore({ database, vault })
    const close = async () => {
      await store.close()
      await vault.close()
      await database.close()
    }
    return { database, store, close }
  }

  it('shows no id and no text in any file, before or after erasing; after, no key opens it', async () => {
    const folder = newFolder()
    const [id = '', bio = '', text = '', reply = ''] = secrets
    const first = await open(folder)
    await first.store.users.put([userSchema.parse({ id, bio }), userSchema.parse({ id: 'bob' })])
    const at = new Date('2026-11-22T00:00:00Z')
    const item = itemSchema.parse({
      id: `${id}/1`,
      authorId: id,
      text,
      createdAt: at.toISOString(),
    })
    await first.store.items.put([{ item }])
    await first.store.items.put([{ item: { ...item, id: `${id}/2` } }])
    await first.store.items.remove(`${id}/2`)
    await first.store.events.add([
      { type: 'reply', userId: id, itemId: item.id, at, text: reply, id: `${id}:event` },
      { type: 'like', userId: 'bob', itemId: item.id, at },
    ])
    first.store.pages.keep({ id: 'page', feed: 'home', userId: id, at, itemIds: [item.id] })
    await first.close()
    expect(filesWith(folder, secrets)).toEqual([])

    const slots = () => readFileSync(join(folder, 'vault/slots'))
    const key = slots().subarray(32, 64)
    const second = await open(folder)
    const [row] = await second.database.query<{ sealed: Buffer }>(
      'select sealed from users where key = 1',
    )
    await second.store.eraseUser(id)
    await second.close()
    expect(filesWith(folder, secrets)).toEqual([])
    expect(slots().includes(key)).toBe(false)

    const vault = await openLocalKeyVault({ folder: join(folder, 'vault') })
    const sealed = row?.sealed ?? Buffer.alloc(0)
    expect(() => vault.open(1, sealed)).toThrow(expect.objectContaining({ code: 'not-found' }))
    await vault.close()
  })

  it('finishes an erasure that a crash left half done', async () => {
    const folder = newFolder()
    const first = await open(folder)
    await first.store.users.put([userSchema.parse({ id: 'ada' }), userSchema.parse({ id: 'bob' })])
    const createdAt = '2026-11-22T00:00:00Z'
    await first.store.items.put([
      { item: itemSchema.parse({ id: 'one', authorId: 'ada', createdAt }) },
    ])
    await first.database.query('update users set pseudonym = null where key = 1')
    await first.close()

    const second = await open(folder)
    expect(await second.store.counts()).toEqual({ users: 1, items: 0, edges: 0, events: 0 })
    expect(await second.store.items.get('one')).toBeUndefined()
    expect(await second.store.oldestClock()).toBeGreaterThan(0)
    await second.close()
  })

  it('refuses the vault of another database', async () => {
    const folder = newFolder()
    await (await open(folder)).close()
    rmSync(join(folder, 'vault'), { recursive: true })
    await expect(open(folder)).rejects.toMatchObject({ code: 'misconfigured' })
  })

  it('tells a follower of a commit whose answer never came', async () => {
    const { store, database, close } = await open(newFolder())
    await store.users.put([userSchema.parse({ id: 'ada' })])
    const followed: string[] = []
    store.subscribe((changes) => {
      for (const change of changes) if (change.kind === 'user') followed.push(change.user.id)
    })
    // What another writer commits looks just like a commit of ours whose answer was lost.
    await database.query('update users set clock = 2 where key = 1')
    await database.query('update clock set value = 2')
    await store.users.put([userSchema.parse({ id: 'bob' })])
    expect(followed).toEqual(['ada', 'bob'])
    await close()
  })
})
