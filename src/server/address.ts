/** Where a request comes from, to count wrong keys by. */
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/** @param trustsProxy takes the last `X-Forwarded-For`, the one the nearest proxy wrote */
export function callerAddress(context: Context, trustsProxy: boolean): string {
  if (trustsProxy) {
    const last = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    if (last) return last
  }
  const bindings = context.env as Partial<HttpBindings> | undefined
  return bindings?.incoming?.socket.remoteAddress ?? 'in-process'
}
