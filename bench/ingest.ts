/**
 * `npm run bench -- ingest`: durable events a second through HTTP, in bulk and one a request, and the
 * time from an accepted event to a page that shows its effect. Options: --items, --people, --events
 * (there before), --bulk (events sent in bulk), --seconds, --json.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '../src/math/random.ts'
import { quantile } from '../src/math/stats.ts'
import { fill } from './fill.ts'
import { type LoadResult, load, send } from './load.ts'
import { now } from './network.ts'
import { readOptions } from './options.ts'
import { renderRows } from './rows.ts'
import { type ServerProcess, startServer } from './server-process.ts'

const eventsPerCall = 1_000
const bulkClients = 4
const singleClients = 64
const effectRounds = 300

interface Plan {
  readonly items: number
  readonly people: number
  readonly events: number
  readonly bulk: number
  readonly seconds: number
}

export async function bench(options: string[]): Promise<void> {
  const { json, ...plan } = readOptions(options, {
    items: 100_000,
    people: 20_000,
    events: 200_000,
    bulk: 400_000,
    seconds: 10,
    json: false,
  })
  const data = mkdtempSync(join(tmpdir(), 'kith-bench-'))
  try {
    await fill(data, { ...plan, width: 384 })
    const server = await startServer(data)
    const bulk = await bulkRate(server, plan)
    const single = await singleRate(server, plan)
    const effect = await effectTimes(server, plan)
    await server.stop()
    process.stdout.write(`${render(bulk, single, effect)}\n`)
    if (json) process.stdout.write(`${JSON.stringify({ plan, bulk, single, effect })}\n`)
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

interface Rate {
  readonly events: number
  readonly perSecond: number
}

/** Every event is new: its time is its own. */
function eventMaker({ people, items }: Plan, seed: number): () => object {
  const random = seededRandom(seed)
  let made = 0
  return () => ({
    type: random() < 0.7 ? 'view' : 'like',
    userId: `u${Math.floor(people * random())}`,
    itemId: `p${Math.floor(items * random())}`,
    at: new Date(now.getTime() + seed * 3_600_000 + made++).toISOString(),
  })
}

async function bulkRate(server: ServerProcess, plan: Plan): Promise<Rate> {
  const event = eventMaker(plan, 1)
  const calls = Array.from({ length: Math.ceil(plan.bulk / eventsPerCall) }, () =>
    JSON.stringify({ events: Array.from({ length: eventsPerCall }, event) }),
  )
  const agent = new Agent({ keepAlive: true })
  const total = calls.length * eventsPerCall
  const started = performance.now()
  await Promise.all(
    Array.from({ length: bulkClients }, async () => {
      for (let body = calls.pop(); body !== undefined; body = calls.pop()) {
        const answer = await send(server, agent, { method: 'POST', path: '/v1/events', body })
        if (answer.status !== 202) throw new Error(`Events were refused: ${answer.text}`)
      }
    }),
  )
  agent.destroy()
  return { events: total, perSecond: total / ((performance.now() - started) / 1000) }
}

async function singleRate(server: ServerProcess, plan: Plan): Promise<LoadResult> {
  const event = eventMaker(plan, 2)
  return load({
    ...server,
    clients: singleClients,
    seconds: plan.seconds,
    cores: cpus().length,
    next: () => ({
      method: 'POST',
      path: '/v1/events',
      body: JSON.stringify({ events: [event()] }),
    }),
  })
}

interface Effect {
  readonly rounds: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  /** Pages asked until the effect showed; 1 = the very next one. */
  readonly mostPages: number
}

/** Hides the first item of somebody's page; from sending the event to holding a page without it. */
async function effectTimes(server: ServerProcess, plan: Plan): Promise<Effect> {
  const random = seededRandom(3)
  const agent = new Agent({ keepAlive: true })
  const times: number[] = []
  let mostPages = 0
  for (let round = 0; round < effectRounds; round++) {
    const userId = `u${Math.floor(plan.people * random())}`
    const [first] = await pageIds(server, agent, userId)
    const started = performance.now()
    const body = JSON.stringify({ events: [{ type: 'hide', userId, itemId: first }] })
    await send(server, agent, { method: 'POST', path: '/v1/events', body })
    let pages = 1
    while ((await pageIds(server, agent, userId)).includes(first ?? '')) pages++
    times.push(performance.now() - started)
    mostPages = Math.max(mostPages, pages)
  }
  agent.destroy()
  const at = (share: number): number => quantile(times, share)
  return { rounds: effectRounds, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), mostPages }
}

async function pageIds(server: ServerProcess, agent: Agent, userId: string): Promise<string[]> {
  const { status, text } = await send(server, agent, {
    path: `/v1/feeds/home?user=${userId}&limit=50`,
  })
  if (status !== 200) throw new Error(`A page was refused: ${text}`)
  return (JSON.parse(text) as { items: { item: { id: string } }[] }).items.map(
    ({ item }) => item.id,
  )
}

function render(bulk: Rate, single: LoadResult, effect: Effect): string {
  return [
    renderRows([
      ['durable events', 'events/s', 'p50 ms', 'p95 ms', 'p99 ms'],
      [
        `bulk, ${eventsPerCall} a call, ${bulkClients} clients`,
        bulk.perSecond.toFixed(0),
        '',
        '',
        '',
      ],
      [
        `one a call, ${singleClients} clients`,
        single.perSecond.toFixed(0),
        single.p50Ms.toFixed(1),
        single.p95Ms.toFixed(1),
        single.p99Ms.toFixed(1),
      ],
    ]),
    `from sending a "hide" to holding a page without the item: p50 ${effect.p50Ms.toFixed(1)} ms, ` +
      `p95 ${effect.p95Ms.toFixed(1)} ms, p99 ${effect.p99Ms.toFixed(1)} ms; ` +
      `at most ${effect.mostPages} page(s) asked (${effect.rounds} rounds)`,
  ].join('\n')
}
