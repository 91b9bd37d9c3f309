/**
 * Requests made from the OpenAPI document, right and wrong ones. `FUZZ=10000 npx vitest run
 * test/fuzz.test.ts` makes more of them; `FUZZ_REAL=1` puts the real engine behind the server.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { configSchema } from '../src/config.ts'
import type { Engine } from '../src/engine.ts'
import { silentLog } from '../src/log.ts'
import { type App, createApp } from '../src/server/app.ts'
import { type RunningServer, serve } from '../src/server/serve.ts'
import { createFakeEngine, someRun } from './fake-engine.ts'
import { type Contract, type Document, readContract } from './fuzz/contract.ts'
import { createRequests, type FuzzRequest, type Secrets } from './fuzz/requests.ts'

const runs = Number(process.env['FUZZ'] ?? 1_500)
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101)

const now = () => new Date('2026-01-01T12:00:00Z')
const userIds = ['ada', 'bo', '猫 cat', 'a/b?c=d&e', 'x'.repeat(256)]
const itemIds = ['p1', 'p2', '文章/一', '100%']

const folder = mkdtempSync(join(tmpdir(), 'kith-fuzz-'))
let engine: Engine
let app: App
let server: RunningServer
let contract: Contract
let secrets: Secrets
let keyIds: string[] = ['unknown']
let pageIds: string[] = ['unknown']
let runIds: string[] = ['unknown']

beforeAll(async () => {
  engine = await openEngineUnderTest()
  const config = {
    ...configSchema.parse({}),
    port: 0,
    rateLimitPerMinute: 0,
    rateLimitAsUserPerMinute: 0,
    failedKeysPerMinute: 0,
  }
  app = createApp({ engine, config, log: silentLog, now })
  server = await serve(app, { config, log: silentLog })
  await restore()
  const kept = await engine.listRuns({})
  if (kept.length > 0) runIds = kept.map(({ id }) => id)
  const response = await app.request('/v1/openapi.json')
  contract = readContract((await response.json()) as Document)
})

afterAll(async () => {
  await server.close()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

async function openEngineUnderTest(): Promise<Engine> {
  if (!process.env['FUZZ_REAL']) return createFakeEngine(now)
  const { startEngine } = await import('../src/start-engine.ts')
  const { runRegistry } = await import('../src/run-registry.ts')
  const config = { ...configSchema.parse({}), data: folder, encoder: 'hashing' }
  const { kind, models, seeds, data } = someRun
  await runRegistry(config, silentLog).start({ kind, models, seeds, data })
  return (await startEngine(config, silentLog, { now })).engine
}

/** Brings back what a right request took away, so that the next ones have something to ask for. */
async function restore(): Promise<void> {
  await engine.putUsers(
    userIds.map((id) => ({
      id,
      languages: [],
      isPrivate: false,
      allowsUnsafe: false,
      isSample: false,
    })),
  )
  await engine.putItems(
    itemIds.map((id) => ({
      id,
      kind: 'post',
      authorId: 'bo',
      text: 'A grey cat sleeps in the mill.',
      createdAt: new Date('2025-12-01T00:00:00Z'),
      tags: [],
      visibility: 'public' as const,
      isUnsafe: false,
    })),
  )
  const keys = await engine.listApiKeys()
  for (const { id } of keys) if (keys.length > 40) await engine.removeApiKey(id)
  if (!secrets || !(await areAlive(secrets))) secrets = await makeKeys()
  const own = await Promise.all(Object.values(secrets).map((secret) => engine.findApiKey(secret)))
  const ownIds = new Set(own.map((key) => key?.id))
  const others = (await engine.listApiKeys()).filter(({ id }) => !ownIds.has(id))
  keyIds = ['unknown', ...others.map(({ id }) => id)]
}

async function areAlive(kept: Secrets): Promise<boolean> {
  const found = await Promise.all(Object.values(kept).map((secret) => engine.findApiKey(secret)))
  return found.every((key) => key !== undefined)
}

async function makeKeys(): Promise<Secrets> {
  const make = async (scope: 'admin' | 'write' | 'read' | 'as-user', userId?: string) =>
    (await engine.createApiKey({ name: scope, scopes: [scope], userId })).secret
  return {
    admin: await make('admin'),
    write: await make('write'),
    read: await make('read'),
    asUser: await make('as-user', 'ada'),
  }
}

function known(field: string): readonly string[] {
  const isUser = ['userId', 'targetUserId', 'authorId', 'from', 'to', 'user'].includes(field)
  if (isUser) return userIds
  if (['itemId', 'item', 'exclude'].includes(field)) return itemIds
  if (field === 'pageId' || field === 'after') return pageIds
  if (field === 'runId') return runIds
  return field === 'keyId' ? keyIds : []
}

/** Everything a request may change, in short; read when no work of an earlier one is under way. */
async function stateOf(): Promise<string> {
  for (;;) {
    const { counts, memory, work } = await engine.status()
    if (Object.values(work).every(({ done, total }) => done >= total)) {
      return JSON.stringify([counts, memory, (await engine.listApiKeys()).length])
    }
    await wait(5)
  }
}

interface Answer {
  readonly status: number
  readonly contentType: string
  readonly text: string
}

async function ask({ method, path, headers, body }: FuzzRequest): Promise<Answer> {
  const init = { method, headers, ...(body === undefined ? {} : { body }) }
  const response = await app.request(path, init)
  const contentType = response.headers.get('content-type') ?? ''
  return { status: response.status, contentType, text: await response.text() }
}

