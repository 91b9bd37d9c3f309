import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashingEncoder } from '../encoder/hashing.ts'
import { openHeads } from './open-heads.ts'
import { openUnderstanding } from './understand.ts'

const encoder = hashingEncoder()
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-heads-'))
  const weights = Buffer.from('these are no weights')
  const sha256 = createHash('sha256').update(weights).digest('hex')
  await writeFile(join(folder, 'spam-en.json'), JSON.stringify(card('spam-en', 'ab'.repeat(32))))
  await writeFile(join(folder, 'spam-en.safetensors'), weights)
  await writeFile(join(folder, 'irony-en.json'), JSON.stringify(card('irony-en', sha256)))
  await writeFile(join(folder, 'rumour-zh.json'), '{"name": "Rumour"}')
  await writeFile(join(folder, 'intent-en.safetensors'), weights)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('leaves out what is missing or damaged, says so, and says what still works', async () => {
  const { heads, problems } = await openHeads(encoder, folder)
  expect(heads).toEqual([])
  const told = problems.join('\n')
  for (const words of [
    '"intent-en" cannot be used: ENOENT',
    '"irony-en" cannot be used: ENOENT',
    '"rumour-zh" cannot be used: its card is wrong at "name"',
    '"spam-en" cannot be used: its weights are not those of its card (SHA-256',
  ]) {
    expect(told).toContain(words)
  }
  expect(problems.every((problem) => problem.includes('still work'))).toBe(true)
})

it('says that there are none where there is no folder, and language is still told', async () => {
  const { heads, problems } = await openHeads(encoder, join(folder, 'nowhere'))
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain('nothing is understood but language')
  const [first] = await openUnderstanding({ encoder, heads }).understand(['今天的面包刚出炉，真香'])
  expect(first?.language?.code).toBe('zh')
  expect(first?.emotion).toMatchObject({ isThere: false, reason: 'no-head' })
})

function card(name: string, sha256: string) {
  const data = { name: 'town', hash: 'ab'.repeat(32), users: 0, items: 2, interactions: 2 }
  const run = {
    ...{ id: 'run-1', kind: 'train', name, models: ['linear'], options: {}, seeds: [1], data },
    ...{ code: { version: '0.1.0' }, startedAt: '2026-01-01T10:00:00.000Z', state: 'done' },
    ...{ rows: [], notes: [] },
  }
  const question = name.split('-')[0]
  return { name, version: 1, question, languages: ['en'], labels: {}, spaces: [], sha256, run }
}
