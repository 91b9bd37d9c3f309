/** From an item and a reply to the next page: labels and moods on a real engine. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAdapters } from '../adapters.ts'
import { readConfig } from '../config.ts'
import { emotions } from '../domain/question.ts'
import type { Engine } from '../engine.ts'
import { sealedSnapshots } from '../jobs/snapshot.ts'
import { silentLog } from '../log.ts'
import { seededRandom } from '../math/random.ts'
import { openEngine } from '../open-engine.ts'
import { runRegistry } from '../run-registry.ts'
import { untilEncoded } from '../testing/test-engine.ts'
import { town } from '../testing/town.ts'
import type { Head } from '../understand/head.ts'
import { openUnderstanding } from '../understand/understand.ts'

/** Reads the emotion, offence and spam that a text names: the town says what it means. */
function literalHeads(version: number): Head[] {
  const facts = { languages: ['en', 'zh'], run: 'run-1' }
  const naming = (words: readonly string[]): Head['classify'] => {
    return async (texts) =>
      texts.map(({ text }) => {
        const found = Math.max(
          0,
          words.findIndex((word) => text.includes(word)),
        )
        return words.map((_, n) => Number(n === found))
      })
  }
  const order = ['neutral', ...emotions.filter((name) => name !== 'neutral')]
  return [
    {
      ...facts,
      name: `emotion@${version}`,
      question: 'emotion',
      classes: order,
      classify: naming(order),
    },
    {
      ...facts,
      name: 'toxicity@1',
      question: 'toxicity',
      classes: ['fine', 'toxic'],
      classify: naming(['fine', 'toxic']),
    },
    {
      ...facts,
      name: 'spam@1',
      question: 'spam',
      classes: ['plain', 'spam'],
      classify: naming(['plain', 'spam']),
    },
  ]
}

let folder: string
let engine: Engine
let heads = literalHeads(1)

async function open(): Promise<Engine> {
  const config = readConfig({ DATA: folder, ENCODER: 'hashing' })
  const adapters = await openAdapters(config, silentLog)
  return openEngine({
    ...adapters,
    understanding: openUnderstanding({ encoder: await adapters.encoder, heads }),
    snapshots: sealedSnapshots(folder, adapters.vault),
    keptTopics: sealedSnapshots(folder, adapters.vault, 'topics.sealed'),
    runs: runRegistry(config, silentLog),
    log: silentLog,
    trainEveryHours: 0,
    now: () => town.now,
    random: seededRandom(1),
  })
}

const asked = {
  feed: 'latest',
  limit: 50,
  languages: [],
  exclude: [],
  explain: false,
  locale: 'en',
} as const
const post = {
  ...({ kind: 'post', visibility: 'public', isUnsafe: false, createdAt: town.now } as const),
  tags: [],
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-reading-'))
  engine = await open()
  const person = { languages: [], isPrivate: false, allowsUnsafe: false, isSample: false }
  await engine.putUsers(['ada', 'bob'].map((id) => ({ ...person, id })))
  await engine.putItems(
    [
      'a joy to see on this morning',
      'a toxic remark on this morning',
      'some spam on this morning',
    ].map((text, n) => ({ ...post, id: `post ${n}`, authorId: 'bob', text })),
  )
  await untilEncoded(engine)
}, 60_000)
afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

describe('an engine that understands', () => {
  it('drops what was understood as offensive or spam, counts it and says why', async () => {
    const page = await engine.feed({ ...asked, userId: 'ada' })
    expect(page.items.map(({ item }) => item.id)).toEqual(['post 0'])
    expect(page.dropped).toMatchObject({ unsafe: 1, spam: 1 })
    const why = await engine.explain({
      feed: 'latest',
      userId: 'ada',
      itemId: 'post 2',
      locale: 'zh',
    })
    expect(why).toMatchObject({
      outcome: 'dropped',
      by: 'spam',
      text: expect.stringContaining('垃圾信息'),
    })
  })

  it('answers about any text, and names its heads in the status', async () => {
    const [first] = await engine.understand(['what a joy this morning is'], { why: false })
    expect(first?.emotion).toMatchObject({ label: 'joy', head: 'emotion@1', run: 'run-1' })
    expect((await engine.status()).adapters).toMatchObject({
      heads: 'emotion@1, toxicity@1, spam@1',
    })
  })

  it('says how much a post matters: more once people engage with it', async () => {
    const before = await engine.understandItem('post 0', { why: false })
    expect(before.emotion).toMatchObject({ label: 'joy' })
    expect(Object.keys(before.importance.parts)).toEqual(['attention', 'novelty', 'care', 'length'])
    await engine.addEvents([{ type: 'like', userId: 'ada', itemId: 'post 0', at: town.now }])
    const after = await engine.understandItem('post 0', { why: false })
    expect(after.importance.value).toBeGreaterThan(before.importance.value ?? 1)
    await expect(engine.understandItem('none', { why: false })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await engine.topics()).toEqual([])
  })

  it('reads a reply for the mood of who wrote it, keeps no word of it, and forgets on demand', async () => {
    const text = 'such sadness on this grey morning'
    const event = { type: 'reply', userId: 'ada', itemId: 'post 0', text, at: town.now } as const
    await engine.addEvents([event, { ...event, id: 'again' }])
    await untilEncoded(engine)
    const { mood, effect } = await engine.mood('ada', 'en')
    expect(mood?.basis).toMatchObject({ posts: 0, replies: 2 })
    expect(mood?.emotions.sadness).toBeGreaterThan(0.4)
    expect(effect).toContain('Calm and cheerful posts stand somewhat higher')
    expect((await engine.exportUser('ada')).moods).toHaveLength(2)
    const other = await engine.mood('bob', 'en')
    expect(other.mood?.basis.replies ?? 0).toBe(0)
    await engine.putUsers([{ ...engine.getUser('ada')!, usesMood: false }])
    expect(await engine.mood('ada', 'en')).toMatchObject({ isOn: false })
    expect((await engine.exportUser('ada')).moods).toEqual([])
    await expect(engine.mood('nobody', 'en')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('reads everything again when its heads are others, and keeps labels over a restart', async () => {
    await engine.close()
    engine = await open()
    const page = await engine.feed({ ...asked, userId: 'ada' })
    expect(page.dropped).toMatchObject({ unsafe: 1, spam: 1 })
    await engine.close()
    heads = literalHeads(2).filter(({ question }) => question !== 'spam')
    engine = await open()
    await untilEncoded(engine)
    const again = await engine.feed({ ...asked, userId: 'ada' })
    expect(again.dropped).toMatchObject({ unsafe: 1 })
    expect(again.dropped).not.toHaveProperty('spam')
  })
})
