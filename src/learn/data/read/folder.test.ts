import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFolder } from './folder.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kith-folder-'))
})
afterAll(() => rm(root, { recursive: true }))

async function folder(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const path = await mkdtemp(join(root, 'data-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text)
  return path
}

it('reads parts of lists, published fitted on training and validation', async () => {
  const lists = { 'train.txt': '0 1 2\n1 1\n', 'test.txt': '0 3\n' }
  const data = await readFolder(await folder({ ...lists, 'valid.txt': '0 4 5\n1 6\n' }))
  expect(data.interactions).toHaveLength(3)
  expect(data.valid).toHaveLength(3)
  expect(data.test).toEqual([{ userId: '0', itemId: '3', value: 1 }])
  expect(data.protocol).toEqual({ fitsValid: true })
  expect((await readFolder(await folder(lists))).protocol).toEqual({ fitsValid: false })
})

it('reads parts of pairs, with trust where there is some', async () => {
  const pairs = { 'train_set.txt': 'user,item\n5,6\n', 'test_set.txt': 'user,item\n5,7\n' }
  const data = await readFolder(await folder({ ...pairs, 'trust.txt': 'user,friend\n5,8\n' }))
  expect(data.interactions).toEqual([{ userId: '5', itemId: '6', value: 1 }])
  expect(data.test).toEqual([{ userId: '5', itemId: '7', value: 1 }])
  expect(data.ties).toEqual([{ userId: '5', friendId: '8' }])
  expect((await readFolder(await folder(pairs))).ties).toBeUndefined()
})

it('reads MovieLens with its titles in Latin-1', async () => {
  const path = await folder({
    'u.data': '196\t242\t3\t881250949\n',
    'u.item': Buffer.from('242|Misérables, Les (1995)|01-Jan-1995||url|0\n', 'latin1'),
  })
  const data = await readFolder(path)
  expect(data.interactions).toEqual([
    { userId: '196', itemId: '242', value: 3, at: 881_250_949_000 },
  ])
  expect(data.items).toEqual([{ id: '242', text: 'Misérables, Les (1995)' }])
  expect(data.protocol).toEqual({ ratios: [0.65, 0.1, 0.25], fitsValid: true })
})

it('joins the tags given most to the names of artists, and says so', async () => {
  const path = await folder({
    'user_artists.dat': 'userID\tartistID\tweight\n2\t51\t13883\n',
    'user_friends.dat': 'userID\tfriendID\n2\t275\n',
    'artists.dat': 'id\tname\turl\tpictureURL\n51\tDuran Duran\th\th\n52\tNena\th\th\n',
    'tags.dat': Buffer.from(
      'tagID\ttagValue\n1\tpop\n2\tfrançais\n3\tlove at first sight\n',
      'latin1',
    ),
    'user_taggedartists.dat':
      'userID\tartistID\ttagID\tday\tmonth\tyear\n2\t51\t1\t1\t4\t2009\n3\t51\t2\t1\t4\t2009\n4\t51\t2\t1\t4\t2009\n',
  })
  const notes: string[] = []
  const { items } = await readFolder(path, { note: (text) => notes.push(text) })
  expect(items?.map(({ text }) => text)).toEqual(['Duran Duran: français, pop', 'Nena'])
  expect(notes).toEqual([expect.stringMatching(/tags given most often, whoever gave them/)])
  const bare = await readFolder(path, { usesTags: false })
  expect(bare.items?.map(({ text }) => text)).toEqual(['Duran Duran', 'Nena'])
})

it('reads histories with their last item, and titles', async () => {
  const histories = 'user_id:token\titem_id_list:token_seq\titem_id:token\n7\t3 4\t5\n8\t3\t4\n'
  const path = await folder({
    'train-histories.tsv.gz': gzipSync(histories),
    'items.tsv': 'item_id:token\ttitle:token_seq\n3\tPac-Man, 2nd Edition\n4\tTetris\n5\tGo\n',
  })
  const { interactions, items } = await readFolder(path)
  const pairs = interactions.map(({ userId, itemId }) => `${userId} ${itemId}`)
  expect(pairs).toEqual(['7 3', '7 4', '7 5', '8 3', '8 4'])
  expect(items?.[0]).toEqual({ id: '3', text: 'Pac-Man, 2nd Edition' })
})

it('names what it looked for in a folder it does not know', async () => {
  await expect(readFolder(await folder({ 'notes.md': '' }))).rejects.toThrow(
    /none of user_artists\.dat \(as lastfm\).* train\.txt and test\.txt \(as gowalla\)/,
  )
  await expect(readFolder(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'not-found' })
})

const real = resolve(import.meta.dirname, '../../../../../shared/data')

it.skipIf(!existsSync(real))(
  'finds the published sizes in the real folders (skipped where ../shared/data is missing)',
  async () => {
    const small = await readFolder(join(real, 'lastfm-8-2'))
    const films = await readFolder(join(real, 'ml-100k'))
    expect(films.interactions).toHaveLength(100_000)
    expect(films.items).toHaveLength(1_682)
    expect(small.interactions.length + (small.test?.length ?? 0)).toBe(92_834)
  },
)