/** The same over TCP; undefined when the server hung up on a body it had refused already. */
function askOverSocket(asked: FuzzRequest): Promise<Answer | undefined> {
  const { method, path, headers, body, expected } = asked
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const outgoing = request(
      { host: '127.0.0.1', port: server.port, method, path, headers: { ...headers, ...length } },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (part: string) => {
          text += part
        })
        incoming.on('error', reject)
        incoming.on('end', () => {
          const contentType = incoming.headers['content-type'] ?? ''
          resolve({ status: incoming.statusCode ?? 0, contentType, text })
        })
      },
    )
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const hungUp = ['EPIPE', 'ECONNRESET'].includes(error.code ?? '')
      if (hungUp && expected?.includes(413)) resolve(undefined)
      else reject(error)
    })
    outgoing.end(body)
  })
}

const advice =
  /\b(send|give|use|correct|put|make|list|check|try|encode|ask|leave|choose|lists|come)\b/i

function check(asked: FuzzRequest, { status, contentType, text }: Answer): void {
  const { endpoint, twist, expected } = asked
  const what = `${asked.method} ${endpoint.path} (${twist}) was answered by ${status} ${text.slice(0, 500)}`
  expect(status, what).toBeLessThan(500)
  if (expected) expect(expected, what).toContain(status)
  const isRouted = twist !== 'the address is unknown' && twist !== 'the method is wrong'
  if (isRouted) expect(endpoint.problemWith(status, contentType, text), what).toBeUndefined()
  if (status < 400) return
  expect(contentType, what).toBe('application/problem+json')
  const { detail, status: said, title, instance } = JSON.parse(text)
  expect(said, what).toBe(status)
  expect(title.length, what).toBeGreaterThan(5)
  expect(detail, what).toMatch(advice)
  expect(instance, what).toMatch(/^urn:uuid:[\da-f-]{36}$/)
}

/** @returns the status, after every check that needs nothing but the answer */
async function askAndCheck(asked: FuzzRequest): Promise<number> {
  const answer = await (asked.socket ? askOverSocket(asked) : ask(asked))
  if (!answer) return 413
  check(asked, answer)
  if (answer.status === 200 && asked.endpoint.path === '/v1/feeds/{feed}') {
    pageIds = ['unknown', JSON.parse(answer.text).id, ...pageIds.slice(1, 8)]
  }
  return answer.status
}

/** Encoding of an earlier item may end meanwhile: what the request itself changes, it changes twice. */
async function expectUnchanged(asked: FuzzRequest, before: string): Promise<void> {
  if ((await stateOf()) === before) return
  await wait(200)
  const settled = await stateOf()
  await askAndCheck(asked)
  expect(await stateOf(), `${asked.twist} changed something`).toBe(settled)
}

it('describes itself in valid OpenAPI 3.1: unique operations, named parameters, whole references', () => {
  const { document, endpoints } = contract
  expect(document.openapi).toBe('3.1.0')
  expect(document.info.title).not.toBe('')
  const ids = endpoints.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { path, operation } of endpoints) {
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(inPath.map(({ name }) => name)).toEqual(named)
    expect(inPath.every(({ required }) => required)).toBe(true)
    expect(operation.summary).not.toBe('')
    for (const [status, { description }] of Object.entries(operation.responses)) {
      expect(status).toMatch(/^[2-5]\d\d$/)
      expect(description).not.toBe('')
    }
  }
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, ref]) => ref,
  )
  const components = Object.keys(document.components.schemas)
  expect(components.sort()).toEqual([
    'Curve',
    'Edge',
    'Event',
    'Item',
    'Page',
    'PageItem',
    'Problem',
    'Run',
    'User',
  ])
  for (const reference of references) {
    expect(components.map((name) => `#/components/schemas/${name}`)).toContain(reference)
  }
})

it('lists every address that the server answers', () => {
  const listed = contract.endpoints.map(({ method, path }) => `${method} ${path}`).sort()
  expect(listed).toMatchSnapshot()
})

it(
  `keeps its contract for ${runs} requests, and no refused one changes anything`,
  async () => {
    const tally = new Map<string, Map<number, number>>()
    const count = (name: string, status: number) => {
      const row = tally.get(name) ?? new Map<number, number>()
      tally.set(name, row.set(status, (row.get(status) ?? 0) + 1))
    }
    const requests = createRequests(contract, known, () => secrets)
    const property = fc.asyncProperty(requests, async (asked) => {
      const before = await stateOf()
      const status = await askAndCheck(asked)
      if (status >= 400) await expectUnchanged(asked, before)
      else if (asked.method === 'DELETE' || asked.endpoint.path === '/v1/keys') await restore()
      count(`${asked.endpoint.method} ${asked.endpoint.path}`, status)
      count(asked.twist, status)
    })
    await fc.assert(property, { numRuns: runs, seed, endOnFailure: true })
    for (const { method, path } of contract.endpoints) {
      const row = tally.get(`${method} ${path}`) ?? new Map()
      const successes = [...row].filter(([status]) => status < 300)
      expect(successes, `${method} ${path} never succeeded: ${[...row]}`).not.toEqual([])
    }
    if (process.env['FUZZ']) console.table(tableOf(tally))
  },
  Math.max(60_000, runs * 150),
)

function tableOf(tally: ReadonlyMap<string, ReadonlyMap<number, number>>) {
  return Object.fromEntries([...tally].sort().map(([name, row]) => [name, Object.fromEntries(row)]))
}
