/** The OpenAPI 3.1 document, made from the very schemas that check requests. */
import { z } from 'zod'
import { edgeSchema } from '../domain/edge.ts'
import { eventSchema } from '../domain/event.ts'
import { itemSchema } from '../domain/item.ts'
import { pageItemSchema, pageSchema } from '../domain/page.ts'
import { curveSchema, runSchema } from '../domain/run.ts'
import { userSchema } from '../domain/user.ts'
import { problemSchema } from './problem.ts'
import type { Route } from './route.ts'

type Json = { [key: string]: unknown }

const named = z.registry<{ id: string }>()
named.add(userSchema, { id: 'User' })
named.add(itemSchema, { id: 'Item' })
named.add(edgeSchema, { id: 'Edge' })
named.add(eventSchema, { id: 'Event' })
named.add(pageSchema, { id: 'Page' })
named.add(pageItemSchema, { id: 'PageItem' })
named.add(runSchema, { id: 'Run' })
named.add(curveSchema, { id: 'Curve' })
named.add(problemSchema, { id: 'Problem' })

const refusalText: Readonly<Record<number, string>> = {
  400: 'Not valid; "errors" says where and why.',
  401: 'No API key, or one that is not known.',
  403: 'The key may not do that.',
  404: 'Something that the request names is not there.',
  409: 'It contradicts what is there.',
  413: 'The body is too large.',
  415: 'The body is not declared as JSON.',
  429: 'Too many requests; Retry-After says when to come again.',
  500: 'A fault of the server.',
  503: 'Not available now; Retry-After says when to come again.',
}

export function describeRoutes(routes: readonly Route[], version: string) {
  const schemas: Json = {}
  const paths: { [path: string]: Json } = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kith',
      version,
      description: 'Feeds for a social network. Every error is a problem (RFC 9457).',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

function operationOf(route: Route, schemas: Json): Json {
  const { answer } = route
  const parameters = [
    ...parametersOf(route.params, 'path', schemas),
    ...parametersOf(route.query, 'query', schemas),
  ]
  const responses: Json = {
    [answer.status]: {
      description: answer.description,
      ...(answer.schema
        ? contentOf(answer.contentType ?? 'application/json', answer.schema, schemas)
        : {}),
    },
  }
  for (const status of refusalsOf(route)) {
    responses[status] = {
      description: refusalText[status],
      ...contentOf('application/problem+json', problemSchema, schemas),
    }
  }
  return {
    operationId: `${route.method}-${route.path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '')}`,
    summary: route.summary,
    ...(route.access === 'public' ? {} : { security: [{ apiKey: [] }, { bearer: [] }] }),
    'x-scope': route.access,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            ...contentOf('application/json', route.body.schema, schemas),
          },
        }
      : {}),
    responses,
  }
}

/** The problem statuses a route may answer with. */
function refusalsOf({ access, params, query, body, refuses = [] }: Route): number[] {
  const refusals = new Set<number>([...refuses, 500, 503])
  if (access !== 'public') for (const status of [401, 403, 429]) refusals.add(status)
  if (access !== 'public' || params || query || body) refusals.add(400)
  if (body) for (const status of [413, 415]) refusals.add(status)
  return [...refusals].sort((a, b) => a - b)
}

function parametersOf(
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  schemas: Json,
): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchemaOf(schema, schemas) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
    ...(property['type'] === 'array' ? { style: 'form', explode: true } : {}),
  }))
}

function contentOf(type: string, schema: z.ZodType, schemas: Json): Json {
  return { content: { [type]: { schema: jsonSchemaOf(schema, schemas) } } }
}

/** As it looks on the wire (input); named parts move to `components`. */
function jsonSchemaOf(schema: z.ZodType, schemas: Json): Json {
  const { $schema, $defs = {}, ...rest } = z.toJSONSchema(schema, { io: 'input', metadata: named })
  for (const [name, definition] of Object.entries($defs))
    schemas[name] = pointAtComponents(definition)
  return pointAtComponents(rest) as Json
}

function pointAtComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointAtComponents)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string'
        ? part.replace('#/$defs/', '#/components/schemas/')
        : pointAtComponents(part),
    ]),
  )
}
