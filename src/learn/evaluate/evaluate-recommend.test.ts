import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { splitNames } from '../data/load.ts'
import {
  evaluateRecommend,
  type RecommendOptions,
  type RecommendReport,
} from './evaluate-recommend.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-evaluate-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

function report(options: Partial<RecommendOptions>): Promise<RecommendReport> {
  return evaluateRecommend({
    models: ['popular', 'item-knn'],
    at: [2],
    seeds: 2,
    clock: () => performance.now(),
    ...options,
  })
}

async function listFiles(): Promise<Partial<RecommendOptions>> {
  return {
    train: await file('train.txt', 'ann a b c\nbob a b\ncleo d e f g\ndan e f\n'),
    valid: await file('valid.txt', 'ann g\nbob f\n'),
    test: await file('test.txt', 'bob c\ndan d g\n'),
  }
}

it('answers in the shape others rely on', async () => {
  const { json, table } = await report(await listFiles())
  const { task, data, rows } = JSON.parse(JSON.stringify(json)) as typeof json
  expect(task).toBe('recommend')
  expect(data).toMatch(/train\.txt$/)
  expect(rows.map(({ model }) => model)).toEqual(['popular', 'item-knn'])
  expect(rows[1]).toMatchObject({
    metrics: { 'recall@2': { mean: 1, sd: 0 }, 'ndcg@2': { mean: 1, sd: 0 } },
    seconds: expect.any(Number),
    memoryMb: expect.any(Number),
  })
  expect(table).toMatch(/train 11 · valid 2 · test 3 of 2 people/)
})

it('keeps valid out of training unless asked, and masks it all the same', async () => {
  const files = await listFiles()
  expect((await report(files)).json.sizes.train).toBe(11)
  expect((await report({ ...files, fitsValid: true })).json.sizes).toMatchObject({
    train: 13,
    valid: 0,
  })
})

it('measures on the validation part for choosing, with the test part unseen', async () => {
  const { json, table } = await report({ ...(await listFiles()), onValid: true })
  expect(json).toMatchObject({ measured: 'valid', fitsValid: false })
  expect(json.sizes).toEqual({ train: 11, valid: 0, test: 2, testPeople: 2 })
  expect(json.rows[1]?.metrics['recall@2']?.mean).toBe(0.5)
  expect(table).toMatch(/measured on validation: 2 of 2 people/)
})

it('fits on training and validation where a known data set is published so', async () => {
  await mkdir(join(folder, 'lists'))
  for (const part of Object.values(await listFiles()) as string[]) {
    await copyFile(part, join(folder, 'lists', basename(part)))
  }
  const data = { folder: join(folder, 'lists') }
  expect((await report(data)).json).toMatchObject({ fitsValid: true, sizes: { train: 13 } })
  const apart = await report({ ...data, fitsValid: false })
  expect(apart.json).toMatchObject({ fitsValid: false, sizes: { train: 11, valid: 2 } })
  expect((await report({ ...data, onValid: true })).json.sizes.test).toBe(2)
})

it('shows published rows only beside numbers of the same protocol', async () => {
  const path = join(folder, 'gowalla')
  await mkdir(path)
  for (const part of Object.values(await listFiles()) as string[]) {
    await copyFile(part, join(path, basename(part)))
  }
  const given = { folder: path, at: [20], seeds: 1 }
  const { json, table } = await report(given)
  expect(json.published?.source).toMatch(/BARS/)
  expect(table).toMatch(/^SimpleX \(published\) +0\.1872 +0\.1557 +-/m)
  expect(table).toMatch(/^note: published rows: BARS/m)
  for (const other of [{ fitsValid: false }, { onValid: true }, { candidates: 2 }]) {
    const elsewhere = await report({ ...given, ...other })
    expect(elsewhere.json.published).toBeUndefined()
    expect(elsewhere.table).not.toMatch(/published/)
  }
})

it('says what was repaired, left out or unseen', async () => {
  const { json } = await report({
    train: await file('train.csv', 'user,item\nann,a\nann,a\nann,b\nbob,b\n'),
    test: await file('test.csv', 'user,item\nann,b\nbob,a\neve,z\n'),
    social: await file('social.csv', 'user,friend\nann,bob\nann,ann\nann,nobody\n'),
  })
  expect(json.notes).toEqual([
    expect.stringMatching(/^2 ties name a person without/),
    expect.stringMatching(/^1 lines repeat a pair/),
    expect.stringMatching(/^1 test people are unseen/),
    expect.stringMatching(/^1 test items are unseen/),
    expect.stringMatching(/^1 test pairs stand in the training/),
    expect.stringMatching(/knows nothing of, who got the popular items: item-knn 1$/),
  ])
  expect(json.sizes.test).toBe(2)
})

