/** What people did. Answered when it is durable and the next page knows of it. */
import { z } from 'zod'
import { isFuture, toleratedMinutes } from '../../domain/clock.ts'
import { type Event, eventSchema } from '../../domain/event.ts'
import type { Engine } from '../../engine.ts'
import type { Metrics } from '../metrics.ts'
import { type Route, route, speakFor } from '../route.ts'
import { bulkBody, refusalOf } from '../validate.ts'
import { receiptSchema } from './receipt.ts'

const eventsAtOnce = 50_000

export interface EventRouteOptions {
  readonly engine: Engine
  readonly metrics: Metrics
  readonly now: () => Date
}

export function eventRoutes({ engine, metrics, now }: EventRouteOptions): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/events',
      summary: 'Add many events, all or none; one that is there already counts as a duplicate',
      access: 'write',
      allowsAsUser: true,
      body: bulkBody('events', eventSchema, eventsAtOnce),
      answer: {
        status: 202,
        description: 'Durable, and part of the next page.',
        schema: receiptSchema.extend({ duplicates: z.number().int().min(0) }),
      },
      refuses: [404],
      async handle({ body, caller }) {
        for (const event of body) speakFor(caller, event.userId)
        refuseFuture(body, now())
        const receipt = await engine.addEvents(body)
        metrics.countEvents(receipt.accepted, receipt.duplicates)
        return receipt
      },
    }),
  ]
}

function refuseFuture(events: readonly Event[], now: Date): void {
  const index = events.findIndex(({ at }) => at !== undefined && isFuture(at, now))
  if (index < 0) return
  throw refusalOf('body', [
    {
      in: 'body',
      path: `events[${index}].at`,
      message: `is more than ${toleratedMinutes} minutes after ${now.toISOString()}, the time of this server; check the clock that wrote it, or leave "at" out to mean now`,
    },
  ])
}
