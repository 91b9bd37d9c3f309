/** How the engine is: for people, for load balancers, for Prometheus. */
import { z } from 'zod'
import type { Engine, EngineStatus } from '../../engine.ts'
import { KithError } from '../../errors.ts'
import type { Metrics } from '../metrics.ts'
import { type Access, type Route, route } from '../route.ts'

const count = z.number().int().min(0)
const statusSchema = z.strictObject({
  isReady: z.boolean(),
  adapters: z.record(z.string(), z.string()),
  isSample: z.boolean(),
  counts: z.strictObject({ users: count, items: count, edges: count, events: count }),
  memory: z.strictObject({ items: count, people: count, clock: count }),
  /** Id of the learned model that serves; see /v1/models. */
  model: z.string().optional(),
  work: z.record(z.string(), z.strictObject({ done: count, total: count })),
})
const healthSchema = z.strictObject({ status: z.literal('ok') })

export interface StatusRouteOptions {
  readonly engine: Engine
  /** May be a moment old: for probes and scrapes. */
  readonly recent: () => Promise<EngineStatus>
  readonly metrics: Metrics
  readonly metricsAccess: Access
  readonly isDraining: () => boolean
}

export function statusRoutes(options: StatusRouteOptions): Route[] {
  const { engine, recent, metrics, metricsAccess, isDraining } = options
  return [
    route({
      method: 'get',
      path: '/v1/status',
      summary: 'What is kept, which adapters answer, what work is under way',
      access: 'read',
      answer: { status: 200, description: 'The status.', schema: statusSchema },
      handle: () => engine.status(),
    }),
    route({
      method: 'get',
      path: '/health/live',
      summary: 'The process runs',
      access: 'public',
      answer: { status: 200, description: 'It does.', schema: healthSchema },
      handle: () => ({ status: 'ok' as const }),
    }),
    route({
      method: 'get',
      path: '/health/ready',
      summary: 'The engine answers requests; 503 while it starts or stops',
      access: 'public',
      answer: { status: 200, description: 'It does.', schema: healthSchema },
      async handle() {
        if (!isDraining() && (await recent()).isReady) return { status: 'ok' as const }
        const state = isDraining() ? 'stopping' : 'starting'
        throw new KithError('unavailable', `The engine is ${state}. Ask again in a moment.`)
      },
    }),
    route({
      method: 'get',
      path: '/metrics',
      summary: 'Figures in the text format of Prometheus',
      access: metricsAccess,
      answer: {
        status: 200,
        description: 'The figures.',
        schema: z.string(),
        contentType: 'text/plain; version=0.0.4; charset=utf-8',
      },
      handle: () => metrics.render(),
    }),
  ]
}
