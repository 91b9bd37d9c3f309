/** Figures for Prometheus: labels are route patterns and feed names, never an id. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { EngineStatus } from '../engine.ts'

export interface Metrics {
  countRequest(route: string, method: string, status: number, seconds: number): void
  countFeed(feed: string, seconds: number): void
  countEvents(accepted: number, duplicates: number): void
  /** In the text format of Prometheus. */
  render(): Promise<string>
}

const requestBuckets = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30]

/** @param status asked at each rendering */
export function createMetrics(status: () => Promise<EngineStatus>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'kith_http_requests_total',
    help: 'Requests by route pattern, method and status.',
    labelNames: ['route', 'method', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'kith_http_request_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['route', 'method'],
    buckets: requestBuckets,
    registers,
  })
  const feeds = new Histogram({
    name: 'kith_feed_seconds',
    help: 'Time the engine took for a page.',
    labelNames: ['feed'],
    buckets: requestBuckets,
    registers,
  })
  const events = new Counter({
    name: 'kith_events_total',
    help: 'Events by what became of them.',
    labelNames: ['result'],
    registers,
  })
  const gauges = engineGauges(registry)
  return {
    countRequest(route, method, statusCode, seconds) {
      requests.inc({ route, method, status: statusCode })
      durations.observe({ route, method }, seconds)
    },
    countFeed: (feed, seconds) => feeds.observe({ feed }, seconds),
    countEvents(accepted, duplicates) {
      events.inc({ result: 'accepted' }, accepted)
      events.inc({ result: 'duplicate' }, duplicates)
    },
    async render() {
      gauges(await status())
      return registry.metrics()
    },
  }
}

function engineGauges(registry: Registry): (status: EngineStatus) => void {
  const gauge = (name: string, help: string, label: string) =>
    new Gauge({ name, help, labelNames: [label], registers: [registry] })
  const stored = gauge('kith_stored', 'Rows in the store.', 'what')
  const memory = gauge(
    'kith_memory',
    'What ranking holds in memory; clock = newest change.',
    'what',
  )
  const queued = gauge('kith_work_left', 'Background work still to do.', 'task')
  return (status) => {
    for (const [what, count] of Object.entries(status.counts)) stored.set({ what }, count)
    for (const [what, count] of Object.entries(status.memory)) memory.set({ what }, count)
    queued.reset()
    for (const [task, { done, total }] of Object.entries(status.work)) {
      queued.set({ task }, total - done)
    }
  }
}
