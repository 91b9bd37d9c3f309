/** The HTTP face of an engine, without a socket: `serve` gives it one, tests call `request`. */
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Engine, EngineStatus } from '../engine.ts'
import type { Log } from '../log.ts'
import { consoleFolder, createConsole } from './console.ts'
import { createGate } from './gate.ts'
import { createLimits } from './limits.ts'
import { createMetrics } from './metrics.ts'
import { type Handler, mount, observed, type Services } from './mount.ts'
import { describeRoutes } from './openapi.ts'
import { Refusal } from './problem.ts'
import { type Route, route } from './route.ts'
import { edgeRoutes } from './routes/edges.ts'
import { eventRoutes } from './routes/events.ts'
import { feedRoutes } from './routes/feeds.ts'
import { itemRoutes } from './routes/items.ts'
import { keyRoutes } from './routes/keys.ts'
import { modelRoutes } from './routes/models.ts'
import { relationRoutes } from './routes/relations.ts'
import { runRoutes } from './routes/runs.ts'
import { statusRoutes } from './routes/status.ts'
import { understandRoutes } from './routes/understand.ts'
import { userChangeRoute } from './routes/user-changes.ts'
import { userDataRoutes } from './routes/user-data.ts'
import { userRoutes } from './routes/users.ts'

export interface AppOptions {
  readonly engine: Engine
  readonly config: Config
  readonly log: Log
  readonly now: () => Date
  /** Where the built console is; found by itself when left out. */
  readonly consoleFolder?: string
}

export interface App {
  readonly fetch: Hono['fetch']
  readonly request: Hono['request']
  /** From now on it is not ready, and every answer asks the caller to close the connection. */
  drain(): void
}

/** For probes and scrapes, which may come often; `/v1/status` is always fresh. */
const statusFreshForMs = 1_000
const apiVersion = '1'

export function createApp(options: AppOptions): App {
  const { engine, config, log, now } = options
  let isDraining = false
  const recent = recentStatus(engine, now)
  const limits = createLimits(config)
  const services: Services = {
    config,
    log,
    gate: createGate({ engine, limits, now }),
    metrics: createMetrics(recent),
    isDraining: () => isDraining,
  }
  const app = new Hono()
  if (config.corsOrigins.length > 0) app.use('/v1/*', corsFor(config))
  mount(app, routesOf(options, services, recent), services)
  const page = createConsole(options.consoleFolder ?? consoleFolder())
  const rest: Handler = async (context) => (await page(context)) ?? refuseAddress()
  app.notFound(observed('other', rest, services))
  return {
    fetch: app.fetch,
    request: app.request,
    drain() {
      isDraining = true
    },
  }
}

function routesOf(
  { engine, config, now }: AppOptions,
  { gate, metrics, isDraining }: Services,
  recent: () => Promise<EngineStatus>,
): Route[] {
  const metricsAccess = config.metricsNeedKey ? 'read' : 'public'
  const routes = [
    ...feedRoutes(engine, metrics),
    ...eventRoutes({ engine, metrics, now }),
    ...userRoutes(engine),
    userChangeRoute(engine),
    ...userDataRoutes(engine, gate),
    ...itemRoutes(engine),
    ...edgeRoutes(engine),
    ...relationRoutes(engine),
    ...keyRoutes(engine, gate),
    ...runRoutes(engine),
    ...modelRoutes(engine),
    ...understandRoutes(engine),
    ...statusRoutes({ engine, recent, metrics, metricsAccess, isDraining }),
  ]
  return [...routes, openApiRoute(routes)]
}

function openApiRoute(routes: readonly Route[]): Route {
  let document: { openapi: string } | undefined
  const self: Route = route({
    method: 'get',
    path: '/v1/openapi.json',
    summary: 'This description',
    access: 'public',
    answer: {
      status: 200,
      description: 'OpenAPI 3.1.',
      schema: z.looseObject({ openapi: z.string() }),
    },
    handle() {
      document ??= describeRoutes([...routes, self], apiVersion)
      return document
    },
  })
  return self
}

function recentStatus(engine: Engine, now: () => Date): () => Promise<EngineStatus> {
  let asked: Promise<EngineStatus> | undefined
  let at = 0
  return () => {
    const time = now().getTime()
    if (!asked || Math.abs(time - at) > statusFreshForMs) {
      at = time
      asked = engine.status()
      asked.catch(() => {
        asked = undefined
      })
    }
    return asked
  }
}

function corsFor({ corsOrigins }: Config) {
  return cors({
    origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
    allowHeaders: ['content-type', 'x-api-key', 'authorization'],
    exposeHeaders: ['x-request-id', 'retry-after'],
    maxAge: 600,
  })
}

function refuseAddress(): never {
  throw new Refusal(
    'not-found',
    'Nothing answers at this address. /v1/openapi.json lists every address of the API.',
  )
}
