/** The lexicon learned from translations, the views put side by side, and the encoder over them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { embeddingOf } from '../../domain/embedding.ts'
import type { Encoder } from '../../encoder/encoder.ts'
import { fitLexicon } from './fit-lexicon.ts'
import { bagOf, chineseGloss, englishGloss, type Lexicon } from './lexicon.ts'
import { lexiconOf, toChineseFile, toEnglishFile } from './lexicon-file.ts'
import { readParallel } from './read-parallel.ts'
import { retrieval, without } from './retrieval.ts'
import { sharedEncoder, sharedLanguageOf } from './shared-encoder.ts'
import { readSharedHead, writeSharedHead } from './shared-head.ts'
import { folded, type SharedHead, sharedVector, widthOf } from './shared-space.ts'
import { chinesePieces, englishWords, stemOf } from './words.ts'

const nouns = [
  ['狗', 'dog'],
  ['猫', 'cat'],
  ['房子', 'house'],
  ['火车', 'train'],
  ['苹果', 'apple'],
] as const
const verbs = [
  ['看见', 'saw'],
  ['喜欢', 'likes'],
  ['买', 'bought'],
] as const
const known = new Set<string>([...nouns, ...verbs].map(([word]) => word))

/** Every noun with every verb and noun: no word is ever given alone. */
function sentences() {
  return nouns.flatMap(([a, one]) =>
    verbs.flatMap(([b, does]) =>
      nouns.flatMap(([c, other]) =>
        a === c ? [] : [{ zh: `${a}${b}${c}`, en: `the ${one} ${does} a ${other}` }],
      ),
    ),
  )
}

function learned(): Lexicon {
  const pairs = sentences()
  return fitLexicon(
    {
      pairs,
      isWord: (word) => known.has(word),
      zh: pairs.map(({ zh }) => zh),
      en: pairs.map(({ en }) => en),
      simplified: new Map([['買', '买']]),
    },
    { rounds: 12, mostWords: 10, kept: 2, leastShare: 0.2, leastUses: 1, leastTexts: 1 },
  )
}

it('cuts Chinese into the fewest known words', () => {
  const found = chinesePieces('火车iPhone 12房子很', (word) => known.has(word))
  expect(found.map(({ text }) => text)).toEqual(['火车', 'iPhone', '12', '房子', '很'])
})

it('gives the forms of an English word one stem', () => {
  for (const [word, other] of [
    ['walking', 'walked'],
    ['stories', 'story'],
    ['houses', 'house'],
  ]) {
    expect(stemOf(word!)).toBe(stemOf(other!))
  }
  expect(englishWords("The dog's house, in 1999.")).toEqual(['dog', 'house', '1999'])
})

it('learns word translations from whole sentences alone', () => {
  const lexicon = learned()
  for (const [zh, en] of nouns) {
    expect(lexicon.toEnglish.get(zh)?.[0]?.word, zh).toBe(en)
    // The rest goes to "the" and "a", which stand beside every noun.
    expect(lexicon.toEnglish.get(zh)![0]!.share).toBeGreaterThan(0.6)
  }
  expect(englishGloss(lexicon, '狗買苹果')).toBe('dog bought apple')
})

it('learns the other way from the same sentences, and leaves unknown words as they are', () => {
  const lexicon = learned()
  for (const [zh, en] of [...nouns, ...verbs]) {
    expect(lexicon.toChinese.get(stemOf(en))?.[0]?.word, en).toBe(zh)
  }
  const gloss = chineseGloss(lexicon, 'Dogs bought Ubuntu 12')
  expect(gloss).toBe('狗买 ubuntu 12')
})

it('keeps the lexicon as two files and refuses one that is cut off', () => {
  const lexicon = learned()
  const [there, back] = [toEnglishFile(lexicon), toChineseFile(lexicon)]
  const again = lexiconOf(there, back)
  expect(again.toEnglish.get('狗')?.[0]?.word).toBe('dog')
  expect(again.toChinese.get('dog')?.[0]?.word).toBe('狗')
  expect(again.simplified.get('買')).toBe('买')
  expect(() => lexiconOf(there.slice(0, 60), back)).toThrow(/not complete/)
  expect(() => lexiconOf(there, back.slice(0, 20))).toThrow(/not complete/)
})

it('a text and its translation have nearly one bag; others do not', () => {
  const lexicon = learned()
  const zh = folded(bagOf(lexicon, '狗看见房子'))
  const same = folded(bagOf(lexicon, 'the dog saw the house'))
  const other = folded(bagOf(lexicon, 'a train bought the apple'))
  expect(cosine(zh, same)).toBeGreaterThan(0.9)
  expect(Math.abs(cosine(zh, other))).toBeLessThan(0.3)
})

it('counts each view in the cosine by its weight', () => {
  const head = headOf(learned(), { chinese: 3, english: 1, words: 1 })
  const empty = new Map<string, number>()
  const one = sharedVector(head, 'en', { chinese: [1, 0], english: [1, 0], words: empty })
  const other = sharedVector(head, 'en', { chinese: [1, 0], english: [0, 1], words: empty })
  expect(one.length).toBe(widthOf(head))
  expect(cosine(one, other)).toBeCloseTo(0.75, 5)
})

