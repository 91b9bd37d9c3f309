/** Closed-loop HTTP load from this process: so many clients, each with one request under way. */
import { Agent, request as httpRequest } from 'node:http'
import { quantile } from '../src/math/stats.ts'

export interface LoadRequest {
  readonly method?: string
  readonly path: string
  readonly body?: string
}

export interface LoadResult {
  readonly clients: number
  readonly requests: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly failures: number
  /** Share of the machine's cores that this process used while loading. */
  readonly clientShare: number
  readonly bytesPerAnswer: number
}

export interface LoadOptions {
  readonly url: string
  readonly key?: string
  readonly clients: number
  readonly seconds: number
  readonly cores?: number
  next(): LoadRequest
}

export async function load(options: LoadOptions): Promise<LoadResult> {
  const { clients, seconds, cores = 2 } = options
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const times: number[] = []
  let failures = 0
  let bytes = 0
  const startCpu = process.cpuUsage()
  const start = performance.now()
  const end = start + seconds * 1000

  async function client(): Promise<void> {
    while (performance.now() < end) {
      const sent = performance.now()
      const answer = await send(options, agent, options.next())
      times.push(performance.now() - sent)
      bytes += answer.bytes
      if (answer.status >= 400) failures++
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const elapsed = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(startCpu)
  agent.destroy()
  return {
    clients,
    requests: times.length,
    perSecond: times.length / elapsed,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    p99Ms: quantile(times, 0.99),
    failures,
    clientShare: (user + system) / 1e6 / elapsed / cores,
    bytesPerAnswer: Math.round(bytes / Math.max(1, times.length)),
  }
}

type Target = Pick<LoadOptions, 'url' | 'key'>

export interface LoadAnswer {
  readonly status: number
  readonly bytes: number
  readonly text: string
}

export function send(
  target: Target,
  agent: Agent,
  { method, path, body }: LoadRequest,
): Promise<LoadAnswer> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = {}
    if (target.key !== undefined) headers['X-API-Key'] = target.key
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    const outgoing = httpRequest(new URL(path, target.url), {
      method: method ?? 'GET',
      agent,
      headers,
    })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const all = Buffer.concat(parts)
        resolve({ status: incoming.statusCode ?? 0, bytes: all.length, text: all.toString() })
      })
    })
    outgoing.end(body)
  })
}
