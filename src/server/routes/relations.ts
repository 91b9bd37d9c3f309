/** How two people stand to each other, for administrators: it says what either of them did. */
import { z } from 'zod'
import { idSchema } from '../../domain/id.ts'
import { networkReportSchema } from '../../domain/network.ts'
import { relationSchema } from '../../domain/relation.ts'
import type { Engine } from '../../engine.ts'
import { type Route, route } from '../route.ts'

export function relationRoutes(engine: Engine): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/relations/{from}/{to}',
      summary:
        'How close one person is to another and how far they may trust them, with the evidence',
      access: 'admin',
      params: z.strictObject({ from: idSchema, to: idSchema }),
      answer: { status: 200, description: 'The relation, as of now.', schema: relationSchema },
      refuses: [404],
      handle: ({ params }) => engine.relation(params),
    }),
    route({
      method: 'get',
      path: '/v1/network',
      summary:
        'The network as a whole: communities, influence, bridges, cores, people who stand alone',
      access: 'admin',
      answer: { status: 200, description: 'The report, as of now.', schema: networkReportSchema },
      handle: () => engine.network(),
    }),
  ]
}
