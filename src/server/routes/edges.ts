/** Ties between people: put many, remove one. */
import { z } from 'zod'
import { edgeKinds, edgeSchema } from '../../domain/edge.ts'
import { idSchema } from '../../domain/id.ts'
import type { Engine } from '../../engine.ts'
import { type Route, route } from '../route.ts'
import { bulkBody } from '../validate.ts'
import { receiptSchema } from './receipt.ts'

const edgesAtOnce = 50_000

export function edgeRoutes(engine: Engine): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/edges',
      summary: 'Put many ties, all or none',
      access: 'write',
      body: bulkBody('edges', edgeSchema, edgesAtOnce),
      answer: { status: 200, description: 'Kept, durably.', schema: receiptSchema },
      refuses: [404],
      handle: ({ body }) => engine.putEdges(body),
    }),
    route({
      method: 'delete',
      path: '/v1/edges',
      summary: 'Remove a tie',
      access: 'write',
      query: z.strictObject({ from: idSchema, to: idSchema, kind: z.enum(edgeKinds) }),
      answer: { status: 204, description: 'The tie is not there.' },
      refuses: [404],
      handle: ({ query }) => engine.removeEdge(query),
    }),
  ]
}
