import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { idsOf } from '../data/ids.ts'
import { evaluateRerank, type RerankOptions } from './evaluate-rerank.ts'
import { holdOutLast } from './held-out.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-rerank-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

const letters = [...'abcdefghij']

function lines(people: number, from: number): string[] {
  return Array.from({ length: people }, (_, person) => {
    const ring = Array.from({ length: 5 }, (__, step) => letters[(person + step) % 10]!)
    return `${person + from}\t${ring.slice(0, 4).join(' ')}\t${ring[4]}`
  })
}

async function paths(): Promise<
  Pick<RerankOptions, 'histories' | 'candidates' | 'trainHistories'>
> {
  const header = 'user_id:token\titem_id_list:token_seq\titem_id:token'
  const candidates = Array.from({ length: 10 }, (_, user) => `${user}\t${letters.join(' ')}`)
  return {
    histories: await file('histories.tsv', [header, ...lines(10, 0)].join('\n')),
    trainHistories: await file('train.tsv', [header, ...lines(60, 100)].join('\n')),
    candidates: await file('candidates.txt', candidates.join('\n')),
  }
}

async function report(options: Partial<RerankOptions> = {}) {
  return evaluateRerank({
    ...(await paths()),
    models: ['popular', 'markov'],
    at: [1],
    seeds: 1,
    among: 6,
    clock: () => performance.now(),
    ...options,
  })
}

it('puts the candidates in order after the history', async () => {
  const { json, table } = await report()
  expect(json.rows[1]?.metrics['hr@1']?.mean).toBe(1)
  expect(json.rows[0]?.metrics['hr@1']?.mean).toBeLessThan(0.6)
  expect(json.sizes).toEqual({ people: 10, items: 10, histories: 70, heldOut: 12 })
  expect(table).toMatch(/10 people choose among 6/)
})

it('chooses on people held out of the train histories, who can be measured instead of the test', async () => {
  const { json, table } = await report({ part: 'valid', models: ['markov', 'counted-blend'] })
  expect(json.rows.map(({ metrics }) => metrics['hr@1']?.mean)).toEqual([1, 1])
  expect(table).toMatch(/12 people choose among 6 · part valid/)
})

it('asks held-out people as the test asks: their last item among others by lot', () => {
  const sequences = {
    items: idsOf(letters),
    lines: Array.from({ length: 40 }, (_, n) => Int32Array.of(n % 10, (n + 1) % 10, (n + 2) % 10)),
  }
  const { train, valid } = holdOutLast(sequences, { people: 8, among: 5, random: seededRandom(1) })
  expect(valid.targets.length).toBe(8)
  expect(train.lines.filter(({ length }) => length === 2).length).toBe(8)
  for (const [n, list] of valid.candidates!.entries()) {
    expect(new Set(list).size).toBe(5)
    expect(list).toContain(valid.targets[n])
  }
})

it('works from the asked histories alone, without anybody to choose on', async () => {
  const { json } = await report({ trainHistories: undefined, models: ['co-occurrence'] })
  expect(json.sizes.heldOut).toBe(0)
  const valid = report({ trainHistories: undefined, part: 'valid' })
  await expect(valid).rejects.toThrow(/give --train-histories/)
})

it('names the line or the person that is wrong', async () => {
  const bad = await file('bad.tsv', '1\ta b\tc\n2\ta b\n')
  await expect(report({ histories: bad })).rejects.toThrow(/bad.tsv", line 2: needs person/)
  const few = await file('few.txt', '0\ta b c\n')
  await expect(report({ candidates: few })).rejects.toThrow(/no candidates for the person "1"/)
  const empty = await file('empty.txt', '0\n')
  await expect(report({ candidates: empty })).rejects.toThrow(/line 1: needs a person/)
  await expect(report({ among: 1 })).rejects.toThrow(/among = 1/)
})
