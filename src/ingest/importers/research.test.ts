/** The two research sets: their rules on a few rows made here, and the real folders when they are there. */
import { existsSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Importer, ImportRecord } from '../importer.ts'
import { importInto } from '../ingest.ts'
import { lastfmImporter } from './lastfm.ts'
import { weiboImporter } from './weibo.ts'

async function folderOf(files: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-research-'))
  for (const [name, lines] of Object.entries(files)) {
    await writeFile(join(folder, name), `${lines.join('\n')}\n`, 'latin1')
  }
  return folder
}

async function read(importer: Importer, folder: string) {
  const records: ImportRecord[] = []
  for await (const record of importer.read(folder)) records.push(record)
  return (kind: string) => records.filter((record) => record.kind === kind)
}

const lastfm = {
  'artists.dat': [
    'id\tname\turl\tpictureURL',
    '7\tThe Kites\thttp://www.last.fm/music/The+Kites\t',
    '8\tQuiet Oven\thttp://www.last.fm/music/Quiet+Oven\t',
  ],
  'tags.dat': ['tagID\ttagValue', '1\tfolk', '2\trock fran\xe7ais', '3\todd'],
  'user_artists.dat': ['userID\tartistID\tweight', '2\t7\t500', '2\t8\t20', '3\t8\t1', '3\tbroken'],
  'user_friends.dat': ['userID\tfriendID', '2\t3', '3\t2', '3\t4', '4\t3'],
  'user_taggedartists.dat': [
    'userID\tartistID\ttagID\tday\tmonth\tyear',
    '2\t7\t3\t1\t5\t2009',
    '2\t7\t2\t1\t4\t2009',
    '3\t7\t2\t1\t6\t2010',
    '3\t8\t1\t1\t1\t1956',
    '3\t99\t1\t1\t1\t2010',
  ],
}

describe('the lastfm importer', () => {
  it('gives artists a text of name and most used tags, and the day they were first tagged', async () => {
    const of = await read(lastfmImporter, await folderOf(lastfm))
    expect(of('item').map((record) => 'value' in record && record.value)).toEqual([
      {
        id: '7',
        kind: 'artist',
        text: 'The Kites: rock français, odd',
        createdAt: '2009-04-01T12:00:00.000Z',
        language: 'en',
        tags: ['rock français', 'odd'],
        url: 'http://www.last.fm/music/The+Kites',
      },
      expect.objectContaining({ text: 'Quiet Oven', createdAt: '2005-01-01T00:00:00.000Z' }),
    ])
  })

  it('makes listeners, one edge for a friendship, likes from first tags and clicks from plays', async () => {
    const of = await read(lastfmImporter, await folderOf(lastfm))
    expect(of('user').map(({ line }) => line)).toEqual([2, 4, 5])
    expect(of('edge')).toMatchObject([
      { line: 2, value: { from: '2', to: '3', kind: 'friend' } },
      { line: 4, value: { from: '3', to: '4', kind: 'friend' } },
    ])
    expect(of('event').map(({ file, ...rest }) => rest)).toMatchObject([
      { line: 5, problem: 'the date is before 2002 or none' },
      {
        line: 3,
        value: { type: 'like', userId: '2', itemId: '7', at: '2009-04-01T12:00:00.000Z' },
      },
      { line: 6, problem: 'artistID is not in the artists file' },
      {
        line: 4,
        value: { type: 'like', userId: '3', itemId: '7', at: '2010-06-01T12:00:00.000Z' },
      },
      { line: 3, value: { type: 'click', userId: '2', itemId: '8', value: 20 } },
      {
        line: 2,
        value: {
          type: 'click',
          userId: '2',
          itemId: '7',
          value: 500,
          at: '2011-05-31T23:59:00.000Z',
        },
      },
      { line: 5, problem: 'has 2 cells where the header has 3' },
      { line: 4, value: { type: 'click', userId: '3', itemId: '8', value: 1 } },
    ])
  })
})

