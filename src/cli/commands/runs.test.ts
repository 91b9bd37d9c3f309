import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../../config.ts'
import type { OpenRun } from '../../learn/runs/start-run.ts'
import { silentLog } from '../../log.ts'
import { runRegistry } from '../../run-registry.ts'
import type { CommandContext } from '../context.ts'
import { addRunsCommand } from './runs.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-runs-command-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function kith(...words: string[]): Promise<string> {
  const said: string[] = []
  const context: Partial<CommandContext> = {
    output: {
      text: (line) => void said.push(line),
      json: (value) => void said.push(JSON.stringify(value)),
      note: () => {},
    },
    config: () => readConfig({ DATA: folder }),
    log: () => silentLog,
  }
  const program = new Command('kith').exitOverride().configureOutput({ writeErr: () => {} })
  addRunsCommand(program, context as CommandContext)
  await program.parseAsync(words, { from: 'user' })
  return said.join('\n')
}

function start(models: string[], kind: 'evaluate' | 'train' = 'evaluate'): Promise<OpenRun> {
  const data = { name: '/data/lastfm', hash: 'ab'.repeat(32), users: 3, items: 4, interactions: 9 }
  const options = { at: '10,20', split: 'random' }
  return runRegistry(readConfig({ DATA: folder }), silentLog).start({
    ...{ kind, models, options, seeds: [1, 2], data },
  })
}

it('lists, shows and removes runs', async () => {
  expect(await kith('runs')).toMatch(/No runs yet/)
  const first = await start(['popular', 'als'])
  for (let step = 0; step < 8; step++) first.track.log('als/seed 1/loss', step, 8 - step)
  const metrics = (ndcg: number) => ({
    'recall@10': { mean: 0.2, sd: 0 },
    'ndcg@10': { mean: ndcg, sd: 0.01 },
  })
  const rows = [
    { model: 'popular', segment: 'all', metrics: metrics(0.1), seconds: 1, memoryMb: 90 },
    { model: 'als', segment: 'all', metrics: metrics(0.25), seconds: 2, memoryMb: 120 },
    { model: 'als', segment: 'cold people', metrics: metrics(0.9) },
  ]
  const gate = { isPassed: false, reason: 'worse for cold people' }
  await first.finish({ state: 'done', rows, notes: ['2 lines were odd'], gate })
  const second = await start(['bpr'], 'train')
  await second.finish({ state: 'failed', problem: 'no data' })

  const list = await kith('runs')
  expect(list.split('\n')).toHaveLength(3)
  expect(list).toMatch(
    /-popular-als-\w+ +evaluate +done +popular, als +lastfm +ndcg@10 0\.2500 als/,
  )
  expect(JSON.parse(await kith('runs', '--kind', 'train', '--json')).runs).toMatchObject([
    { id: second.id, problem: 'no data' },
  ])

  const shown = await kith('runs', 'show', first.id.slice(-4))
  expect(shown).toMatch(/options +at 10,20 · split random/)
  expect(shown).toMatch(/data +\/data\/lastfm \(3 people, 4 items, 9 interactions\)/)
  expect(shown).toMatch(/gate +refused: worse for cold people/)
  expect(shown).toMatch(/als +0\.2000 +0\.2500 ± 0\.0100 +2\.0 +120/)
  expect(shown).toMatch(
    /segments, ndcg@10\nsegment +popular +als\ncold people +- +0\.9000 ± 0\.0100/,
  )
  expect(shown).toMatch(/als\/seed 1\/loss +█▇▆▅▄▃▂▁ +8 → 1 +8 points/)
  expect(shown).toMatch(/- 2 lines were odd$/)
  expect(await kith('runs', 'show', 'last')).toMatch(/state +failed: no data/)
  expect(JSON.parse(await kith('runs', 'show', first.id, '--json'))).toMatchObject({
    run: { id: first.id },
    curves: [{ name: 'als/seed 1/loss' }],
  })

  expect(await kith('runs', 'remove', first.id, second.id)).toMatch(/^Removed /)
  expect(JSON.parse(await kith('runs', '--json'))).toEqual({ runs: [] })
})

it('says what to do when asked wrongly', async () => {
  await expect(kith('runs', 'show', 'last')).rejects.toThrow(/no run "last"/)
  await expect(kith('runs', 'show', '3f9a')).rejects.toThrow(/no run "3f9a"/)
  await expect(kith('runs', '--kind', 'dance')).rejects.toThrow(/--kind is "dance"/)
  await expect(kith('runs', '--limit', '0')).rejects.toThrow(/--limit is "0"/)
  await start(['als'])
  await start(['als'])
  await expect(kith('runs', 'show', '')).rejects.toThrow(/2 runs end in ""/)
  await expect(kith('runs', 'remove', 'last')).rejects.toThrow(/is under way/)
})
