/** Gives an app a socket, and takes it away without dropping a request. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import type { Config } from '../config.ts'
import { KithError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { App } from './app.ts'
import { reportOf } from './report.ts'

export interface RunningServer {
  /** For a browser on this machine, for example `http://localhost:4100`. */
  readonly url: string
  readonly port: number
  /** Takes no new connection, waits for requests under way up to `drainSeconds`, then closes. */
  close(): Promise<void>
}

export interface ServeOptions {
  readonly config: Pick<Config, 'port' | 'host' | 'drainSeconds'>
  readonly log: Log
}

/** A caller gets this long for the headers, and this long for the whole request. */
const headersTimeoutMs = 20_000
const requestTimeoutMs = 120_000
const keepAliveMs = 65_000

/** @throws KithError `misconfigured` when the address cannot be had */
export async function serve(app: App, { config, log }: ServeOptions): Promise<RunningServer> {
  const listener = getRequestListener(app.fetch, {
    errorHandler(error) {
      log.info('request refused', { route: 'other', status: 400, ...reportOf(error) })
      return new Response(malformed, {
        status: 400,
        headers: { 'content-type': 'application/problem+json', connection: 'close' },
      })
    },
  })
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveMs,
      /** Then the listener refuses it, with a problem. */
      requireHostHeader: false,
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  )
  server.on('clientError', answerClientError)
  const port = await listen(server, config)
  const isLocal = ['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(config.host)
  const url = `http://${isLocal ? 'localhost' : config.host}:${port}`
  log.info('listening', { host: config.host, port })
  return { url, port, close: () => close(server, app, config.drainSeconds) }
}

async function listen(server: Server, { port, host }: ServeOptions['config']): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(refusal(cause, port, host)))
    server.listen(port, host, resolve)
  })
  return (server.address() as AddressInfo).port
}

function refusal(cause: NodeJS.ErrnoException, port: number, host: string): KithError {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is taken, perhaps by another Kith. Stop it, or choose another port: PORT=${port + 1}`,
    EACCES: `Port ${port} may not be opened by this user. Choose one above 1023: PORT=4100`,
  }
  const reason = reasons[cause.code ?? '']
  const other = `The address ${host}:${port} cannot be listened on (${cause.code}). For example: HOST=127.0.0.1 PORT=4100`
  return new KithError('misconfigured', reason ?? other, { cause })
}

async function close(server: Server, app: App, drainSeconds: number): Promise<void> {
  app.drain()
  let isClosed = false
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      isClosed = true
      resolve()
    })
  })
  const end = performance.now() + drainSeconds * 1000
  while (!isClosed && performance.now() < end) {
    server.closeIdleConnections()
    await Promise.race([closed, wait(25)])
  }
  server.closeAllConnections()
  await closed
}

const malformed = JSON.stringify({
  type: 'urn:kith:problem:invalid-input',
  title: 'The request is not valid',
  status: 400,
  detail: 'This is not a well-formed HTTP request. Check its address, Host and other headers.',
  code: 'invalid-input',
  instance: 'about:blank',
})

/** What never became a request: broken syntax, oversized headers, a caller too slow. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const status =
    {
      HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
      ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
    }[error.code ?? ''] ?? '400 Bad Request'
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/problem+json`
  const body = malformed.replace('"status":400', `"status":${status.slice(0, 3)}`)
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}
