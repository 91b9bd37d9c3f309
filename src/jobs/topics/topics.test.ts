/** Topics of a network on a real vault and real threads; the posts are of known subjects. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itemSchema } from '../../domain/item.ts'
import { hashingEncoder } from '../../encoder/hashing.ts'
import { silentLog } from '../../log.ts'
import { integer, seededRandom } from '../../math/random.ts'
import { type Scene, scene } from '../../memory/changes.fixture.ts'
import type { SpaceTopics } from '../../understand/topics/space-topics.ts'
import { topicsOfText } from '../../understand/topics/space-topics.ts'
import { openLocalKeyVault } from '../../vault/local-key.ts'
import type { Vault } from '../../vault/vault.ts'
import { createExactVectors } from '../../vectors/exact.ts'
import { sealedSnapshots } from '../snapshot.ts'
import { openTopicsJob, type TopicsJob } from './topics.ts'

const subjects = [
  ['bakery', 'sourdough', 'oven', 'flour', 'crust', 'bread'],
  ['bicycle', 'helmet', 'chain', 'wheel', 'saddle', 'pedal'],
  ['telescope', 'galaxy', 'planet', 'comet', 'orbit', 'nebula'],
]
const encoder = hashingEncoder()
let folder: string
let vault: Vault
let town: Scene

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-topics-'))
  vault = await openLocalKeyVault({ folder: join(folder, 'vault') })
  town = scene({ createVectors: createExactVectors }).users('ada', 'bob', 'eve')
  await write('ada', 0, 60)
  await write('bob', 0, 60)
  await write('ada', 1, 60)
  await write('bob', 1, 60)
  // Only eve writes of the stars, and of a secret in each post.
  await write('eve', 2, 80, 'blackbird')
}, 60_000)
afterAll(async () => {
  await vault.close()
  await rm(folder, { recursive: true, force: true })
})

async function write(authorId: string, subject: number, count: number, secret = ''): Promise<void> {
  const random = seededRandom(100 * subject + authorId.length + town.memory.items.count)
  const words = subjects[subject]!
  const texts = Array.from({ length: count }, () => {
    return [
      ...Array.from({ length: 6 }, () => words[integer(random, 0, words.length)]),
      secret,
    ].join(' ')
  })
  const embeddings = await encoder.encode(texts)
  for (const [n, text] of texts.entries()) {
    const id = `${authorId} ${subject} ${n}`
    const item = itemSchema.parse({ id, authorId, text, createdAt: '2026-01-01T10:00:00Z' })
    town.memory.apply([
      { kind: 'item', clock: town.memory.clock + 1, item, embedding: embeddings[n] },
    ])
  }
}

/** A job on the town's memory, after its first fit. */
async function open(told: (readonly SpaceTopics[])[] = []): Promise<TopicsJob> {
  const kept = sealedSnapshots(folder, vault, 'topics.sealed')
  const tell = (topics: readonly SpaceTopics[]) => void told.push(topics)
  const job = await openTopicsJob({ memory: town.memory, kept, tell, log: silentLog })
  job.wake()
  await settled(job)
  return job
}

async function settled(job: TopicsJob): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, 20))
  while (job.progress().total > 0)
}

const wordsOf = (job: TopicsJob) =>
  job.list().flatMap(({ topics }) => topics.flatMap((one) => one.words))

describe('topics of a network', () => {
  it('are clusters that a new text is found in, named by words of more than one person', async () => {
    const told: (readonly SpaceTopics[])[] = []
    const job = await open(told)
    expect(told.at(-1)).toEqual(job.list())
    const [text] = await encoder.encode(['the oven is warm and the sourdough has a crust'])
    const [bread] = topicsOfText(text, job.list())
    expect(bread?.words.some((word) => subjects[0]!.includes(word))).toBe(true)
    expect(bread?.share).toBeGreaterThan(0.05)
    const words = wordsOf(job)
    expect(words).not.toContain('blackbird')
    expect(words.some((word) => subjects[2]!.includes(word))).toBe(false)
    await job.close()
  })

  it('stay over a restart, in a file that nobody can read', async () => {
    const before = await open()
    await before.close()
    const told: (readonly SpaceTopics[])[] = []
    const kept = sealedSnapshots(folder, vault, 'topics.sealed')
    const tell = (topics: readonly SpaceTopics[]) => void told.push(topics)
    const again = await openTopicsJob({ memory: town.memory, kept, tell, log: silentLog })
    expect(told).toEqual([before.list()])
    expect((await readFile(join(folder, 'topics.sealed'))).includes('sourdough')).toBe(false)
    await again.close()
  })

  it('keep their ids while posts come', async () => {
    const before = await open()
    const old = before.list()[0]!
    await write('bob', 0, 60)
    await write('ada', 2, 80)
    before.wake()
    await settled(before)
    const now = before.list()[0]!
    expect(now.posts).toBeGreaterThan(old.posts)
    const kept = now.topics.filter(({ id }) => old.topics.some((one) => one.id === id))
    expect(kept.length).toBeGreaterThanOrEqual(old.topics.length / 2)
    expect(wordsOf(before).some((word) => subjects[2]!.includes(word))).toBe(true)
    await before.close()
  })

  it('lose the words of who is erased, at once and in what is fitted anew', async () => {
    const job = await open()
    expect(wordsOf(job)).toContain('oven')
    const { memory } = town
    const bread = Array.from({ length: memory.items.count }, (_, item) => memory.items.get(item))
    for (const item of bread) if (item?.text.includes('oven')) town.removeItem(item.id)
    const forgetting = job.forget()
    expect(wordsOf(job)).toEqual([])
    await forgetting
    await settled(job)
    expect(wordsOf(job).length).toBeGreaterThan(0)
    expect(wordsOf(job)).not.toContain('oven')
    await job.close()
    const again = await open()
    expect(wordsOf(again)).toEqual(wordsOf(job))
    await again.close()
  })
})
