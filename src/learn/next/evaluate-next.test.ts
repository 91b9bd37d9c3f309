import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLog } from '../../log.ts'
import { seededRandom } from '../../math/random.ts'
import { createRegistry } from '../runs/registry.ts'
import { evaluateNext, type NextOptions } from './evaluate-next.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-next-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

function report(options: Pick<NextOptions, 'sequences'> & Partial<NextOptions>) {
  return evaluateNext({
    models: ['popular', 'markov'],
    at: [1, 5],
    seeds: 1,
    clock: () => performance.now(),
    ...options,
  })
}

/** Everybody goes round the same ring of letters, from another one each. */
function ring(): string {
  const letters = [...'abcdefgh']
  const lines = letters.map((_, from) =>
    [`person${from}`, ...letters.map((__, step) => letters[(from + step) % 8]!).slice(0, 6)].join(
      ' ',
    ),
  )
  return `${lines.join('\n')}\n`
}

it('answers in the shape others rely on', async () => {
  const sequences = await file('ring.txt', ring())
  const { json, table } = await report({ sequences })
  const { task, rows, sizes } = JSON.parse(JSON.stringify(json)) as typeof json
  expect({ task, sizes }).toEqual({
    task: 'next',
    sizes: { people: 8, items: 8, interactions: 48, cases: 8 },
  })
  expect(rows.map(({ model }) => model)).toEqual(['popular', 'markov'])
  expect(rows[1]).toMatchObject({
    metrics: { 'hr@1': { mean: 1, sd: 0 }, 'ndcg@5': { mean: 1, sd: 0 } },
    seconds: expect.any(Number),
    memoryMb: expect.any(Number),
  })
  expect(table).toMatch(/former items masked · part test/)
})

it('measures the validation part without a look at the test, and learns from it when told', async () => {
  // That d comes after c shows in the training part of nobody, and in the validation part of t.
  const others = Array.from({ length: 10 }, (_, n) => `o${n} f${n} g${n} h${n}`)
  const lines = ['p a b c d', 'q a b c d', 'r a b c d', 't c d e', 'u a b c d e', ...others]
  const sequences = await file('late.txt', lines.join('\n'))
  const hits = async (options: Partial<NextOptions>): Promise<number> => {
    const { json } = await report({ sequences, models: ['markov'], ...options })
    return json.rows[0]!.metrics['hr@1']!.mean * json.sizes.cases
  }
  // b after a and c after b are known from u.
  expect(await hits({ part: 'valid' })).toBeGreaterThanOrEqual(3)
  expect(await hits({})).toBeLessThan(3)
  expect(await hits({ fitsValid: true })).toBeGreaterThanOrEqual(3)
  await expect(hits({ part: 'valid', fitsValid: true })).rejects.toThrow(/says nothing/)
})

it('blends by what the validation part says', async () => {
  const sequences = await file('ring.txt', ring())
  const { json } = await report({ sequences, models: ['counted-blend'], fitsValid: true })
  expect(json.rows[0]!.metrics['hr@1']!.mean).toBe(1)
  expect(json.notes).toEqual([expect.stringMatching(/^counted-blend, seed 1, chose sequence-knn /)])
})

it('is kept as a run, with its table and what was chosen', async () => {
  const sequences = await file('ring.txt', ring())
  const registry = createRegistry({
    folder: join(folder, 'runs'),
    code: { version: '0.1.0' },
    now: () => new Date('2026-11-22T08:00:05.000Z'),
    random: seededRandom(1),
    log: silentLog,
  })
  await report({ sequences, models: ['counted-blend'], registry })
  await expect(report({ sequences, models: ['alike'], registry })).rejects.toThrow(/--items/)
  const runs = await registry.list()
  expect(runs.map(({ state }) => state).sort()).toEqual(['done', 'failed'])
  expect(runs.find(({ state }) => state === 'done')).toMatchObject({
    models: ['counted-blend'],
    options: { task: 'next', measured: 'test' },
    data: { users: 8, items: 8, interactions: 48, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    rows: [{ model: 'counted-blend', segment: 'all' }],
    notes: [expect.stringMatching(/chose/)],
  })
})

it('reads attributes, and says which items have none', async () => {
  const sequences = await file('ring.txt', ring())
  const items = await file('items.json', '{"a": ["vowel"], "e": ["vowel"], "b": [1]}')
  const { json } = await report({ sequences, items, models: ['alike', 'counted-blend'] })
  expect(json.notes[0]).toBe('5 items have no attributes or text')
})

it.each([
  [{ models: ['oracle'] }, /no model "oracle" here; there are: random, popular, co-occurrence/],
  [{ models: ['alike'] }, /give a file with --items/],
  [{ at: [0] }, /give list lengths/],
  [{ seeds: 0 }, /seeds = 0/],
])('refuses %j with what to do', async (options, message) => {
  const sequences = await file('ring.txt', ring())
  await expect(report({ sequences, ...options })).rejects.toThrow(message)
})

it('refuses data that cannot be compared on', async () => {
  const sequences = await file('ring.txt', ring())
  const refused = async (name: string, text: string) =>
    report({ sequences: await file(name, text) })
  await expect(refused('empty.txt', '\n')).rejects.toThrow(/is empty/)
  await expect(refused('one.txt', 'ann a b c\n')).rejects.toThrow(/1 person\(s\) and 3 item/)
  await expect(refused('same.txt', 'ann a\nbob a\n')).rejects.toThrow(/2 person\(s\) and 1 item/)
  await expect(refused('short.txt', 'ann a b\nbob b a\n')).rejects.toThrow(/test part is empty/)
  const items = await file('broken.json', '{"a": [1,}')
  await expect(report({ sequences, items })).rejects.toThrow(/broken.json" is not one JSON object/)
  const flat = await file('flat.json', '{"a": "red"}')
  await expect(report({ sequences, items: flat })).rejects.toThrow(/item "a" has no list/)
})

const beauty = resolve(import.meta.dirname, '../../../../shared/data/sequences/Beauty.txt')

it.skipIf(!existsSync(beauty))(
  'lands on the known numbers of Beauty (skipped where ../shared/data/sequences is missing)',
  async () => {
    const { json } = await report({
      sequences: beauty,
      models: ['item-knn'],
      at: [10],
      fitsValid: true,
    })
    const [itemKnn] = json.rows.map(({ metrics }) => metrics)
    expect(itemKnn?.['hr@10']?.mean).toBeCloseTo(0.0876, 2)
    expect(itemKnn?.['ndcg@10']?.mean).toBeCloseTo(0.0548, 2)
    expect(json.published.map(({ model }) => model)).toEqual(['SASRec', 'S3-Rec'])
  },
  120_000,
)
