/**
 * `npm run bench -- beside`: what a training under way costs the pages of `home` (50 items, explained):
 * windows without one, then as many with one; when it ends, the next begins.
 * Options: --items, --people, --events, --seconds (of a window), --rounds, --clients, --data (a folder
 * that is filled once and kept), --fill-only, --json.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Models } from '../src/domain/serving.ts'
import { seededRandom } from '../src/math/random.ts'
import { mean } from '../src/math/stats.ts'
import { fill } from './fill.ts'
import { type LoadResult, load } from './load.ts'
import { readOptions } from './options.ts'
import { renderRows } from './rows.ts'
import { type ServerProcess, startServer } from './server-process.ts'

interface Window {
  readonly isTraining: boolean
  /** What the training was at, in the order it came there. */
  readonly phases: readonly string[]
  readonly result: LoadResult
}

interface Plan {
  readonly people: number
  readonly seconds: number
  readonly rounds: number
  readonly clients: number
}

export async function bench(args: string[]): Promise<void> {
  const options = readOptions(args, {
    ...{ items: 20_000, people: 5_000, events: 200_000 },
    ...{ seconds: 8, rounds: 4, clients: 8, data: '', 'fill-only': false, json: false },
  })
  const data = options.data || mkdtempSync(join(tmpdir(), 'kith-bench-'))
  try {
    if (!existsSync(join(data, 'admin.key'))) await prepare(data, options)
    if (options['fill-only']) return
    const server = await startServer(data, { TRAIN_EVERY: '0' })
    try {
      const windows = await takeTurns(server, options)
      process.stdout.write(`${render(windows)}\n`)
      if (options.json)
        process.stdout.write(`${JSON.stringify({ ...ratiosOf(windows), windows })}\n`)
    } finally {
      await server.stop()
    }
  } finally {
    if (options.data === '') rmSync(data, { recursive: true, force: true })
  }
}

/** Filled, and opened once: what is worked out at the first start is not measured. */
async function prepare(
  data: string,
  size: { items: number; people: number; events: number },
): Promise<void> {
  say(`filling: ${size.items} items, ${size.people} people, ${size.events} events …`)
  await fill(data, { ...size, width: 384 })
  const server = await startServer(data, { TRAIN_EVERY: '0' })
  await untilAtRest(server)
  await server.stop()
}

async function untilAtRest(server: ServerProcess): Promise<void> {
  for (;;) {
    const status = await ask<{ work: Record<string, { total: number }> }>(server, '/v1/status')
    if (Object.values(status.work).every(({ total }) => total === 0)) return
    await pause(500)
  }
}

async function takeTurns(server: ServerProcess, plan: Plan): Promise<Window[]> {
  await untilAtRest(server)
  await measured(server, plan, false)
  const windows: Window[] = []
  for (const isTraining of [false, true]) {
    if (isTraining) await untilFitting(server)
    for (let round = 0; round < plan.rounds; round++) {
      windows.push(await measured(server, plan, isTraining))
    }
  }
  return windows
}

/** A training reads first, and does so slowly while pages are asked for: windows begin with what follows. */
async function untilFitting(server: ServerProcess): Promise<void> {
  await ask(server, '/v1/models/train', 'POST')
  for (;;) {
    const { training } = await ask<Models>(server, '/v1/models')
    if (training.isRunning && training.phase && training.phase !== 'reading') return
    await pause(200)
  }
}

async function measured(server: ServerProcess, plan: Plan, isTraining: boolean): Promise<Window> {
  const random = seededRandom(7)
  const next = () => {
    const person = Math.floor(plan.people * random())
    return { path: `/v1/feeds/home?user=u${person}&limit=50&explain=true` }
  }
  const phases: string[] = []
  let isOver = false
  const loading = load({ ...server, ...plan, cores: cpus().length, next }).finally(() => {
    isOver = true
  })
  while (isTraining && !isOver) {
    const { training } = await ask<Models>(server, '/v1/models')
    if (!training.isRunning) await ask(server, '/v1/models/train', 'POST')
    else if (phases.at(-1) !== training.phase) phases.push(training.phase)
    await pause(100)
  }
  const result = await loading
  say(`${isTraining ? 'beside a training' : 'at rest'}: ${result.perSecond.toFixed(0)} pages/s`)
  return { isTraining, phases, result }
}

async function ask<Answer>(server: ServerProcess, path: string, method = 'GET'): Promise<Answer> {
  const answer = await fetch(`${server.url}${path}`, {
    ...{ method, headers: { 'X-API-Key': server.key } },
  })
  if (!answer.ok) throw new Error(`${path} was refused: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

const figures = ['perSecond', 'p50Ms', 'p95Ms', 'p99Ms'] as const

/** Mean over the windows of a kind. */
function meanOf(windows: readonly Window[], isTraining: boolean, figure: (typeof figures)[number]) {
  const own = windows.filter((window) => window.isTraining === isTraining)
  return mean(own.map(({ result }) => result[figure]))
}

/** Beside a training over at rest. */
function ratiosOf(windows: readonly Window[]): Record<string, number> {
  return Object.fromEntries(
    figures.map((figure) => [
      figure,
      meanOf(windows, true, figure) / meanOf(windows, false, figure),
    ]),
  )
}

function render(windows: readonly Window[]): string {
  const row = (name: string, isTraining: boolean): string[] => [
    name,
    ...figures.map((figure) => meanOf(windows, isTraining, figure).toFixed(2)),
  ]
  const ratios = ratiosOf(windows)
  const phases = [...new Set(windows.flatMap((window) => window.phases))]
  const failures = windows.reduce((sum, { result }) => sum + result.failures, 0)
  return [
    renderRows([
      ['home', 'pages/s', 'p50 ms', 'p95 ms', 'p99 ms'],
      row('at rest', false),
      row('beside a training', true),
      ['ratio', ...figures.map((figure) => ratios[figure]!.toFixed(3))],
    ]),
    `phases met: ${phases.join(', ')}; failed pages: ${failures}`,
  ].join('\n')
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
