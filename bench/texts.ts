/**
 * `npm run bench -- texts [--data FOLDER] [--only part] [--json]`: what understanding does without a
 * trained head, on real posts. Parts: personal, duplicates, keywords, topics, quality, speed.
 */
import { openBundledEncoder } from '../src/encoder/bundled.ts'
import { silentLog } from '../src/log.ts'
import { createDuplicateIndex } from '../src/understand/duplicates/duplicates.ts'
import { findKeywords } from '../src/understand/keywords/keywords.ts'
import { detectLanguages } from '../src/understand/language.ts'
import { normalise } from '../src/understand/normalise/normalise.ts'
import { findPersonalData } from '../src/understand/personal-data/personal-data.ts'
import { estimateQuality } from '../src/understand/quality/quality.ts'
import { readOptions } from './options.ts'
import { type RealTexts, readRealTexts } from './texts/data.ts'
import { benchDuplicates, editedTexts, sampleOf } from './texts/duplicates.ts'
import { benchKeywords } from './texts/keywords.ts'
import { benchQuality } from './texts/quality.ts'
import { benchTopics } from './texts/topics.ts'

const topicPosts = 2_400
const topicCount = 24
const duplicatePosts = 1_500

const parts: Readonly<Record<string, (texts: RealTexts) => unknown>> = {
  personal: ({ chinese, english, reactions }) => ({
    chinese: alarms(chinese),
    reactions: alarms(sampleOf(reactions, 10_000, 1)),
    english: alarms(english),
  }),
  async duplicates({ chinese, english }) {
    // The first seed was for choosing thresholds; other posts, edited anew, are measured.
    const measured = {
      chinese: sampleOf(chinese, 2 * duplicatePosts, 1).slice(duplicatePosts),
      english: sampleOf(english, 2 * duplicatePosts, 1).slice(duplicatePosts),
    }
    const edited = editedTexts(measured.chinese, 2).map(({ text }) => text)
    const vectors = await encode([...measured.chinese, ...edited])
    return {
      chinese: benchDuplicates(
        {
          texts: measured.chinese,
          vectors: vectors.slice(0, duplicatePosts),
          editedVectors: vectors.slice(duplicatePosts),
        },
        2,
      ),
      english: benchDuplicates({ texts: measured.english }, 2),
    }
  },
  keywords: ({ chinese, english, tagged }) =>
    benchKeywords({ chinese, english: [...english, ...tagged] }),
  async topics({ chinese }) {
    const texts = sampleOf(chinese, topicPosts, 1)
    const vectors = await encode(texts)
    const known = texts.flatMap((text, place) =>
      vectors[place] ? [{ text, vector: vectors[place] }] : [],
    )
    const width = known[0]?.vector.length ?? 0
    const same = known.filter(({ vector }) => vector.length === width)
    return benchTopics(
      same.map(({ text }) => text),
      same.map(({ vector }) => vector),
      topicCount,
    )
  },
  quality: benchQuality,
  speed: ({ chinese, english }) =>
    speed(sampleOf([...chinese, ...english.slice(0, 4_000)], 3_000, 1)),
}

export async function bench(options: string[]): Promise<void> {
  const { data, only, json } = readOptions(options, {
    data: '../shared/data',
    only: '',
    json: false,
  })
  const texts = readRealTexts(data)
  const figures: Record<string, unknown> = {}
  for (const [name, measure] of Object.entries(parts)) {
    if (only !== '' && !only.split(',').includes(name)) continue
    figures[name] = await measure(texts)
    process.stderr.write(`${name}: ${JSON.stringify(figures[name], undefined, 1)}\n`)
  }
  if (json) process.stdout.write(`${JSON.stringify({ bench: 'texts', ...figures })}\n`)
}

/** Found kinds in so many posts: nearly all of them must be real, see docs/reference. */
function alarms(texts: readonly string[]) {
  const kinds: Record<string, number> = {}
  let alarmed = 0
  for (const text of texts) {
    const { findings } = findPersonalData(text)
    if (findings.length > 0) alarmed++
    for (const { kind } of findings) kinds[kind] = (kinds[kind] ?? 0) + 1
  }
  return { posts: texts.length, share: alarmed / texts.length, kinds }
}

/** Posts a second of one thread, by part. */
async function speed(texts: readonly string[]) {
  const index = createDuplicateIndex()
  const works: Record<string, () => unknown> = {
    normalise: () => texts.map((text) => normalise(text)),
    language: () => detectLanguages(texts),
    keywords: () => findKeywords(texts),
    personal: () => texts.map(findPersonalData),
    duplicates: () => texts.map((text, id) => index.add(id, text)),
    quality: () => estimateQuality(texts.map((text) => ({ text }))),
  }
  await detectLanguages(['warm'])
  findKeywords(['热身 warm'])
  const figures: Record<string, number> = {}
  let total = 0
  for (const [name, work] of Object.entries(works)) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    total += user + system
    figures[name] = Math.round((1e6 * texts.length) / (user + system))
  }
  return { ...figures, together: Math.round((1e6 * texts.length) / total) }
}

async function encode(texts: readonly string[]): Promise<(ArrayLike<number> | undefined)[]> {
  const encoder = await openBundledEncoder({ log: silentLog, threads: 2 })
  try {
    const embeddings = await encoder.encode(texts)
    const counts = new Map<string, number>()
    for (const embedding of embeddings) {
      if (embedding) counts.set(embedding.space, (counts.get(embedding.space) ?? 0) + 1)
    }
    const [main] = [...counts].sort(([, x], [, y]) => y - x)[0] ?? []
    return embeddings.map((embedding) =>
      embedding?.space === main ? embedding?.values : undefined,
    )
  } finally {
    await encoder.close()
  }
}
