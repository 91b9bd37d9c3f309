/** What can be recommended: put, read, remove. */
import { z } from 'zod'
import { type Item, itemSchema } from '../../domain/item.ts'
import type { Engine } from '../../engine.ts'
import { KithError } from '../../errors.ts'
import { byId, listQuery, nextOf } from '../query.ts'
import { type Route, route } from '../route.ts'
import { bulkBody, jsonBody } from '../validate.ts'
import { receiptSchema } from './receipt.ts'

const itemsAtOnce = 10_000

export function itemRoutes(engine: Engine): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/items',
      summary: 'List items in the order they came',
      access: 'read',
      query: listQuery,
      answer: {
        status: 200,
        description: 'Items; "next" is there while more may follow.',
        schema: z.strictObject({ items: z.array(itemSchema), next: z.string().optional() }),
      },
      refuses: [404],
      async handle({ query }) {
        const items = await engine.listItems(query)
        return { items, ...nextOf(items, query.limit) }
      },
    }),
    route({
      method: 'post',
      path: '/v1/items',
      summary: 'Put many items, all or none; their texts are encoded before the answer',
      access: 'write',
      body: bulkBody('items', itemSchema, itemsAtOnce),
      answer: { status: 200, description: 'Kept, durably.', schema: receiptSchema },
      refuses: [404],
      handle: ({ body }) => engine.putItems(body),
    }),
    route({
      method: 'get',
      path: '/v1/items/{id}',
      summary: 'Read an item',
      access: 'read',
      params: byId,
      answer: { status: 200, description: 'The item.', schema: itemSchema },
      refuses: [404],
      handle: ({ params }) => known(engine, params.id),
    }),
    route({
      method: 'put',
      path: '/v1/items/{id}',
      summary: 'Put an item: new, or in place of what was there',
      access: 'write',
      params: byId,
      body: jsonBody(itemSchema.omit({ id: true })),
      answer: { status: 200, description: 'The item as kept.', schema: itemSchema },
      refuses: [404],
      async handle({ params, body }) {
        await engine.putItems([{ ...body, id: params.id }])
        return known(engine, params.id)
      },
    }),
    route({
      method: 'delete',
      path: '/v1/items/{id}',
      summary: 'Remove an item; it leaves every page at once',
      access: 'write',
      params: byId,
      answer: { status: 204, description: 'Removed.' },
      refuses: [404],
      handle: ({ params }) => engine.removeItem(params.id),
    }),
  ]
}

function known(engine: Engine, id: string): Item {
  const item = engine.getItem(id)
  if (item) return item
  throw new KithError('not-found', `There is no item "${id}". Put it first: PUT /v1/items/{id}.`)
}
