/** Only one model serves; an item whose author is erased has no name in any of them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEmbeddedDatabase } from '../database/embedded.ts'
import { itemSchema } from '../domain/item.ts'
import { userSchema } from '../domain/user.ts'
import { silentLog } from '../log.ts'
import { openLocalKeyVault } from '../vault/local-key.ts'
import { openStore } from './open-store.ts'
import type { Store, StoredModel } from './store.ts'

let store: Store
let close: () => Promise<void>

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kith-models-'))
  const database = await openEmbeddedDatabase({ folder: join(folder, 'postgres'), log: silentLog })
  const vault = await openLocalKeyVault({ folder: join(folder, 'vault') })
  store = await openStore({ database, vault })
  close = async () => {
    await store.close()
    await vault.close()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
  await store.users.put(['ada', 'bo'].map((id) => userSchema.parse({ id })))
  const items = ['ada', 'bo'].map((authorId) =>
    itemSchema.parse({ id: `${authorId}-1`, authorId, createdAt: '2026-01-01T00:00:00Z' }),
  )
  await store.items.put(items.map((item) => ({ item })))
}, 60_000)
afterAll(() => close())

function model(id: string, state: StoredModel['state'] = 'serving'): StoredModel {
  return {
    ...{ id, state, at: new Date(Number(id.slice(1)) * 1000), itemIds: ['ada-1', 'gone', 'bo-1'] },
    ...{ file: Uint8Array.of(1, 2, Number(id.slice(1))), runId: `run-${id}` },
    verdict: { passes: state === 'serving', reasons: [], segments: [], trials: 40 },
  }
}

const states = async () => (await store.models.list()).map(({ id, state }) => `${id} ${state}`)

it('keeps the one that serves and the one before, and goes back', async () => {
  expect(await store.models.serving()).toBeUndefined()
  await expect(store.models.rollback()).rejects.toMatchObject({ code: 'conflict' })
  for (const id of ['m1', 'm2', 'm3']) await store.models.put(model(id))
  await store.models.put(model('m4', 'refused'))
  expect(await states()).toEqual(['m4 refused', 'm3 serving', 'm2 previous', 'm1 retired'])
  expect(await store.models.servingId()).toBe('m3')
  expect(await store.models.serving()).toMatchObject({ id: 'm3', itemIds: ['ada-1', '', 'bo-1'] })
  await store.models.rollback()
  const back = await store.models.serving()
  expect(back).toMatchObject({ id: 'm2', state: 'serving', runId: 'run-m2' })
  expect([...back!.file]).toEqual([1, 2, 2])
  await store.models.rollback()
  expect(await store.models.servingId()).toBeUndefined()
  expect(await states()).toEqual(['m4 refused', 'm3 withdrawn', 'm2 withdrawn', 'm1 retired'])
})

it('has no name for what an erased person wrote', async () => {
  await store.models.put(model('m5'))
  await store.eraseUser('ada')
  expect((await store.models.serving())?.itemIds).toEqual(['', '', 'bo-1'])
})
