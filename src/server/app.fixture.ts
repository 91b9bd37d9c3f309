/** A server over an engine in memory, made anew for each test, with keys of every kind. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach } from 'vitest'
import { createFakeEngine } from '../../test/fake-engine.ts'
import { type Config, configSchema } from '../config.ts'
import type { Engine } from '../engine.ts'
import { type App, createApp } from './app.ts'
import { pinoLog } from './pino-log.ts'

export const now = () => new Date('2026-01-01T12:00:00Z')

type Scope = 'admin' | 'write' | 'read' | 'as-user'

export interface TestServer {
  engine: Engine
  app: App
  /** What it logged. */
  lines: string[]
  key: { admin: string; write: string; read: string; ada: string }
  readonly consoleFolder: string
  /** The same engine behind other settings, or with some of it changed. */
  restart(config?: Partial<Config>, changes?: Partial<Engine>): void
  send(method: string, path: string, secret?: string, body?: unknown): Promise<Answer>
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever came.
  readonly body: any
}

export function serverForTests(): TestServer {
  const consoleFolder = mkdtempSync(join(tmpdir(), 'kith-console-'))
  afterAll(() => rmSync(consoleFolder, { recursive: true }))
  const server = {
    consoleFolder,
    restart(config = {}, changes = {}) {
      server.lines = []
      const destination = { write: (line: string) => void server.lines.push(line) }
      server.app = createApp({
        engine: { ...server.engine, ...changes },
        config: { ...configSchema.parse({}), ...config },
        log: pinoLog({ level: 'debug', destination }),
        now,
        consoleFolder,
      })
    },
    send: (...asked) => answerOf(server.app, ...asked),
  } as TestServer
  beforeEach(async () => {
    server.engine = createFakeEngine(now)
    server.restart()
    server.key = await filled(server.engine)
  })
  return server
}

async function answerOf(
  app: App,
  method: string,
  path: string,
  secret?: string,
  body?: unknown,
): Promise<Answer> {
  const response = await app.request(path, {
    method,
    headers: {
      ...(secret ? { 'x-api-key': secret } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  }
}

async function filled(engine: Engine): Promise<TestServer['key']> {
  const secret = async (scope: Scope, userId?: string) =>
    (await engine.createApiKey({ name: scope, scopes: [scope], userId })).secret
  await engine.putUsers([userOf('ada'), userOf('bo')])
  await engine.putItems(
    ['p1', 'p2', 'p3'].map((id) => ({ ...itemOf(id), id, authorId: 'bo', createdAt: now() })),
  )
  return {
    admin: await secret('admin'),
    write: await secret('write'),
    read: await secret('read'),
    ada: await secret('as-user', 'ada'),
  }
}

export function userOf(id: string) {
  return { id, languages: [], isPrivate: false, allowsUnsafe: false, isSample: false }
}

export function itemOf(text: string) {
  return { kind: 'post', text, tags: [], visibility: 'public' as const, isUnsafe: false }
}
