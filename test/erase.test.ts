/** Erasing a person: gone from pages, tables, snapshot and files; unreadable even in an old backup. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import type { Item } from '../src/domain/item.ts'
import { openTestEngine, type TestEngine, untilEncoded } from '../src/testing/test-engine.ts'
import { town } from '../src/testing/town.ts'

const id = 'quillon-vesper-90125'
const words = 'Marzipan lighthouse keeper, unmistakable sentence'
const replied = 'An answer nobody else would give, zanzibar kaleidoscope'
const usual = { limit: 50, exclude: [], languages: [], explain: true, locale: 'en' } as const
let test: TestEngine

beforeEach(async () => {
  test = await openTestEngine()
  const { engine } = test
  const [user] = town.users
  if (!user) throw new Error('The town is empty.')
  await engine.putUsers([{ ...user, id, name: `Name of ${id}` }])
  const item: Item = {
    id: `${id}/post/1`,
    kind: 'post',
    authorId: id,
    text: words,
    createdAt: town.now,
    tags: [],
    visibility: 'public',
    isUnsafe: false,
  }
  await engine.putItems([item])
  await engine.putEdges([{ from: 'bo', to: id, kind: 'follow', weight: 1 }])
  await engine.addEvents([
    { type: 'reply', userId: id, itemId: 'bread-1', text: replied },
    { type: 'like', userId: 'bo', itemId: item.id },
  ])
  await untilEncoded(engine)
  await engine.feed({ ...usual, feed: 'home', userId: id })
  return () => test.close()
})

it('leaves no readable trace in memory, pages, tables or files', async () => {
  await test.reopen()
  expect(
    (await test.engine.feed({ ...usual, feed: 'latest' })).items.map(({ item }) => item.id),
  ).toContain(`${id}/post/1`)
  const removed = await test.engine.eraseUser(id)
  expect(removed).toMatchObject({ items: 1, edges: 1 })
  expect(test.engine.getUser(id)).toBeUndefined()
  expect(test.engine.getItem(`${id}/post/1`)).toBeUndefined()
  const page = await test.engine.feed({ ...usual, feed: 'latest', limit: 100 })
  expect(JSON.stringify(page)).not.toContain(id)
  await expect(test.engine.exportUser(id)).rejects.toMatchObject({ code: 'not-found' })
  await test.reopen()
  expect(test.engine.getUser(id)).toBeUndefined()
  expect(traces()).toEqual([])
})

it('cannot be undone with a backup of the database', async () => {
  const { data } = test.config
  const backup = `${data}-backup`
  await test.reopen({
    whileClosed: () => copy(join(data, 'postgres'), backup),
  })
  await test.engine.eraseUser(id)
  await test.reopen({
    whileClosed() {
      rmSync(join(data, 'postgres'), { recursive: true })
      copy(backup, join(data, 'postgres'))
    },
  })
  expect(test.engine.getUser(id)).toBeUndefined()
  expect(JSON.stringify(await test.engine.listUsers({ limit: 100 }))).not.toContain(id)
  expect(test.engine.getUser('bo')).toBeDefined()
})

/** With owners and modes, as a backup does. */
function copy(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to])
}

/** Files of the data folder that hold the id, the name or a text, as UTF-8, UTF-16, hex or base64. */
function traces(): string[] {
  const needles = [id, words, replied].flatMap((text) => {
    const bytes = Buffer.from(text)
    return [
      bytes,
      Buffer.from(text, 'utf16le'),
      Buffer.from(bytes.toString('hex')),
      Buffer.from(bytes.toString('base64').slice(2, -4)),
    ]
  })
  const { data } = test.config
  return readdirSync(data, { recursive: true, encoding: 'utf8' })
    .map((name) => join(data, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .filter((path) => {
      const bytes = readFileSync(path)
      return needles.some((needle) => bytes.includes(needle))
    })
}
