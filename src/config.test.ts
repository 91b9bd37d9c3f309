import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { configSchema, readConfig, renderConfigReference } from './config.ts'
import { KithError } from './errors.ts'

const folder = mkdtempSync(join(tmpdir(), 'kith-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(content: string): string {
  const path = join(folder, 'kith.json')
  writeFileSync(path, content)
  return path
}

function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(KithError)
    expect((error as KithError).code).toBe('misconfigured')
    return (error as KithError).message
  }
  throw new Error('was not refused')
}

it('has a default for everything, and serves this machine only', () => {
  expect(readConfig({})).toMatchObject({ port: 4100, host: '127.0.0.1', encoder: 'bundled' })
})

it('reads numbers, booleans and lists from the environment', () => {
  const config = readConfig({
    PORT: '0',
    TRUSTS_PROXY: '1',
    CORS_ORIGINS: 'https://a.example, https://b.example',
    LOG_LEVEL: '  ',
  })
  expect(config).toMatchObject({
    port: 0,
    trustsProxy: true,
    corsOrigins: ['https://a.example', 'https://b.example'],
    logLevel: 'info',
  })
})

it('lets the environment win over the file', () => {
  const path = file('{"port": 5000, "logLevel": "warn"}')
  expect(readConfig({ KITH_CONFIG: path, PORT: '6000' })).toMatchObject({
    port: 6000,
    logLevel: 'warn',
  })
})

it.each([
  [{ PORT: 'abc' }, 'PORT is "abc"', 'For example: PORT=4100'],
  [{ PORT: '70000' }, 'PORT is 70000', 'For example: PORT=4100'],
  [{ ENCODER: 'gpt' }, 'ENCODER is "gpt"', 'ENCODER=http://localhost:11434/v1#bge-m3'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"', 'LOG_LEVEL=info'],
  [{ TRUSTS_PROXY: 'maybe' }, 'TRUSTS_PROXY is "maybe"', 'TRUSTS_PROXY=true'],
])('refuses %o with the value and an example', (environment, value, example) => {
  const message = refusal(environment)
  expect(message).toContain(value)
  expect(message).toContain(example)
})

it('never prints a secret, even a wrong one', () => {
  const message = refusal({ DATABASE: 'mysql://root:hunter2@host/db' })
  expect(message).not.toContain('hunter2')
  expect(message).toContain('DATABASE=postgres://')
})

it('names a setting of the file that does not exist, and a file that cannot be read', () => {
  expect(refusal({ KITH_CONFIG: file('{"prot": 1}') })).toMatch(/"prot" in .* Known are: port/)
  expect(refusal({ KITH_CONFIG: file('{"port": "x"}') })).toContain('{"port":4100}')
  expect(refusal({ KITH_CONFIG: file('[]') })).toContain('it is not a JSON object')
  expect(refusal({ KITH_CONFIG: join(folder, 'missing.json') })).toContain('cannot be read: ENOENT')
})

it.each(['bundled', 'hashing', 'onnx:./models/e5', 'https://api.example/v1#model'])(
  'knows the encoder %s',
  (encoder) => {
    expect(readConfig({ ENCODER: encoder }).encoder).toBe(encoder)
  },
)

it.each(['./data', '/var/lib/kith', 'postgres://u:p@h/db', 'postgresql://h/db'])(
  'knows the database %s',
  (database) => {
    expect(readConfig({ DATABASE: database }).database).toBe(database)
  },
)

it('has an example for every setting that it accepts itself', async () => {
  const rows = renderConfigReference().split('\n')
  for (const name of Object.keys(configSchema.shape)) {
    const [, , variable, , , example] =
      rows.find((row) => row.includes(`\`${name}\``))?.split('|') ?? []
    const plain = (cell = '') => cell.trim().slice(1, -1)
    expect(() => readConfig({ [plain(variable)]: plain(example) })).not.toThrow()
  }
})

it('has a reference page that is up to date', async () => {
  await expect(renderConfigReference()).toMatchFileSnapshot('../docs/reference/config.md')
})

it('reads the bounds of a page from JSON, and names the one that is wrong', () => {
  const bounds = (text: string) => readConfig({ PAGE_BOUNDS: text }).pageBounds

  expect(bounds('{"sadShare": 0.2}')).toMatchObject({ sadShare: 0.2, authorApart: 4 })
  expect(() => bounds('{"sadShare": 2}')).toThrow(
    /PAGE_BOUNDS .*sadShare: .*For example: PAGE_BOUNDS=\{/,
  )
  expect(() => bounds('{"glad": 2}')).toThrow(/PAGE_BOUNDS .*glad/)
  expect(() => bounds('a third')).toThrow(/PAGE_BOUNDS/)
})
