/** Something for the browser test to open: the built console with an API behind it. */
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { createMockApi } from './dev/mock-api.ts'

export interface ConsoleServer {
  readonly url: string
  readonly key: string
  close(): Promise<void>
}

const folder = join(import.meta.dirname, '../dist/console')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export async function startEngineForBrowser(port = 0): Promise<ConsoleServer> {
  const key = 'kith_test_key'
  const api = createMockApi()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname.startsWith('/v1/')) {
      const isKnown = request.headers['x-api-key'] === key
      const { status, body } = isKnown
        ? api(request.method ?? 'GET', url, await bodyOf(request))
        : { status: 401, body: { title: 'An API key is needed', detail: 'Unknown key.' } }
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
      return
    }
    const path = normalize(url.pathname === '/' ? '/index.html' : url.pathname)
    const file = await readFile(join(folder, path)).catch(() => undefined)
    const type = types[extname(path)] ?? 'application/octet-stream'
    response.writeHead(file ? 200 : 404, { 'content-type': type }).end(file)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    key,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}
