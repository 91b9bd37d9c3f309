/** Runs of learning, for administrators: what was fitted and measured, with its curves. */
import { z } from 'zod'
import { idSchema } from '../../domain/id.ts'
import { curveSchema, runKinds, runSchema, runStates } from '../../domain/run.ts'
import type { Engine } from '../../engine.ts'
import { byId, listQuery, nextOf } from '../query.ts'
import { type Route, route } from '../route.ts'

export function runRoutes(engine: Engine): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/runs',
      summary: 'List runs of learning, newest first',
      access: 'admin',
      query: listQuery.extend({
        kind: z.enum(runKinds).optional(),
        state: z.enum(runStates).optional(),
        /** Runs with this model among theirs. */
        model: idSchema.optional(),
      }),
      answer: {
        status: 200,
        description: 'Runs with their tables; "next" is there while more may follow.',
        schema: z.strictObject({ runs: z.array(runSchema), next: z.string().optional() }),
      },
      async handle({ query }) {
        const runs = await engine.listRuns(query)
        return { runs, ...nextOf(runs, query.limit) }
      },
    }),
    route({
      method: 'get',
      path: '/v1/runs/{id}',
      summary: 'Read a run with its learning curves',
      access: 'admin',
      params: byId,
      answer: {
        status: 200,
        description: 'The run and its curves.',
        schema: z.strictObject({ run: runSchema, curves: z.array(curveSchema).readonly() }),
      },
      refuses: [404],
      handle: ({ params }) => engine.getRun(params.id),
    }),
  ]
}
