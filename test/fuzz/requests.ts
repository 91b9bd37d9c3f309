/** From an endpoint to requests: right ones, and ones that are wrong in one named way. */
import * as fc from 'fast-check'
import type { Contract, Endpoint, Parameter } from './contract.ts'
import { createValues, type Known } from './values.ts'

export interface FuzzRequest {
  readonly endpoint: Endpoint
  /** What was done to it; `right` for nothing. */
  readonly twist: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer> | undefined
  /** The statuses that alone are right; any documented one but a 5xx when left out. */
  readonly expected?: readonly number[]
  readonly socket: boolean
}

export type Secrets = Readonly<Record<'admin' | 'write' | 'read' | 'asUser', string>>

interface Draft {
  readonly endpoint: Endpoint
  readonly params: Readonly<Record<string, string>>
  readonly query: readonly (readonly [string, string])[]
  readonly body: unknown
  readonly secrets: Secrets
  /** Chance for the twist. */
  readonly dice: number
}

type Changes = Partial<Omit<FuzzRequest, 'endpoint' | 'twist' | 'socket'>>
type Twist = (draft: Draft) => Changes | undefined

export function createRequests(contract: Contract, known: Known, secrets: () => Secrets) {
  const { valuesOf, bodiesOf } = createValues(contract, known)

  function draftOf(endpoint: Endpoint): fc.Arbitrary<Draft> {
    const { parameters = [] } = endpoint.operation
    const inPath = parameters.filter((parameter) => parameter.in === 'path')
    const inQuery = parameters.filter((parameter) => parameter.in === 'query')
    const wordOf = (parameter: Parameter) =>
      valuesOf(parameter.schema, fieldOf(endpoint, parameter)).map(String)
    return fc.record({
      endpoint: fc.constant(endpoint),
      params: fc.record(
        Object.fromEntries(inPath.map((parameter) => [parameter.name, wordOf(parameter)])),
      ),
      query: fc
        .tuple(
          ...inQuery.map((parameter) =>
            fc.option(wordOf(parameter), { nil: undefined, freq: parameter.required ? 1e6 : 1 }),
          ),
        )
        .map((values) =>
          inQuery.flatMap(({ name }, index) => {
            const value = values[index]
            return value === undefined ? [] : [[name, value] as const]
          }),
        ),
      body: endpoint.body ? bodiesOf(endpoint.path, endpoint.body) : fc.constant(undefined),
      secrets: fc.constant(0).map(secrets),
      dice: fc.nat(),
    })
  }

  const endpoints = contract.endpoints.map((endpoint) => ({
    weight: endpoint.body ? 4 : endpoint.operation.parameters ? 2 : 1,
    arbitrary: draftOf(endpoint),
  }))
  return fc
    .tuple(
      fc.oneof(...endpoints),
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(undefined) },
        { weight: 13, arbitrary: fc.shuffledSubarray(light, { minLength: light.length }) },
        { weight: 1, arbitrary: fc.constantFrom(...heavy).map((name) => [name]) },
      ),
      fc.integer({ min: 0, max: 9 }),
    )
    .map(([draft, names, socketDice]) => {
      const socket = socketDice === 0
      // A twist that does not suit an endpoint gives way to the next.
      for (const twist of names ?? []) {
        const changes = twists[twist]?.(draft)
        if (changes) return readable({ ...plain(draft), ...changes, twist, socket })
      }
      return readable({ ...plain(draft), twist: 'right', socket })
    })
}

/** So that a failure is told in lines, not in megabytes. */
function readable(request: FuzzRequest): FuzzRequest {
  const { method, path, body, headers, twist } = request
  const story = { twist, method, path, headers, body: String(body).slice(0, 2_000) }
  return Object.assign(request, { [fc.toStringMethod]: () => JSON.stringify(story, null, 2) })
}

/** `{id}` and `after` mean another thing on every path. */
function fieldOf({ path }: Endpoint, { name }: Parameter): string {
  if (name !== 'id' && name !== 'after') return name
  if (path.startsWith('/v1/users')) return 'userId'
  if (path.startsWith('/v1/items')) return 'itemId'
  if (path.startsWith('/v1/runs')) return 'runId'
  return path.startsWith('/v1/keys') ? 'keyId' : 'pageId'
}

function plain(draft: Draft): Omit<FuzzRequest, 'twist' | 'socket'> {
  const { endpoint, body, secrets } = draft
  const isRefused = body !== undefined && !endpoint.fits(body)
  return {
    endpoint,
    method: endpoint.method.toUpperCase(),
    path: pathOf(draft),
    headers: {
      ...(endpoint.operation['x-scope'] === 'public' ? {} : { 'x-api-key': secrets.admin }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    ...(isRefused ? { expected: [400] } : {}),
  }
}

function pathOf({ endpoint, params, query }: Pick<Draft, 'endpoint' | 'params' | 'query'>): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name) => encode(params[name] ?? ''))
  const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  return search ? `${path}?${search}` : path
}

