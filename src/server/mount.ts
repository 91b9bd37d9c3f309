/** Serves routes: key, limits, input, deadline, answer, figures and log line, once for all of them. */
import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { callerAddress } from './address.ts'
import type { Gate } from './gate.ts'
import type { Metrics } from './metrics.ts'
import { type ProblemCode, problemOf, Refusal } from './problem.ts'
import { readBody } from './read-body.ts'
import { reportOf } from './report.ts'
import type { Call, Caller, Route } from './route.ts'
import { validate } from './validate.ts'

export interface Services {
  readonly config: Config
  readonly gate: Gate
  readonly metrics: Metrics
  readonly log: Log
  /** True while the server lets go of its connections. */
  isDraining(): boolean
}

/** @param name what logs and figures call it: a pattern, never an address */
export type Handler = (context: Context, requestId: string) => Promise<Response> | Response

export function mount(app: Hono, routes: readonly Route[], services: Services): void {
  for (const route of routes) {
    const handler: Handler = (context, requestId) => serveRoute(route, context, requestId, services)
    app.on(route.method, patternOf(route.path), observed(route.path, handler, services))
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method)
    app.all(
      patternOf(path),
      observed(path, () => refuseMethod(methods), services),
    )
  }
}

/** `/v1/users/{id}` → `/v1/users/:id` */
function patternOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}

function refuseMethod(methods: readonly string[]): never {
  const allowed = methods.flatMap((method) => (method === 'get' ? ['get', 'head'] : [method]))
  const list = allowed.join(', ').toUpperCase()
  throw new Refusal(
    'method-not-allowed',
    `This address answers only to ${list}. Use one of them.`,
    {
      headers: { allow: list },
    },
  )
}

/** Turns errors into problems, and counts and logs what was answered. */
export function observed(
  name: string,
  handler: Handler,
  { metrics, log, isDraining }: Services,
): (context: Context) => Promise<Response> {
  return async (context) => {
    const started = performance.now()
    const requestId = randomUUID()
    let response: Response
    let code: ProblemCode | undefined
    try {
      response = await handler(context, requestId)
    } catch (error) {
      const answer = problemOf(error, requestId)
      code = answer.problem.code
      if (answer.status >= 500) log.error('request failed', { requestId, ...reportOf(error) })
      response = new Response(JSON.stringify(answer.problem), {
        status: answer.status,
        headers: {
          ...headersOf(requestId, 'application/problem+json'),
          ...answer.headers,
        },
      })
    }
    if (isDraining()) response.headers.set('connection', 'close')
    const ms = performance.now() - started
    const method = knownMethod(context.req.method)
    metrics.countRequest(name, method, response.status, ms / 1000)
    const facts = { route: name, method, status: response.status, ms: Math.round(ms * 100) / 100 }
    if (code) log.info('request refused', { ...facts, code, requestId })
    else log.debug('request', facts)
    return response
  }
}

async function serveRoute(
  route: Route,
  context: Context,
  requestId: string,
  services: Services,
): Promise<Response> {
  const { config, gate } = services
  const { headers } = context.req.raw
  const caller = await gate.admit({
    access: route.access,
    allowsAsUser: route.allowsAsUser === true,
    headers,
    address: callerAddress(context, config.trustsProxy),
  })
  const call = await readCall(route, context, caller, config)
  const result = await withDeadline(route.handle(call), config.requestTimeoutSeconds)
  const { status, contentType } = route.answer
  if (status === 204) return new Response(null, { status, headers: headersOf(requestId) })
  return new Response(contentType ? String(result) : JSON.stringify(result), {
    status,
    headers: headersOf(requestId, contentType ?? 'application/json'),
  })
}

async function readCall(
  route: Route,
  context: Context,
  caller: Caller,
  config: Config,
): Promise<Call<unknown, unknown, unknown>> {
  refuseBadEncoding(context.req.url)
  return {
    caller,
    params: route.params && validate(route.params, context.req.param(), 'path'),
    query: validate(route.query ?? noQueryFor(route), queryOf(context), 'query'),
    body:
      route.body &&
      (await route.body.read(await readBody(context.req.raw, config.bodyLimitMib * 1_048_576))),
  }
}

const noQuery = z.strictObject({})

/** Probes and scrapers may bring what they like. */
function noQueryFor({ access }: Route): z.ZodType {
  return access === 'public' ? z.unknown() : noQuery
}

/** A name given once is a text, one given more often a list; the schema decides which is right. */
function queryOf(context: Context): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null)
  for (const [name, values] of Object.entries(context.req.queries())) {
    query[name] = values.length === 1 ? (values[0] ?? '') : values
  }
  return query
}

function refuseBadEncoding(url: string): void {
  if (!url.includes('%')) return
  try {
    decodeURIComponent(url)
  } catch {
    refuseAddress()
  }
}

function refuseAddress(): never {
  throw new Refusal(
    'invalid-input',
    'The address has a percent sign that starts no valid UTF-8. Encode each value with encodeURIComponent.',
  )
}

async function withDeadline<Result>(
  work: Promise<Result> | Result,
  seconds: number,
): Promise<Result> {
  if (!(work instanceof Promise)) return work
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const detail = `No answer within ${seconds} s; a change may still be made. Send less at once, or ask again later.`
      reject(new Refusal('unavailable', detail, { headers: { 'retry-after': '1' } }))
    }, seconds * 1000)
  })
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer))
}

function headersOf(requestId: string, contentType?: string): Record<string, string> {
  const headers: Record<string, string> = {
    'x-request-id': requestId,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  if (contentType) headers['content-type'] = contentType
  return headers
}

const methods = ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS']

/** Callers may invent methods; figures must not grow with them. */
function knownMethod(method: string): string {
  return methods.includes(method) ? method : 'OTHER'
}
