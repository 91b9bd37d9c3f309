/** From a JSON Schema to values that keep it, with ids that exist more often than not. */
import * as fc from 'fast-check'
import type { Contract, Schema } from './contract.ts'

/** Ids the server knows, by the name of the field they go into. */
export type Known = (field: string) => readonly string[]

const longestList = 4

export function createValues({ resolve }: Contract, known: Known) {
  function valuesOf(schema: Schema, field = ''): fc.Arbitrary<unknown> {
    if (schema.$ref) {
      const crafted = craftedOf(schema.$ref.split('/').at(-1) ?? '')
      const free = valuesOf(resolve(schema), field)
      return crafted ? fc.oneof({ weight: 3, arbitrary: crafted }, free) : free
    }
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum) return fc.constantFrom(...schema.enum)
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map((part) => valuesOf(part, field)))
    return byType[schema.type ?? '']?.(schema, field) ?? fc.jsonValue()
  }

  const byType: Readonly<Record<string, (schema: Schema, field: string) => fc.Arbitrary<unknown>>> =
    {
      string: textOf,
      integer: ({ minimum = -1e6, maximum = 1e6 }) => fc.integer({ min: minimum, max: maximum }),
      number: ({ minimum = -1e9, maximum = 1e9 }) =>
        fc.double({ min: minimum, max: maximum, noNaN: true }),
      boolean: () => fc.boolean(),
      array: listOf,
      object: objectOf,
    }

  function textOf(schema: Schema, field: string): fc.Arbitrary<string> {
    if (schema.format === 'date-time') return instants
    if (schema.format === 'uri') return fc.webUrl()
    const pattern = schema.pattern ? new RegExp(schema.pattern, 'u') : undefined
    const { minLength = 0, maxLength = 300 } = schema
    const free = fc
      .oneof(
        fc.string({ minLength, maxLength: Math.min(maxLength, 60), unit: 'grapheme' }),
        fc.string({ minLength, maxLength: Math.min(maxLength, 60), unit: 'binary' }),
        fc.constantFrom(
          '𠮷野家',
          '猫',
          '../../etc/passwd',
          "'; drop table users; --",
          '%00',
          '{{7*7}}',
        ),
        fc.constant('x'.repeat(maxLength)),
      )
      .filter((text) => {
        const length = text.length
        return length >= minLength && length <= maxLength && (pattern?.test(text) ?? true)
      })
    const ids = known(field)
    return ids.length > 0 ? fc.oneof({ weight: 5, arbitrary: knownId(field) }, free) : free
  }

  /** Looked up when it is needed: keys come and go. */
  function knownId(field: string): fc.Arbitrary<string> {
    return fc.nat().map((dice) => {
      const ids = known(field)
      return ids[dice % ids.length] ?? 'unknown'
    })
  }

  function listOf(schema: Schema, field: string): fc.Arbitrary<unknown[]> {
    const minLength = schema.minItems ?? 0
    const maxLength = Math.max(minLength, Math.min(schema.maxItems ?? longestList, longestList))
    return fc.array(valuesOf(schema.items ?? {}, field), { minLength, maxLength })
  }

  function objectOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
    const parts: Record<string, fc.Arbitrary<unknown>> = {}
    for (const [name, part] of Object.entries(properties)) parts[name] = valuesOf(part, name)
    return fc.record(parts, { requiredKeys: [...required], noNullPrototype: true })
  }

  /** Words whose rules go beyond a schema. */
  function craftedOf(name: string): fc.Arbitrary<unknown> | undefined {
    const users = known('userId')
    const items = known('itemId')
    const pair = fc.shuffledSubarray([...users], { minLength: 2, maxLength: 2 })
    if (name === 'Edge') {
      return pair.map(([from, to]) => ({ from, to, kind: 'follow', weight: 0.5 }))
    }
    if (name !== 'Event') return undefined
    return fc.oneof(
      fc.record({
        type: fc.constantFrom('like', 'view', 'hide', 'reply', 'dwell'),
        userId: fc.constantFrom(...users),
        itemId: fc.constantFrom(...items),
        at: instants,
      }),
      fc
        .tuple(pair, fc.constantFrom('follow', 'mute', 'block', 'profile'))
        .map(([[userId, targetUserId], type]) => ({ type, userId, targetUserId })),
    )
  }

  /** A body whose rules go beyond its schema half of the time, any that keeps the schema otherwise. */
  function bodiesOf(path: string, schema: Schema): fc.Arbitrary<unknown> {
    const free = valuesOf(schema)
    if (path !== '/v1/keys') return free
    const keys = fc.oneof(
      fc.constantFrom('admin', 'write', 'read').map((scope) => ({ name: 'k', scopes: [scope] })),
      fc
        .constantFrom(...known('userId'))
        .map((userId) => ({ name: 'k', scopes: ['as-user'], userId })),
    )
    return fc.oneof(keys, free)
  }

  return { valuesOf, bodiesOf }
}

const instants = fc
  .date({
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('2025-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString())