const weibo = {
  'users.jsonl': ['{"id":"a","createdAt":1251448461,"location":"x"}', '{"id":"b"}', '{"id":"c"}'],
  'posts.jsonl': [
    '{"id":"p","authorId":"a","text":"#tea# and #tea# and rain","createdAt":"2012-01-01T00:00:00Z","rumour":true}',
  ],
  'events.jsonl': [
    '{"userId":"b","postId":"p","type":"repost","at":"2012-01-01T01:00:00Z","text":"yes"}',
    '{"userId":"c","postId":"p","type":"repost","at":"2012-01-01T02:00:00Z","viaUserId":"b"}',
    '{"userId":"c","postId":"p","type":"repost","at":"2012-01-01T03:00:00Z","viaUserId":"b"}',
    '{"userId":"c","postId":"p","type":"repost","at":"2012-01-01T03:00:00Z","viaUserId":"gone"}',
    'broken',
  ],
}

describe('the weibo importer', () => {
  it('makes posts, reposts and edges to whom a repost came through', async () => {
    const of = await read(weiboImporter, await folderOf(weibo))
    expect(of('user')[0]).toMatchObject({
      line: 1,
      value: { id: 'a', languages: ['zh'], createdAt: '2009-08-28T08:34:21.000Z' },
    })
    expect(of('item')).toMatchObject([{ value: { id: 'p', authorId: 'a', tags: ['tea'] } }])
    expect(of('edge')).toMatchObject([
      { line: 2, value: { from: 'c', to: 'b', kind: 'repost-through', weight: 0.75 } },
      { line: 4, problem: 'viaUserId is not in the users file' },
    ])
    expect(of('event')).toMatchObject([
      { line: 1, value: { type: 'repost', userId: 'b', itemId: 'p', text: 'yes' } },
      { line: 2 },
      { line: 3 },
      { line: 4 },
      { line: 5, problem: 'is not JSON' },
    ])
  })
})

const shared = resolve(import.meta.dirname, '../../../../shared/data')

/** Counts what would be kept, in the store's sense of a duplicate. */
function createCounter() {
  const seen = new Set<string>()
  const count = (some: readonly object[], keyOf: (one: never) => string) => {
    const before = seen.size
    for (const one of some) seen.add(keyOf(one as never))
    return { accepted: seen.size - before, duplicates: some.length - (seen.size - before) }
  }
  const idOf = ({ id }: { id: string }) => id
  return {
    putUsers: async (some: readonly object[]) => count(some, idOf),
    putItems: async (some: readonly object[]) =>
      count(some, (item: { id: string }) => `i ${item.id}`),
    putEdges: async (some: readonly object[]) =>
      count(some, ({ from, to }: { from: string; to: string }) => `${from} ${to}`),
    addEvents: async (some: readonly object[]) =>
      count(some, (event: { userId: string; type: string; itemId: string; at: Date }) =>
        [event.userId, event.type, event.itemId, event.at.getTime()].join(' '),
      ),
  }
}

describe('the published sets', () => {
  const isThere = existsSync(shared)
  const because = isThere ? '' : ' (skipped: ../shared/data is not on this machine)'

  it.skipIf(!isThere)(`reads all of lastfm${because}`, { timeout: 60_000 }, async () => {
    const path = join(shared, 'lastfm')
    const { kinds } = await importInto(createCounter(), lastfmImporter, path)
    expect(kinds.user).toMatchObject({ accepted: 1892, rejected: 0 })
    expect(kinds.item).toMatchObject({ accepted: 17_632, rejected: 0 })
    expect(kinds.edge).toMatchObject({ accepted: 12_717, rejected: 0 })
    expect(kinds.event.accepted).toBeGreaterThan(92_834 + 69_000)
    expect(kinds.event.duplicates).toBe(0)
  })

  it.skipIf(!isThere)(`reads all of weibo${because}`, { timeout: 60_000 }, async () => {
    const path = join(shared, 'weibo')
    const { kinds } = await importInto(createCounter(), weiboImporter, path)
    expect(kinds.user).toMatchObject({ accepted: 9437, rejected: 0 })
    expect(kinds.item).toMatchObject({ accepted: 1693, rejected: 0 })
    expect(kinds.edge.accepted).toBeGreaterThan(3_000)
    expect(kinds.event).toMatchObject({ accepted: 31_294, duplicates: 2, rejected: 0 })
  })
})
