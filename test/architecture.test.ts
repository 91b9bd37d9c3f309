/** The map of the house as a test: what each room may import, and what only some rooms may do. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

const words = ['errors', 'domain', 'built', 'log']
const numbers = ['math', 'kernel', 'tensor']
const kept = ['store', 'memory', 'vectors', 'encoder', 'database', 'vault']

/** From the ground up. A room may import itself and any room named on its line. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  built: [],
  log: [],
  domain: ['errors'],
  math: ['errors'],
  kernel: ['math', 'built', 'errors'],
  tensor: ['math', 'kernel', 'built', 'errors'],
  database: [...words, ...numbers],
  encoder: [...words, ...numbers],
  vectors: [...words, ...numbers],
  vault: [...words, ...numbers],
  store: [...words, 'database', 'vault'],
  memory: [...words, ...numbers, 'vectors'],
  learn: [...words, ...numbers, 'encoder'],
  understand: [...words, ...numbers, 'encoder', 'learn'],
  interest: [...words, ...numbers, 'memory'],
  relations: [...words, ...numbers, 'memory', 'learn', 'interest'],
  recommend: [...words, ...numbers, 'vectors', 'memory', 'learn', 'interest', 'relations', 'store'],
  ingest: [...words, ...numbers, 'store', 'memory', 'understand'],
  jobs: [
    ...words,
    ...numbers,
    ...kept,
    ...['learn', 'understand', 'interest', 'relations', 'recommend', 'ingest'],
  ],
  config: words,
  engine: ['*'],
  adapters: ['*'],
  'open-engine': ['*'],
  'start-engine': ['*'],
  evaluation: ['*'],
  live: ['*'],
  diagnose: ['*'],
  'start-understanding': ['*'],
  'train-process': ['*'],
  'code-version': words,
  'run-registry': ['*'],
  'text-networks': ['*'],
  'own-data': ['*'],
  'shared-space': ['*'],
  server: [...words, 'engine', 'config'],
  cli: [
    ...words,
    'engine',
    'config',
    'start-engine',
    'start-understanding',
    'diagnose',
    'evaluation',
    'run-registry',
    'text-networks',
    'own-data',
    'shared-space',
    'server',
    'ingest',
    'learn',
    'understand',
    'math',
  ],
  testing: [...words, 'engine', 'config', 'start-engine', 'math'],
  index: ['*'],
}
/** Folders of adapters: from outside, only the contract (the file named like the folder) is seen. */
const ports = ['database', 'encoder', 'vectors', 'vault']
const root = ['start-engine', 'open-engine', 'run-registry', 'cli', 'testing', 'config']

const src = resolve(import.meta.dirname, '../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ts$/.test(file) && !/(\.test|\.contract|\.fixture)\.ts$/.test(file))
  .filter((file) => !file.startsWith('kernel/assembly'))

it.each(files)('%s imports only what its layer allows', (file) => {
  const room = roomOf(file)
  const allowed = mayImport[room]
  expect(allowed, `"${room}" is not on the map in test/architecture.test.ts`).toBeDefined()
  for (const target of importsOf(file)) {
    const targetRoom = roomOf(target)
    if (targetRoom === room || allowed?.includes('*')) continue
    expect(allowed, `${file} may not import ${target}`).toContain(targetRoom)
    if (!ports.includes(targetRoom)) continue
    expect(target, `${file} must import the contract, not an adapter`).toBe(
      join(targetRoom, `${targetRoom}.ts`),
    )
  }
})

it.each(files)(
  '%s leaves environment, clock, chance and SQL to the rooms that own them',
  (file) => {
    const room = roomOf(file)
    const code = codeOf(file)
    if (room !== 'config') expect(code).not.toMatch(/process\.env/)
    if (!root.includes(room)) {
      expect(code, 'take `now` as an argument').not.toMatch(/Date\.now\(|new Date\(\)/)
      expect(code, 'take `random` as an argument').not.toMatch(/Math\.random\(/)
    }
    if (!['store', 'database'].includes(room)) {
      expect(code, 'SQL lives in store/ and database/').not.toMatch(
        /['"`]\s*(select\s.+\sfrom|insert\s+into|delete\s+from|create\s+table)\s/i,
      )
    }
  },
)

function roomOf(file: string): string {
  return (file.split('/')[0] ?? '').replace(/\.ts$/, '')
}

function codeOf(file: string): string {
  return readFileSync(join(src, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
}

function importsOf(file: string): string[] {
  return [...codeOf(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) =>
    relative(src, resolve(src, dirname(file), path ?? '')),
  )
}
