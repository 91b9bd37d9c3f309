/** The OpenAPI document as the fuzzer uses it: operations, and a check for every shape they name. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly schema: Schema
}

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly 'x-scope': 'public' | 'read' | 'write' | 'admin'
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Content & { readonly required: boolean }
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>
}

export interface Document {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

export interface Endpoint {
  readonly method: string
  readonly path: string
  /** All that this path answers to. */
  readonly methods: readonly string[]
  readonly operation: Operation
  readonly body: Schema | undefined
  /** True when a body keeps the documented shape. */
  readonly fits: (body: unknown) => boolean
  /** What is wrong with an answer, judged by the document alone. */
  problemWith(status: number, contentType: string, text: string): string | undefined
}

export interface Contract {
  readonly document: Document
  readonly endpoints: readonly Endpoint[]
  resolve(schema: Schema): Schema
}

export function readContract(document: Document): Contract {
  const ajv = new Ajv2020({ strict: false, allErrors: false })
  addFormats.default(ajv)
  ajv.addSchema(document, 'kith')
  const at = (...steps: string[]): ValidateFunction => {
    const pointer = steps.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')
    return ajv.compile({ $ref: `kith#/${pointer.replaceAll('{', '%7B').replaceAll('}', '%7D')}` })
  }

  function problemOf(check: ValidateFunction | undefined, contentType: string, text: string) {
    if (!check) return `the content type "${contentType}" is not documented`
    const value: unknown = contentType.includes('json') ? JSON.parse(text) : text
    return check(value) ? undefined : ajv.errorsText(check.errors)
  }

  function endpointOf(path: string, method: string, operation: Operation): Endpoint {
    const here = ['paths', path, method]
    const body = operation.requestBody?.content?.['application/json']?.schema
    const fits = body
      ? at(...here, 'requestBody', 'content', 'application/json', 'schema')
      : () => true
    const checks = new Map<string, ValidateFunction>()
    for (const [status, { content = {} }] of Object.entries(operation.responses)) {
      for (const type of Object.keys(content)) {
        const check = at(...here, 'responses', status, 'content', type, 'schema')
        checks.set(`${status} ${type}`, check)
      }
    }
    return {
      method,
      path,
      methods: Object.keys(document.paths[path] ?? {}).map((name) => name.toUpperCase()),
      operation,
      body,
      fits: (value) => fits(value) === true,
      problemWith(status, contentType, text) {
        const answer = operation.responses[status]
        if (!answer) return `the status ${status} is not documented`
        if (!answer.content) return text === '' ? undefined : 'it should have no body'
        return problemOf(checks.get(`${status} ${contentType}`), contentType, text)
      },
    }
  }

  return {
    document,
    endpoints: Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => endpointOf(path, method, operation)),
    ),
    resolve: ({ $ref, ...rest }) =>
      $ref ? (document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {}) : rest,
  }
}