/** A lone surrogate cannot be sent, and a dot segment would be resolved away before it is. */
function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).replace(/^\.+$/, 'dots')
}

const bodyLimit = 4 * 1_048_576

/** Sends another body; what no longer fits the document must be refused. */
function withBody({ endpoint }: Draft, body: unknown): Changes {
  const text = JSON.stringify(body)
  if (Buffer.byteLength(text) > bodyLimit) return { body: text, expected: [413] }
  return { body: text, ...(endpoint.fits(JSON.parse(text)) ? {} : { expected: [400] }) }
}

/** Changes one place in a value, chosen by chance. */
function mutate(
  value: unknown,
  dice: number,
  change: (node: unknown, dice: number) => unknown,
): unknown {
  const places = placesOf(value)
  const target = places[dice % places.length]
  const copy = (node: unknown): unknown => {
    if (node === target) return change(node, dice)
    if (Array.isArray(node)) return node.map(copy)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, copy(part)]))
  }
  return copy(value)
}

function placesOf(value: unknown): unknown[] {
  const inside = typeof value === 'object' && value !== null ? Object.values(value) : []
  return [value, ...inside.flatMap(placesOf)]
}

const strangers: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  '',
  'x',
  [],
  {},
  [[]],
  '\u0000',
]

/** Megabytes each: rarer than the others. */
const heavy = [
  'a text has a million characters',
  'a list is far too long',
  'the body is too large',
  'the body is nested deep',
]

const nested = (depth: number) => `${'{"a":['.repeat(depth)}${']}'.repeat(depth)}`

