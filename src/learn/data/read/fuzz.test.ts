/** Data from strangers: every file is read, or refused in a sentence that names it; nothing else happens. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isKithError } from '../../../errors.ts'
import { evaluateRecommend } from '../../evaluate/evaluate-recommend.ts'
import { readFolder } from './folder.ts'
import { readInteractions, readItems, readTies } from './read.ts'

const numRuns = 100

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-fuzz-data-'))
})
afterAll(() => rm(folder, { recursive: true }))

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('ann', 'bob', 'cleo', 'x', 'y', 'z') },
  fc.constantFrom('', ' ', 'NaN', '-1', '0', '1e400', '1e300', '1e39', 'Infinity', '1997-12-04'),
  fc.constantFrom(
    '"',
    '"a b"',
    '""',
    "'",
    '__proto__',
    'constructor',
    '\u202e',
    '水',
    '🍵',
    '\ufeff',
  ),
  fc.integer().map(String),
  fc.double().map(String),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constant('long'.repeat(5_000)),
)
const separator = fc.constantFrom('\t', ',', ' ', '::', ', ')
const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n')
const table = fc
  .tuple(separator, lineEnd, fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 12 }))
  .map(([between, end, lines]) => lines.map((cells) => cells.join(between)).join(end))
const headed = fc
  .tuple(
    fc.constantFrom('user,item\n', 'user\titem\tvalue\n', 'userID,artistID,weight\n', ''),
    table,
  )
  .map(([head, body]) => head + body)
const bytes = fc.oneof(
  { weight: 6, arbitrary: headed.map((text) => Buffer.from(text)) },
  headed.map((text) => Buffer.from(text, 'latin1')),
  headed.map((text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  fc.uint8Array({ maxLength: 200 }).map((junk) => Buffer.from(junk)),
)

/** @returns what was thrown, checked to be a sentence for the person who gave the file */
async function refusal(work: Promise<unknown>): Promise<void> {
  const problem = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (problem === undefined) return
  expect(isKithError(problem), String((problem as Error).stack)).toBe(true)
  const { message, code } = problem as Error & { code: string }
  expect(['invalid-input', 'not-found']).toContain(code)
  expect(message.length).toBeLessThan(500)
}

it('reads any bytes as interactions, ties and items, or says which line is wrong', async () => {
  const path = join(folder, 'one.txt')
  const packed = join(folder, 'one.txt.gz')
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      await writeFile(path, content)
      for (const read of [readInteractions, readTies, readItems]) await refusal(read(path))
      await writeFile(packed, fc.sample(fc.boolean(), 1)[0] ? gzipSync(content) : content)
      await refusal(readInteractions(packed))
    }),
    { numRuns },
  )
}, 60_000)

it('reads any bytes in the files of a known folder', async () => {
  const sets = [
    ['user_artists.dat', 'user_friends.dat', 'artists.dat', 'tags.dat', 'user_taggedartists.dat'],
    ['train.txt', 'valid.txt', 'test.txt'],
    ['train_set.txt', 'test_set.txt', 'trust.txt'],
    ['u.data', 'u.item'],
  ]
  for (const [number, files] of sets.entries()) {
    const path = await mkdtemp(join(folder, `set-${number}-`))
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { minLength: 5, maxLength: 5 }), async (contents) => {
        for (const [place, file] of files.entries()) {
          await writeFile(join(path, file), contents[place]!)
        }
        await refusal(readFolder(path))
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    )
  }
}, 60_000)

it('evaluates what could be read, with strangers in the test part, and writes nothing', async () => {
  const path = await mkdtemp(join(folder, 'whole-'))
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e e', '__proto__', '水')
  const pairs = fc
    .array(fc.tuple(id, id, fc.constantFrom('1', '2.5', '0')), { maxLength: 25 })
    .map((lines) => lines.map((cells) => cells.join(',')).join('\n'))
  await fc.assert(
    fc.asyncProperty(pairs, pairs, pairs, async (train, test, ties) => {
      const files = { train, test, social: ties.replace(/,[^,]*$/gm, '') }
      const given = Object.keys(files).map((name) => [name, join(path, name)] as const)
      for (const [name, file] of given) await writeFile(file, files[name as keyof typeof files])
      await refusal(
        evaluateRecommend({
          ...Object.fromEntries(given),
          models: ['random', 'popular', 'friends', 'item-knn'],
          at: [2],
          seeds: 1,
          clock: () => 0,
        }),
      )
      expect((await readdir(path)).toSorted()).toEqual(['social', 'test', 'train'])
    }),
    { numRuns: Math.ceil(numRuns / 10) },
  )
}, 60_000)
