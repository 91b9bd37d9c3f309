import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFolder } from './folder.ts'
import { readInteractions, readItems, readTies } from './read.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-read-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(text: string | Buffer, name = 'data.txt'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

it('reads one person a line with all their items', async () => {
  const { layout, interactions } = await readInteractions(await file('0 7 8 9\n1 7\n\n2 8 9\n'))
  expect(layout).toBe('lists')
  expect(interactions.map(({ userId, itemId }) => `${userId}:${itemId}`)).toEqual([
    ...['0:7', '0:8', '0:9', '1:7', '2:8', '2:9'],
  ])
})

it('takes lines of equal length for lists when told so', async () => {
  const { interactions } = await readInteractions(await file('0 7 8\n1 7 9\n'), { layout: 'lists' })
  expect(interactions).toHaveLength(4)
})

const dated = { userId: 'ann', itemId: 'x', value: 4, at: 881_250_949_000 }
it.each([
  ['tabs', 'ann\tx\t4\t881250949\nbob\ty\t1\t881250950\n'],
  ['spaces', 'ann x 4 881250949\nbob y 1 881250950\n'],
  ['commas', 'ann,x,4,881250949\r\nbob,y,1,881250950\r\n'],
  ['double colons', 'ann::x::4::881250949\nbob::y::1::881250950\n'],
  ['a header', 'userID,artistID,weight,timestamp\nann,x,4,881250949\nbob,y,1,881250950\n'],
  [
    'a header in another order',
    'timestamp,item,user,rating\n881250949,x,ann,4\n881250950,y,bob,1\n',
  ],
  [
    'a typed header',
    'user_id:token\titem_id:token\trating:float\ttimestamp:float\nann\tx\t4\t881250949\nbob\ty\t1\t881250950\n',
  ],
  ['a header of unknown names', 'wer,was,wieviel,wann\nann,x,4,881250949\nbob,y,1,881250950\n'],
  ['quotes', '"ann","x",4,1997-12-04T15:55:49Z\n"bob","y",1,1997-12-04T15:55:50Z\n'],
  ['a byte order mark', '\ufeffann,x,4,881250949000\nbob,y,1,881250950000\n'],
])('reads a table with %s', async (_, text) => {
  const { layout, interactions } = await readInteractions(await file(text))
  expect(layout).toBe('table')
  expect(interactions).toEqual([
    dated,
    { userId: 'bob', itemId: 'y', value: 1, at: 881_250_950_000 },
  ])
})

it('reads ids with spaces and commas from csv, and packed files', async () => {
  const text = gzipSync('user,item\nAnn Lee,"Tea, green"\nBob,Coffee\n')
  const { interactions } = await readInteractions(await file(text, 'data.csv.gz'))
  expect(interactions).toEqual([
    { userId: 'Ann Lee', itemId: 'Tea, green', value: 1 },
    { userId: 'Bob', itemId: 'Coffee', value: 1 },
  ])
})

it.each([
  ['a,x,1\nb,y,NaN\n', /line 2: the value "NaN" is not a number/],
  ['a,x,1\nb,y,Infinity\n', /line 2: the value "Infinity" is not a number/],
  ['user,item,rating\na,x,1\nb,y,-3\n', /line 3: the value -3 is negative/],
  ['a,x,1\n\nb,,2\n', /line 3: has no item id/],
  ['a,x,1\nb\n', /line 2: .*(value|item)/],
  ['a,x,1,soon\nb,y,1,later\n', /line 1: the time "soon" is neither/],
  ['a,x,\nb,y,1\n', /line 1: the value "" is not a number/],
  ['a,"x,1\nb,y,1\n', /line \d+: not well-formed csv/],
  ['a,x,1\nb,y,1e39\n', /line 2: the value 1e39 is too large/],
  ['a,x,1,1e300\nb,y,1,1e300\n', /line 1: the time "1e300" is neither/],
  [`a,x,1\nb,y,${'9'.repeat(400)}z\n`, /line 2: the value "9{60}…" is not a number/],
  ['', /is empty/],
  ['\n \n', /is empty/],
  ['user,item\n', /no interaction/],
  ['a,x,0\n', /no interaction/],
])('refuses %j with the line and what is wrong', async (text, message) => {
  await expect(readInteractions(await file(text))).rejects.toThrow(message)
})

