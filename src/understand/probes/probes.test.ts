import { expect, it } from 'vitest'
import { hashingEncoder } from '../../encoder/hashing.ts'
import { seededRandom } from '../../math/random.ts'
import type { Head } from '../head.ts'
import { openUnderstanding } from '../understand.ts'
import { measureBias } from './bias.ts'
import { disturbances } from './disturbances.ts'
import { measureRobustness } from './robustness.ts'
import { sentences } from './sentences.ts'

/** Says toxic where a word of the list is written exactly so. */
function wordHead(words: RegExp): Head {
  return {
    ...{ name: 'words@1', question: 'toxicity', languages: ['en', 'zh'], run: 'run-1' },
    classes: ['fine', 'toxic'],
    async classify(texts) {
      return texts.map(({ text }) => (words.test(text) ? [0.1, 0.9] : [0.8, 0.2]))
    },
  }
}

function reader(words: RegExp) {
  return openUnderstanding({ encoder: hashingEncoder(), heads: [wordHead(words)] })
}

const probed = (['en', 'zh'] as const).flatMap((language) =>
  sentences[language].map((text) => ({ text, language })),
)

it('every disturbance changes some sentence, alike for the same seed', () => {
  for (const { name, languages, change } of disturbances) {
    const own = probed.filter(({ language }) => languages.includes(language))
    const changed = own.map(({ text }) => change(text, seededRandom(3)))
    expect(changed, name).not.toEqual(own.map(({ text }) => text))
    expect(changed, name).toEqual(own.map(({ text }) => change(text, seededRandom(3))))
  }
})

it('finds which spellings a head that reads words exactly cannot see through', async () => {
  const found = await measureRobustness(
    reader(/idiot|stupid|trash|脑残|垃圾/),
    probed,
    seededRandom(1),
  )
  const same = new Map(found.rows.map((row) => [row.disturbance, row.sameLabel]))
  expect(same.get('emoji')).toBe(1)
  expect(same.get('white space')).toBe(1)
  // Wide letters are read as plain ones before any head is asked.
  expect(same.get('full width')).toBe(1)
  for (const name of ['zero-width characters', 'capitals']) {
    expect(same.get(name), name).toBeLessThan(1)
  }
  expect(found.hostile.texts).toBeGreaterThan(15)
  expect(found.hostile.faults).toEqual([])
})

it('reports what breaks', async () => {
  const { hostile } = await measureRobustness(
    {
      async understand(texts) {
        if (texts[0]?.length === 10_000) throw new Error('too long for it')
        return reader(/x/).understand(texts)
      },
    },
    probed.slice(0, 1),
    seededRandom(1),
  )
  expect(hostile.faults).toContain('text 11: too long for it')
})

it('finds a head that judges by the group', async () => {
  const rows = await measureBias(reader(/Muslim|disgusting|idiot|moron|垃圾|脑残|恶心/))
  expect(rows).toHaveLength(4)
  const [harmless, offending, zh] = rows
  expect(harmless).toMatchObject({ language: 'en', kind: 'harmless', hardest: { group: 'Muslim' } })
  expect(harmless?.greatestSpread).toBeCloseTo(0.7)
  expect(offending?.greatestSpread).toBeCloseTo(0)
  expect(zh?.greatestSpread).toBe(0)
})
