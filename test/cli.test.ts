/** The command line as a process: results on standard output, honest exit codes. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { town } from '../src/testing/town.ts'

const folder = mkdtempSync(join(tmpdir(), 'kith-cli-'))
const main = join(import.meta.dirname, '../bin/kith.mjs')

function kith(...words: string[]): { code: number | null; out: string; err: string } {
  const env = { ...process.env, DATA: join(folder, 'data'), ENCODER: 'hashing', LOG_LEVEL: 'warn' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    env,
    cwd: folder,
    encoding: 'utf8',
  })
  return { code: status, out: stdout, err: stderr }
}

function lines(values: readonly object[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n')
}

beforeAll(() => {
  for (const kind of ['users', 'items', 'edges', 'events'] as const) {
    writeFileSync(join(folder, `${kind}.jsonl`), lines(town[kind]))
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('kith', () => {
  it('imports a folder once, and adds nothing the second time', () => {
    const first = kith('import', folder, '--json')
    expect(first, first.err).toMatchObject({ code: 0 })
    const summary = JSON.parse(first.out.trim().split('\n').at(-1) ?? '')
    expect(summary).toMatchObject({ rejected: 0, kinds: { user: { accepted: 12 } } })
    const second = JSON.parse(kith('import', folder, '--json').out.trim().split('\n').at(-1) ?? '')
    expect(second.kinds.event.accepted).toBe(0)
  })

  it('shows a feed with reasons, as text and as JSON', () => {
    const text = kith('feed', 'home', '--user', 'kofi', '--limit', '3')
    expect(text.code).toBe(0)
    expect(text.out).toMatch(/1\. .+[\s\S]+ = /)
    const page = JSON.parse(kith('feed', 'home', '--user', 'kofi', '--limit', '3', '--json').out)
    expect(page.items).toHaveLength(3)
    expect(page.items[0]).toMatchObject({ rank: 1, because: { text: expect.any(String) } })
  })

  it('says why an item is not there', () => {
    const own = town.items.find(({ authorId }) => authorId === 'kofi')?.id ?? ''
    const answer = JSON.parse(kith('explain', '--user', 'kofi', '--item', own, '--json').out)
    expect(answer).toMatchObject({ outcome: 'dropped', by: 'own' })
  })

  it('exports a person, and erases nobody without --yes', () => {
    expect(JSON.parse(kith('export', '--user', 'ada').out).user.id).toBe('ada')
    expect(kith('erase', '--user', 'ada')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--yes'),
    })
    expect(kith('erase', '--user', 'ada', '--yes').code).toBe(0)
    expect(kith('export', '--user', 'ada')).toMatchObject({
      code: 2,
      err: expect.stringContaining('ada'),
    })
  })

  it('ends with 2 and a sentence when asked wrongly', () => {
    for (const words of [
      ['feed', 'home'],
      ['feed', 'nowhere', '--user', 'bo'],
      ['feed', 'home', '--user', 'bo', '--limit', '0'],
      ['dance'],
    ]) {
      const { code, err } = kith(...words)
      expect(code, words.join(' ')).toBe(2)
      expect(err.length).toBeGreaterThan(10)
    }
  })

  it('keeps the admin key for its owner alone', () => {
    const file = join(folder, 'data', 'admin.key')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8').trim()).toMatch(/^kith_/)
  })

  it('evaluates plain files, with one object on the last line', () => {
    const pairs = Array.from({ length: 30 }, (_, user) =>
      [0, 1, 2].map((n) => `u${user} i${(user + n) % 12}`),
    ).flat()
    writeFileSync(join(folder, 'train.txt'), pairs.join('\n'))
    writeFileSync(
      join(folder, 'test.txt'),
      Array.from({ length: 30 }, (_, user) => `u${user} i${(user + 3) % 12}`).join('\n'),
    )
    const { code, out, err } = kith(
      'evaluate',
      'recommend',
      '--train',
      join(folder, 'train.txt'),
      '--test',
      join(folder, 'test.txt'),
      '--models',
      'popular,home',
      '--seeds',
      '1',
      '--json',
    )
    expect(code, err).toBe(0)
    const { runs } = JSON.parse(kith('runs', '--json').out)
    expect(runs).toMatchObject([{ state: 'done', models: ['popular', 'home'] }])
    const { task, rows } = JSON.parse(out.trim().split('\n').at(-1) ?? '')
    expect(task).toBe('recommend')
    expect(rows.map(({ model }: { model: string }) => model)).toEqual(['popular', 'home'])
    expect(rows[1].metrics['recall@10'].mean).toBeGreaterThan(0)
  })

  it('trains without a server, and has nothing to go back from', () => {
    const { code, out, err } = kith('train', '--json')
    expect(code, err).toBe(0)
    const { training, serving } = JSON.parse(out.trim().split('\n').at(-1) ?? '')
    expect(training.last).toMatchObject({ passes: false, runId: expect.any(String) })
    expect(serving).toBeUndefined()
    expect(kith('rollback')).toMatchObject({
      code: 1,
      err: expect.stringContaining('none to go back from'),
    })
    expect(kith('runs', 'show', 'nothing').code).toBe(2)
  })

  it('finds itself well, or says what is not', () => {
    const { out } = kith('doctor', '--json')
    const { findings } = JSON.parse(out.trim().split('\n').at(-1) ?? '')
    const byName = Object.fromEntries(
      findings.map((finding: { check: string; isWell: boolean }) => [
        finding.check,
        finding.isWell,
      ]),
    )
    expect(byName).toMatchObject({
      node: true,
      'database and keys': true,
      store: true,
      encoder: true,
    })
  })
})