it('refuses what is not there or cannot be unpacked', async () => {
  await expect(readInteractions(join(folder, 'nowhere.txt'))).rejects.toMatchObject({
    code: 'not-found',
  })
  const broken = await file('not gzip', 'broken.gz')
  await expect(readInteractions(broken)).rejects.toThrow(/Cannot unpack/)
})

it('leaves zeros and people without items out and says so', async () => {
  const notes: string[] = []
  const note = (text: string): number => notes.push(text)
  await readInteractions(await file('a,x,0\nb,y,1\n'), { note })
  await readInteractions(await file('0 7 8\n1\n'), { note })
  expect(notes).toEqual([
    expect.stringMatching(/1 lines with the value 0/),
    expect.stringMatching(/1 lines name a person without/),
  ])
})

it('reads ties with and without a header', async () => {
  const tie = { userId: '0', friendId: '257' }
  expect(await readTies(await file('user,friend\n0,257\n'))).toEqual([tie])
  expect(await readTies(await file('0 257\n'))).toEqual([tie])
  expect(await readTies(await file('userID\tfriendID\n0\t257\n'))).toEqual([tie])
  await expect(readTies(await file('0\n'))).rejects.toThrow(/line 1: has no friend id/)
})

it('reads items with texts that hold spaces and commas', async () => {
  const facts = [{ id: '7', text: 'Tea, green and hot' }]
  expect(await readItems(await file('7 Tea, green and hot\n'))).toEqual(facts)
  expect(await readItems(await file('id\tname\turl\n7\tTea, green and hot\thttp\n'))).toEqual(facts)
  expect(await readItems(await file('id,title\n7,"Tea, green and hot"\n'))).toEqual(facts)
})

it('knows the folders by their files', async () => {
  await expect(readFolder(folder)).rejects.toThrow(/No known data set/)
  await file('userID\tartistID\tweight\n2\t51\t13883\n', 'user_artists.dat')
  await file('userID\tfriendID\n2\t275\n', 'user_friends.dat')
  await file('id\tname\turl\tpictureURL\n51\tDuran Duran\thttp\thttp\n', 'artists.dat')
  expect(await readFolder(folder)).toMatchObject({
    interactions: [{ userId: '2', itemId: '51', value: 13_883 }],
    ties: [{ userId: '2', friendId: '275' }],
    items: [{ id: '51', text: 'Duran Duran' }],
  })
})

it('reads weibo without the counts and labels taken after the fact', async () => {
  const weibo = await mkdtemp(join(tmpdir(), 'kith-weibo-'))
  const event = { userId: 'u1', postId: 'p', type: 'repost', at: '2010-12-02T04:54:36Z' }
  const post = {
    id: 'p',
    authorId: 'u0',
    text: '水',
    createdAt: '2010-12-02T04:06:58Z',
    likes: 9,
    rumour: true,
  }
  const lines = [event, { ...event, userId: 'u2', viaUserId: 'u1' }]
  const pack = (objects: readonly object[]): Buffer =>
    gzipSync(objects.map((object) => JSON.stringify(object)).join('\n'))
  await writeFile(join(weibo, 'events.jsonl.gz'), pack(lines))
  await writeFile(join(weibo, 'posts.jsonl.gz'), pack([post]))
  const data = await readFolder(weibo)
  expect(data.ties).toBeUndefined()
  expect(data.interactions[1]).toMatchObject({
    userId: 'u2',
    viaUserId: 'u1',
    at: Date.UTC(2010, 11, 2, 4, 54, 36),
  })
  expect(data.items).toEqual([
    { id: 'p', authorId: 'u0', text: '水', at: Date.UTC(2010, 11, 2, 4, 6, 58) },
  ])
  await writeFile(
    join(weibo, 'events.jsonl.gz'),
    gzipSync(`${JSON.stringify(event)}\n{"userId": "u1"}\n`),
  )
  await expect(readFolder(weibo)).rejects.toThrow(/line 2: "postId" is missing/)
  await writeFile(join(weibo, 'events.jsonl.gz'), gzipSync('{oops\n'))
  await expect(readFolder(weibo)).rejects.toThrow(/line 1: not JSON/)
  await rm(weibo, { recursive: true })
})
