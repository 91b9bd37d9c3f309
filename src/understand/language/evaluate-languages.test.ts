import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { evaluateLanguages } from './evaluate-languages.ts'

const root = resolve(import.meta.dirname, '../../..')
const real = resolve(root, '../shared/data/language-id')
const clock = () => 0
const evaluate = (folder: string) => evaluateLanguages({ folder, clock })

describe('evaluateLanguages', () => {
  it('reads the mixed posts of this repository well, and says which are mixed', async () => {
    const { table, json } = await evaluate(join(root, 'test/data/mixed-zh-en'))
    const kith = json.rows.find(({ model }) => model === 'kith, among these')
    const eld = json.rows.find(({ model }) => model === 'eld alone')
    expect(kith?.metrics['mixed-zh-en']?.mean).toBeGreaterThan(0.95)
    expect(kith?.metrics['mixed-zh-en, whether mixed']?.mean).toBeGreaterThan(0.9)
    expect(kith!.metrics['mixed-zh-en']!.mean).toBeGreaterThan(eld!.metrics['mixed-zh-en']!.mean)
    expect(table).toContain('zh+en')
  })

  it.skipIf(!existsSync(real))(
    'beats the library alone on words and pairs of 20 languages (needs ../shared/data)',
    async () => {
      const { json } = await evaluate(sampleOf(real, 60))
      const kith = json.rows.find(({ model }) => model === 'kith, among these')!
      const eld = json.rows.find(({ model }) => model === 'eld, among these')!
      expect(kith.metrics['single-words']!.mean).toBeGreaterThan(0.85)
      expect(kith.metrics['word-pairs']!.mean).toBeGreaterThan(0.95)
      expect(kith.metrics['single-words']!.mean).toBeGreaterThan(eld.metrics['single-words']!.mean)
      expect(json.published.map(({ model }) => model)).toContain('CLD3')
    },
  )

  it('refuses a folder without texts, with what to do', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'kith-languages-'))
    writeFileSync(join(empty, 'notes.md'), 'nothing')
    await expect(evaluate(empty)).rejects.toThrow(/put files like en\.txt/)
    await expect(evaluate(join(empty, 'gone'))).rejects.toThrow(/cannot be read/)
  })
})

/** The first lines of each file, in a folder for the test. */
function sampleOf(folder: string, lines: number): string {
  const sample = mkdtempSync(join(tmpdir(), 'kith-languages-'))
  for (const part of readdirSync(folder)) {
    mkdirSync(join(sample, part))
    for (const file of readdirSync(join(folder, part))) {
      const text = readFileSync(join(folder, part, file), 'utf8')
      writeFileSync(join(sample, part, file), text.split('\n').slice(0, lines).join('\n'))
    }
  }
  return sample
}