it('uses ties and splits one file when there is no test file', async () => {
  const lines = Array.from({ length: 12 }, (_, person) =>
    Array.from({ length: 10 }, (_, item) => `${person},${(person % 3) + 3 * item},1,${item * 1e6}`),
  ).flat()
  const train = await file('whole.csv', `user,item,value,time\n${lines.join('\n')}\n`)
  const ties = Array.from({ length: 9 }, (_, person) => `${person} ${person + 3}`)
  const social = await file('social.txt', ties.join('\n'))
  const models = ['friends', 'random']
  for (const split of [...splitNames.slice(1), 'replay'] as const) {
    const { json } = await report({ train, social, split, models })
    expect(json.rows.map(({ model }) => model)).toEqual(models)
    expect(json.sizes.test, split).toBeGreaterThan(0)
  }
})

it.each([
  [{ models: ['oracle'] }, /no model "oracle" here; there are: random, popular, friends, item-knn/],
  [{ models: [] }, /models is empty/],
  [{ at: [] }, /give list lengths/],
  [{ at: [0] }, /give list lengths/],
  [{ seeds: 1.5 }, /seeds = 1.5/],
  [{ fitsValid: true, onValid: true }, /fitted or measured/],
  [{ ratios: [0.5, 0.1, 0.1] as const }, /sum to 1/],
  [{ split: 'random' as const, ratios: [1, 0, 0] as const }, /test part is empty/],
  [{ models: ['friends'] }, /give a file of "user friend" lines/],
  [{ split: 'time' as const }, /needs a time/],
  [{ split: 'replay' as const, models: ['popular'] }, /needs a time/],
])('refuses %j with what to do', async (options, message) => {
  await expect(report({ ...(await listFiles()), ...options })).rejects.toThrow(message)
})

it('refuses data that cannot be compared on', async () => {
  await expect(report({})).rejects.toThrow(/Nothing to learn from/)
  const oneUser = await file('one-user.csv', 'ann,a\nann,b\n')
  await expect(report({ train: oneUser })).rejects.toThrow(/1 person\(s\) and 2 item\(s\)/)
  const oneItem = await file('one-item.csv', 'ann,a\nbob,a\n')
  await expect(report({ train: oneItem })).rejects.toThrow(/2 person\(s\) and 1 item\(s\)/)
  await expect(report({ train: oneItem, split: 'files' })).rejects.toThrow(/needs a test file/)
})

const real = resolve(import.meta.dirname, '../../../../shared/data')
const lastfm = join(real, 'lastfm')
const weibo = join(real, 'weibo')

it.skipIf(!existsSync(lastfm))(
  'lands on the known numbers of lastfm (skipped where ../shared/data/lastfm is missing)',
  async () => {
    const models = ['popular', 'friends', 'item-knn']
    const { json } = await report({ folder: lastfm, models, at: [10], seeds: 1, fitsValid: true })
    const [popular, friends, itemKnn] = json.rows.map(({ metrics }) => metrics)
    expect(popular?.['recall@10']?.mean).toBeCloseTo(0.075, 2)
    expect(popular?.['ndcg@10']?.mean).toBeCloseTo(0.067, 2)
    expect(friends?.['recall@10']?.mean).toBeCloseTo(0.1325, 2)
    expect(friends?.['ndcg@10']?.mean).toBeCloseTo(0.1298, 2)
    expect(itemKnn?.['recall@10']?.mean).toBeGreaterThan(0.185)
  },
  120_000,
)

it.skipIf(!existsSync(weibo))(
  'replays weibo (skipped where ../shared/data/weibo is missing)',
  async () => {
    const { json } = await report({
      folder: weibo,
      models: ['popular', 'recent'],
      at: [10],
      seeds: 1,
    })
    expect(json.sizes).toMatchObject({ train: 25_037, test: 5_778 })
    const [popular, recent] = json.rows.map(({ metrics }) => metrics['hr@10']!.mean)
    expect(recent).toBeGreaterThan(popular!)
  },
  120_000,
)