it('adds what is said of an English text and of its gloss, each without its mean', () => {
  const means = {
    zh: { chinese: Float32Array.of(0, 0), english: Float32Array.of(0, 0) },
    en: {
      chinese: Float32Array.of(0.5, 0),
      gloss: Float32Array.of(0, 0.5),
      english: Float32Array.of(0, 0),
    },
  }
  const head = { lexicon: learned(), means, weights: { chinese: 1, english: 1, words: 1 } }
  const words = new Map<string, number>()
  const both = sharedVector(head, 'en', { chinese: [1, 0], gloss: [0, 1], words })
  expect([...both.slice(0, 2)]).toEqual([
    expect.closeTo(Math.SQRT1_2),
    expect.closeTo(Math.SQRT1_2),
  ])
  const alone = sharedVector(head, 'en', { chinese: [1, 0], words })
  expect([...alone.slice(0, 2)]).toEqual([1, 0])
})

it('encodes both languages into one space, a Chinese text by its gloss too', async () => {
  const head = headOf(learned(), { chinese: 1, english: 1, words: 1 })
  const seen = { chinese: [] as string[], english: [] as string[] }
  const fake = (name: 'chinese' | 'english'): Encoder => ({
    name,
    spaces: [name],
    async encode(texts, options) {
      seen[name].push(...texts)
      options?.onProgress?.(texts.length)
      return texts.map((text) =>
        text === '' ? undefined : embeddingOf(name, [text.length, text.charCodeAt(0) % 7]),
      )
    },
    close: async () => undefined,
  })
  const parts = { space: 'both@1', head, chinese: fake('chinese'), english: fake('english') }
  const encoder = sharedEncoder(parts)
  const progress: number[] = []
  const [zh, en, nothing] = await encoder.encode(['狗買苹果', 'the dog bought an apple', ''], {
    onProgress: (done) => progress.push(done),
  })
  expect(seen.english).toEqual(['dog bought apple', 'the dog bought an apple', ''])
  // An English text twice: as it stands and, after all the others, in Chinese.
  expect(seen.chinese.slice(0, 2)).toEqual(['狗买苹果', 'the dog bought an apple'])
  expect(seen.chinese.slice(3)).toEqual([expect.stringContaining('狗'), ''])
  expect(progress.at(-1)).toBe(3)
  expect(zh?.space).toBe('both@1')
  expect(en?.values.length).toBe(zh?.values.length)
  expect(nothing).toBeUndefined()
  expect([sharedLanguageOf('好的 ok'), sharedLanguageOf('hello')]).toEqual(['zh', 'en'])
})

it('keeps a head as files and refuses a folder without them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kith-shared-'))
  const head = headOf(learned(), { chinese: 1, english: 2, words: 3 })
  await expect(readSharedHead(folder)).rejects.toThrow(/lexicon.txt/)
  await writeSharedHead(folder, head, '7')
  const back = await readSharedHead(folder)
  expect(back.version).toBe('7')
  expect(back.head.weights).toEqual(head.weights)
  expect(back.head.means).toEqual(head.means)
  await rm(folder, { recursive: true })
})

it('learns from no sentence that is measured, whatever its case and signs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kith-parallel-'))
  const measured = await mkdtemp(join(tmpdir(), 'kith-measured-'))
  await writeFile(join(folder, 'pairs.tsv'), '狗\tdog; hound\tcedict\n你好吗\tHow are you\tx\n')
  await writeFile(join(folder, 'zh.txt'), '狗来了\n')
  await writeFile(join(folder, 'en.txt'), 'how are you\nthe dog came\n')
  await writeFile(join(folder, 'signs.txt'), '買买\n')
  await writeFile(join(measured, 'test.en'), 'How are you?\n')
  const { texts, facts } = await readParallel(folder, measured)
  expect(facts.overlapping).toBe(1)
  expect(texts.pairs).toEqual([
    { zh: '狗', en: 'dog', weight: 5 },
    { zh: '狗', en: 'hound', weight: 3 },
  ])
  expect(texts.en).toEqual(['the dog came'])
  await Promise.all([folder, measured].map((path) => rm(path, { recursive: true })))
})

it('counts a find only when the own translation is first', () => {
  const one = { width: 2, data: Float32Array.of(1, 0, 0, 1) }
  const other = { width: 2, data: Float32Array.of(1, 0, 0.9, 0.1) }
  expect(retrieval(one, one)).toEqual({ there: 1, back: 1 })
  expect(retrieval(one, other).back).toBe(0.5)
  expect([...without(Float32Array.of(0, 0.5), one).data.slice(0, 2)][0]).toBeCloseTo(0.894, 2)
})

function headOf(lexicon: Lexicon, weights: SharedHead['weights']): SharedHead {
  const none = { chinese: new Float32Array(2), english: new Float32Array(2) }
  const gloss = new Float32Array(2)
  return { lexicon, means: { zh: none, en: { ...none, gloss } }, weights }
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0)
}