const twists: Readonly<Record<string, Twist>> = {
  'a field is missing': (draft) =>
    draft.body === undefined
      ? undefined
      : withBody(
          draft,
          mutate(draft.body, draft.dice, (node, dice) => {
            if (typeof node !== 'object' || node === null) return undefined
            const keys = Object.keys(node)
            const gone = keys[dice % Math.max(1, keys.length)]
            if (Array.isArray(node)) return []
            return Object.fromEntries(Object.entries(node).filter(([key]) => key !== gone))
          }) ?? {},
        ),
  'a value has another type': (draft) =>
    draft.body === undefined
      ? undefined
      : withBody(
          draft,
          mutate(draft.body, draft.dice, (_, dice) => strangers[dice % strangers.length]),
        ),
  'a field is unknown': (draft) =>
    draft.body === undefined
      ? undefined
      : withBody(
          draft,
          mutate(draft.body, draft.dice, (node, dice) =>
            typeof node === 'object' && node !== null && !Array.isArray(node)
              ? { ...node, [['__proto__', 'constructor', 'ID', 'x y'][dice % 4] ?? '']: 1 }
              : node,
          ),
        ),
  'a text has a million characters': (draft) =>
    draft.body === undefined
      ? undefined
      : withBody(
          draft,
          mutate(draft.body, draft.dice, (node) =>
            typeof node === 'string' ? '长'.repeat(1_000_000) : node,
          ),
        ),
  'a list is far too long': ({ endpoint, body }) => {
    const [field, list] = Object.entries(body ?? {}).find(([, part]) => Array.isArray(part)) ?? []
    if (field === undefined || !Array.isArray(list)) return undefined
    const entry: unknown = list[0] ?? 1
    const copies = Math.min(60_000, Math.ceil((bodyLimit * 1.1) / JSON.stringify(entry).length))
    const long = JSON.stringify({ ...(body as object), [field]: Array(copies).fill(entry) })
    const isTooLarge = Buffer.byteLength(long) > bodyLimit
    return {
      body: long,
      expected: isTooLarge ? [413] : endpoint.fits(JSON.parse(long)) ? [200, 202, 400, 404] : [400],
    }
  },
  'the body is too large': ({ body }) =>
    body === undefined ? undefined : { body: `{"x":"${'y'.repeat(bodyLimit)}"}`, expected: [413] },
  'the body is nested deep': ({ body, dice }) =>
    body === undefined ? undefined : { body: nested(20 + (dice % 60_000)), expected: [400] },
  'the body is not UTF-8': ({ body }) => {
    if (body === undefined) return undefined
    const bytes = Buffer.from(JSON.stringify(body))
    return { body: new Uint8Array([...bytes.subarray(0, -1), 0xc3, 0x28, 0xff]), expected: [400] }
  },
  'the body breaks off': ({ body }) =>
    body === undefined ? undefined : { body: JSON.stringify(body).slice(0, -1), expected: [400] },
  'the body is empty': ({ body }) =>
    body === undefined ? undefined : { body: '', expected: [400] },
  'the content type is wrong': ({ body, secrets, dice }) => {
    if (body === undefined) return undefined
    const types = [
      'text/plain',
      'application/xml',
      'multipart/form-data',
      'application/json; charset=utf-16',
    ]
    const type = types[dice % types.length] ?? ''
    return { headers: { 'x-api-key': secrets.admin, 'content-type': type }, expected: [415] }
  },
  'there is no key': ({ endpoint }) =>
    endpoint.operation['x-scope'] === 'public' ? undefined : { headers: {}, expected: [401] },
  'the key is junk': ({ endpoint, dice }) => {
    if (endpoint.operation['x-scope'] === 'public') return undefined
    const keys = ['x', 'kith_', 'k'.repeat(5_000), '../admin.key', '%00', 'Bearer']
    return { headers: { 'x-api-key': keys[dice % keys.length] ?? '' }, expected: [401] }
  },
  'the key may not': ({ endpoint, secrets }) => {
    const scope = endpoint.operation['x-scope']
    if (scope === 'public' || scope === 'read') return undefined
    const key = scope === 'admin' ? secrets.write : secrets.read
    return { headers: { 'x-api-key': key, 'content-type': 'application/json' }, expected: [403] }
  },
  'the key is for one person': (draft) => ({
    headers: { 'x-api-key': draft.secrets.asUser, 'content-type': 'application/json' },
  }),
  'headers are junk': ({ secrets, dice, body }) => ({
    headers: {
      'x-api-key': secrets.admin,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      'x-forwarded-for': ['999.1.1', ',,,', '::::', 'x'.repeat(500)][dice % 4] ?? '',
      accept: 'application/x-nothing;q=-1',
      'accept-language': 'zh;;;q=NaN',
      cookie: '=;=;__proto__=1',
      range: 'bytes=99999999999999999999-1',
      'if-none-match': '"',
      'x-request-id': '${jndi:ldap://x}',
      origin: 'null',
    },
  }),
  'a question is unknown': (draft) =>
    draft.endpoint.operation['x-scope'] === 'public'
      ? undefined
      : { path: pathOf({ ...draft, query: [...draft.query, ['nonsense', '1']] }), expected: [400] },
  'a question is asked twice': (draft) => {
    const [first] = draft.query.filter(([name]) => name !== 'exclude' && name !== 'language')
    return first && { path: pathOf({ ...draft, query: [...draft.query, first] }), expected: [400] }
  },
  'a limit is absurd': (draft) => {
    const hasLimit = draft.endpoint.operation.parameters?.some(({ name }) => name === 'limit')
    if (!hasLimit) return undefined
    const limits = [
      '0',
      '-1',
      '1e9',
      '99999999999999999999',
      'NaN',
      '',
      ' 5',
      '0x10',
      '1.5',
      '五',
      'null',
      'Infinity',
    ]
    const query = draft.query.filter(([name]) => name !== 'limit')
    const limit = ['limit', limits[draft.dice % limits.length] ?? ''] as const
    return { path: pathOf({ ...draft, query: [...query, limit] }), expected: [400] }
  },
  'the address is badly encoded': (draft) => {
    if (draft.endpoint.operation['x-scope'] === 'public') return undefined
    const path = pathOf(draft)
    return { path: `${path}${path.includes('?') ? '&' : '?'}x=%c3%28`, expected: [400] }
  },
  'an id has a control character': (draft) => {
    const [name] = Object.keys(draft.params)
    if (name !== 'id') return undefined
    const id = ['\u0000', 'a\u0007b', ' a', 'a\n', 'x'.repeat(257)][draft.dice % 5] ?? ''
    return { path: pathOf({ ...draft, params: { id } }), expected: [400] }
  },
  'the clock runs ahead': ({ endpoint, body, dice }) => {
    if (endpoint.path !== '/v1/events') return undefined
    const [event] = (body as { events: object[] }).events
    const times = ['2030-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2027-01-01T00:00:00+14:00']
    return {
      body: JSON.stringify({ events: [{ ...event, at: times[dice % times.length] }] }),
      expected: [400],
    }
  },
  'the method is wrong': ({ endpoint, dice }) => {
    const methods = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PURGE'].filter(
      (method) => !endpoint.methods.includes(method),
    )
    return { method: methods[dice % methods.length] ?? 'PURGE', body: undefined, expected: [405] }
  },
  'the address is unknown': (draft) => ({
    path: `/v1/${['nothing', '.env', 'users/a/b/c', 'feeds', '%2e%2e/etc'][draft.dice % 5]}`,
    expected: [404],
  }),
}

const light = Object.keys(twists).filter((name) => !heavy.includes(name))
