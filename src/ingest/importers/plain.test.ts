/** JSON Lines and CSV: what is read, from which line, and what is said of lines that cannot be read. */
import { mkdtemp, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Importer, ImportRecord } from '../importer.ts'
import { linesOf } from '../lines.ts'
import { csvImporter } from './csv.ts'
import { findImporter } from './find.ts'
import { jsonlImporter } from './jsonl.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-importers-'))
})

const write = (name: string, content: string | Buffer) => writeFile(join(folder, name), content)

async function read(importer: Importer, path = folder): Promise<ImportRecord[]> {
  const records: ImportRecord[] = []
  for await (const record of importer.read(path)) records.push(record)
  return records
}

describe('the jsonl importer', () => {
  it('reads the files of a folder in the order users, items, edges, events, packed or not', async () => {
    await write('events.jsonl', '{"type":"like","userId":"ada","itemId":"1"}\n')
    await write('users.jsonl', '{"id":"ada"}\n\n{"id":"bo"}')
    await write('items.jsonl.gz', gzipSync('{"id":"1","text":"tea"}\r\n'))
    expect(await read(jsonlImporter)).toEqual([
      { kind: 'user', file: 'users.jsonl', line: 1, value: { id: 'ada' } },
      { kind: 'user', file: 'users.jsonl', line: 3, value: { id: 'bo' } },
      { kind: 'item', file: 'items.jsonl.gz', line: 1, value: { id: '1', text: 'tea' } },
      {
        kind: 'event',
        file: 'events.jsonl',
        line: 1,
        value: { type: 'like', userId: 'ada', itemId: '1' },
      },
    ])
    expect(await jsonlImporter.count?.(folder)).toEqual({ user: 3, item: 1, event: 1 })
  })

  it('reads a mixed file in any order', async () => {
    const path = join(folder, 'all.jsonl')
    const lines = [
      { kind: 'event', event: { type: 'like' } },
      { kind: 'item', item: { id: '1', kind: 'artist' } },
      { kind: 'user', user: { id: 'ada' } },
      { kind: 'user', id: 'bo' },
      { id: 'who' },
    ]
    await writeFile(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\nnot json\n`)
    const records = await read(jsonlImporter, path)
    expect(records.map(({ kind, line }) => [kind, line])).toEqual([
      ['user', 3],
      ['user', 4],
      [undefined, 5],
      [undefined, 6],
      ['item', 2],
      ['event', 1],
    ])
    expect(records[1]?.problem).toBe('must be like {"kind":"user","user":{…}}')
    expect(records[3]?.problem).toBe('is not JSON')
  })

  it('names lines that are not text or far too long, and goes on after them', async () => {
    const huge = `{"id":"${'x'.repeat(1 << 20)}"}`
    const bytes = [Buffer.from('{"id":"a"}\n'), Buffer.from([0xff, 0xfe, 10]), Buffer.from(huge)]
    await write('users.jsonl', Buffer.concat([...bytes, Buffer.from('\n{"id":"b"}\n')]))
    const records = await read(jsonlImporter)
    expect(records.map(({ line, problem }) => [line, problem])).toEqual([
      [1, undefined],
      [2, 'is not UTF-8 text'],
      [3, 'is longer than 1048576 bytes'],
      [4, undefined],
    ])
  })

  it('keeps characters whole that lie across two chunks of the file', async () => {
    const text = '江月'.repeat(100_000)
    await write('users.jsonl', `${JSON.stringify({ id: text })}\n{"id":"b"}\n`)
    const [first] = await read(jsonlImporter)
    expect(first).toMatchObject({ line: 1, value: { id: text } })
  })

  it('says so when a packed file is damaged', async () => {
    const packed = gzipSync('{"id":"ada"}\n'.repeat(10_000))
    await write('users.jsonl.gz', packed.subarray(0, packed.length - 20))
    await expect(read(jsonlImporter)).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(read(jsonlImporter)).rejects.toThrow(/users.jsonl.gz cannot be read to its end/)
  })

  it('has another fingerprint when a file has changed', async () => {
    await write('users.jsonl', '{"id":"ada"}\n')
    const before = await jsonlImporter.fingerprint(folder)
    expect(await jsonlImporter.fingerprint(folder)).toBe(before)
    await utimes(join(folder, 'users.jsonl'), 1, (await stat(folder)).mtimeMs / 1000 + 60)
    expect(await jsonlImporter.fingerprint(folder)).not.toBe(before)
  })
})

describe('the csv importer', () => {
  it('reads lists, numbers and truths; an empty cell is a field left out', async () => {
    await write('users.csv', '\ufeffid,name,is_private,languages\nada,Ada,yes,en\nbo,,0,en|zh\n')
    await write('events.csv', 'type,user_id,item_id,value\ndwell,ada,1,12.5\ndwell,ada,1,soon\n')
    expect((await read(csvImporter)).map((record) => 'value' in record && record.value)).toEqual([
      { id: 'ada', name: 'Ada', isPrivate: true, languages: ['en'] },
      { id: 'bo', isPrivate: false, languages: ['en', 'zh'] },
      { type: 'dwell', userId: 'ada', itemId: '1', value: 12.5 },
      { type: 'dwell', userId: 'ada', itemId: '1', value: 'soon' },
    ])
  })

  it.each(['\n', '\r\n'])('counts lines through quoted new lines (%j)', async (newline) => {
    const rows = ['id,text', '1,"two', 'lines, ""quoted"""', '', '2,b', '3,c,d']
    await write('items.csv', rows.join(newline))
    const records = await read(csvImporter)
    expect(records).toMatchObject([
      { line: 2, value: { id: '1', text: 'two\nlines, "quoted"' } },
      { line: 5, value: { id: '2', text: 'b' } },
      { line: 6, problem: 'has 3 cells where the header has 2' },
    ])
  })

  it('loses only the broken row when a quote is wrong', async () => {
    await write('items.csv', 'id,text\n1,a"b\n2,"x"y\n3,"fine"\n4,"never closed\n5,e\n')
    const records = await read(csvImporter)
    expect(records.map(({ line, problem }) => [line, problem])).toEqual([
      [2, 'has a quote where none may stand'],
      [3, 'has a quote where none may stand'],
      [4, undefined],
      [5, 'opens a quote that is not closed'],
      [6, undefined],
    ])
  })

  it('refuses a column it does not know, naming those it does', async () => {
    await write('users.csv', 'id,nickname\nada,A\n')
    await expect(read(csvImporter)).rejects.toThrow(/column "nickname".*known are id, name/)
  })
})

describe('choosing an importer', () => {
  it('looks at the path', async () => {
    await write('users.csv', 'id\nada\n')
    expect((await findImporter(folder)).name).toBe('csv')
    await write('users.jsonl', '')
    expect((await findImporter(folder)).name).toBe('jsonl')
    await write('posts.jsonl', '')
    await write('events.jsonl', '')
    expect((await findImporter(folder)).name).toBe('weibo')
    expect((await findImporter(folder, { name: 'csv' })).name).toBe('csv')
  })

  it('says what there is when nothing fits', async () => {
    await expect(findImporter(folder)).rejects.toThrow(/must be a folder with users/)
    await expect(findImporter(folder, { name: 'x' })).rejects.toThrow(/lastfm, weibo, jsonl, csv/)
  })
})

it('reads lines whatever way the bytes are cut', async () => {
  await write('lines', 'a\n\nb\r\nc')
  const lines = []
  for await (const line of linesOf(join(folder, 'lines'))) lines.push(line)
  expect(lines).toEqual([
    { number: 1, text: 'a' },
    { number: 2, text: '' },
    { number: 3, text: 'b' },
    { number: 4, text: 'c' },
  ])
})
