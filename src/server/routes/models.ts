/** The models of the live path, for administrators: what serves, train, go back. */
import { policyLogSchema } from '../../domain/policy-log.ts'
import { modelsSchema, trainingSchema } from '../../domain/serving.ts'
import type { Engine } from '../../engine.ts'
import { type Route, route } from '../route.ts'

export function modelRoutes(engine: Engine): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/models',
      summary: 'Which model serves, which did, and how the training goes',
      access: 'admin',
      answer: { status: 200, description: 'The models, newest first.', schema: modelsSchema },
      handle: () => engine.models(),
    }),
    route({
      method: 'post',
      path: '/v1/models/train',
      summary:
        'Train on what people did here, in the background; serves when the gate lets it pass',
      access: 'admin',
      answer: {
        status: 202,
        description: 'Under way; ask /v1/models how it goes.',
        schema: trainingSchema,
      },
      handle: () => engine.train(),
    }),
    route({
      method: 'post',
      path: '/v1/models/rollback',
      summary:
        'Take the serving model out of service; the previous one, if there is one, serves again',
      access: 'admin',
      answer: { status: 200, description: 'What serves now.', schema: modelsSchema },
      refuses: [409],
      handle: () => engine.rollback(),
    }),
    route({
      method: 'get',
      path: '/v1/policies/log',
      summary: 'Places that chance filled, what could have stood there, and what came of it',
      access: 'admin',
      answer: {
        status: 200,
        description: 'Numbers alone; `kith evaluate policies --own` compares policies by them.',
        schema: policyLogSchema,
      },
      handle: () => engine.policyLog(),
    }),
  ]
}
