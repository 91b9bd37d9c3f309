/**
 * `npm run bench -- feed`: pages of `home` (50 items, explained) from one server process, at 1, 8 and
 * 32 clients on this machine, beside a bare endpoint that answers the 50 most popular items; then
 * the growth with the number of items (without waiting for neighbours to be found ahead).
 * Options: --items, --people, --events, --seconds, --growth, --only-growth, --json.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '../src/math/random.ts'
import { startBareServer } from './bare-server.ts'
import { fill } from './fill.ts'
import { type LoadResult, load } from './load.ts'
import { readOptions } from './options.ts'
import { renderRows } from './rows.ts'
import { type ServerProcess, startServer } from './server-process.ts'

const growthSizes = [10_000, 30_000, 100_000, 300_000]
const clientCounts = [1, 8, 32]

interface Plan {
  readonly items: number
  readonly people: number
  readonly events: number
  readonly seconds: number
  readonly waitsForNeighbours: boolean
}

export async function bench(options: string[]): Promise<void> {
  const {
    growth: wantsGrowth,
    'only-growth': onlyGrowth,
    json,
    ...size
  } = readOptions(options, {
    items: 100_000,
    people: 20_000,
    events: 1_000_000,
    seconds: 20,
    growth: false,
    'only-growth': false,
    json: false,
  })
  const plan: Plan = { ...size, waitsForNeighbours: true }
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  const main = onlyGrowth ? undefined : await measure(plan, clientCounts, say)
  const growth = []
  if (wantsGrowth || onlyGrowth) {
    for (const items of growthSizes) {
      const smaller = {
        ...plan,
        items,
        seconds: Math.min(10, plan.seconds),
        waitsForNeighbours: false,
      }
      growth.push({ items, ...(await measure(smaller, [8], say)) })
    }
  }
  if (main) process.stdout.write(`${render(main)}\n`)
  for (const figures of growth) process.stdout.write(`${renderGrowth(figures)}\n`)
  if (json) process.stdout.write(`${JSON.stringify({ plan, ...main, growth })}\n`)
}

interface Figures {
  readonly fillSeconds: number
  readonly coldStartSeconds: number
  readonly warmStartSeconds: number
  readonly firstPageMs: number
  /** In the background, while pages are served already. */
  readonly neighbourSeconds: number
  readonly memoryMib: { readonly now: number; readonly peak: number }
  readonly home: readonly LoadResult[]
  readonly bare: readonly LoadResult[]
}

async function measure(
  plan: Plan,
  counts: readonly number[],
  say: (line: string) => void,
): Promise<Figures> {
  const data = mkdtempSync(join(tmpdir(), 'kith-bench-'))
  try {
    say(`filling: ${plan.items} items × 384, ${plan.people} people, ${plan.events} events …`)
    const filled = await fill(data, { ...plan, width: 384 })
    say(`filled in ${filled.seconds.toFixed(0)} s; cold start (rebuild from the store) …`)
    const cold = await startServer(data)
    await cold.stop()
    const warm = await startServer(data)
    const asked = performance.now()
    const first = await fetch(`${warm.url}${homePath(1)}`, { headers: { 'X-API-Key': warm.key } })
    if (!first.ok)
      throw new Error(`The first page was refused: ${first.status} ${await first.text()}`)
    const firstPageMs = performance.now() - asked
    const neighbourSeconds = plan.waitsForNeighbours ? await untilWarm(warm) : 0
    const home = await loadHome(warm, plan, counts, say)
    const bare = await loadBare(warm, plan, counts, say)
    const memoryMib = warm.memory()
    await warm.stop()
    return {
      fillSeconds: filled.seconds,
      coldStartSeconds: cold.startSeconds,
      warmStartSeconds: warm.startSeconds,
      firstPageMs,
      neighbourSeconds,
      memoryMib,
      home,
      bare,
    }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

/** Waits until the neighbours of items were found ahead. */
async function untilWarm(server: ServerProcess): Promise<number> {
  const started = performance.now()
  for (;;) {
    const answer = await fetch(`${server.url}/v1/status`, { headers: { 'X-API-Key': server.key } })
    const { work } = (await answer.json()) as { work: { neighbours: { total: number } } }
    if (work.neighbours.total === 0) return (performance.now() - started) / 1000
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

function homePath(person: number): string {
  return `/v1/feeds/home?user=u${person}&limit=50&explain=true`
}

async function loadHome(
  server: ServerProcess,
  plan: Plan,
  counts: readonly number[],
  say: (line: string) => void,
): Promise<LoadResult[]> {
  const random = seededRandom(7)
  const next = () => ({ path: homePath(Math.floor(plan.people * random())) })
  await load({ ...server, clients: 8, seconds: Math.min(5, plan.seconds), next })
  const results = []
  for (const clients of counts) {
    say(`home at ${clients} clients …`)
    results.push(
      await load({ ...server, clients, seconds: plan.seconds, cores: cpus().length, next }),
    )
  }
  return results
}

async function loadBare(
  server: ServerProcess,
  plan: Plan,
  counts: readonly number[],
  say: (line: string) => void,
): Promise<LoadResult[]> {
  const answer = await fetch(`${server.url}/v1/feeds/trending?limit=50`, {
    headers: { 'X-API-Key': server.key },
  })
  const bare = await startBareServer(await answer.text())
  const results = []
  for (const clients of counts) {
    say(`bare top-popular at ${clients} clients …`)
    const next = () => ({ path: '/popular' })
    results.push(
      await load({
        url: bare.url,
        clients,
        seconds: Math.min(5, plan.seconds),
        cores: cpus().length,
        next,
      }),
    )
  }
  bare.stop()
  return results
}

function render(figures: Figures): string {
  return [
    renderRows([
      [
        'endpoint',
        'clients',
        'pages/s',
        'p50 ms',
        'p95 ms',
        'p99 ms',
        'failed',
        'KiB/page',
        "client's share of CPU",
      ],
      ...figures.home.map((result) => rowOf('home, explained', result)),
      ...figures.bare.map((result) => rowOf('bare popular', result)),
    ]),
    `start: rebuilt from the store ${figures.coldStartSeconds.toFixed(2)} s, from the snapshot ` +
      `${figures.warmStartSeconds.toFixed(2)} s, then the first page ${figures.firstPageMs.toFixed(0)} ms; ` +
      `neighbours found in the background in ${figures.neighbourSeconds.toFixed(0)} s`,
    `memory of the process: ${figures.memoryMib.now} MiB now, ${figures.memoryMib.peak} MiB at the peak`,
  ].join('\n')
}

function rowOf(
  name: string,
  { clients, perSecond, p50Ms, p95Ms, p99Ms, failures, bytesPerAnswer, clientShare }: LoadResult,
): string[] {
  return [
    name,
    String(clients),
    perSecond.toFixed(0),
    p50Ms.toFixed(2),
    p95Ms.toFixed(2),
    p99Ms.toFixed(2),
    String(failures),
    (bytesPerAnswer / 1024).toFixed(1),
    `${(100 * clientShare).toFixed(0)} %`,
  ]
}

function renderGrowth({
  items,
  home,
  warmStartSeconds,
  memoryMib,
}: Figures & { items: number }): string {
  const [at8] = home
  return (
    `${items} items: ${at8?.perSecond.toFixed(0)} pages/s, p99 ${at8?.p99Ms.toFixed(1)} ms at 8 clients, ` +
    `warm start ${warmStartSeconds.toFixed(2)} s, ${memoryMib.now} MiB`
  )
}
