/**
 * The live engine's `home` feed as a row of `kith evaluate recommend`: memory is fed with changes as a
 * running engine feeds it, and pages are asked for. Once for splits, once for replays; as it stands
 * before any training (`home`), with a model trained on the same past (`home-trained`), and with one
 * part of that left out.
 */
import { join } from 'node:path'
import { dataFolder, openEncoder } from '../adapters.ts'
import type { Config } from '../config.ts'
import type { Change } from '../domain/change.ts'
import { edgeSchema } from '../domain/edge.ts'
import type { DatedEvent } from '../domain/event.ts'
import { type Item, itemSchema } from '../domain/item.ts'
import { type MoodReading, moodReadingsKept } from '../domain/labels.ts'
import { userSchema } from '../domain/user.ts'
import { diskCachedEncoder } from '../encoder/disk-cache.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { createDeclared } from '../interest/declared.ts'
import { createInterests } from '../interest/interests.ts'
import type { Interaction, Interests, ItemFacts, Tie } from '../learn/data/dataset.ts'
import { encodeTexts } from '../learn/data/encode-texts.ts'
import { externalRanker, type TrainingPart } from '../learn/evaluate/external-ranker.ts'
import type { Ranker } from '../learn/evaluate/ranker.ts'
import { trainedRanker } from '../learn/evaluate/trained-ranker.ts'
import type { LiveRanker } from '../learn/replay/live-ranker.ts'
import type { EncodeTexts } from '../learn/trainer.ts'
import { tunedTextTrainers } from '../learn/trainers/text-tuned.ts'
import { emptyMemory } from '../live/remember.ts'
import type { Log } from '../log.ts'
import { createFeeds } from '../recommend/feeds.ts'
import { createLearned } from '../recommend/learned/learned.ts'
import { createRecommender } from '../recommend/recommend.ts'
import { openBundledNetwork } from '../text-networks.ts'
import { detectLanguages } from '../understand/language.ts'
import { createExactVectors } from '../vectors/exact.ts'
import { type HomeRow, homeRows, sharedTraining, type Train } from './home-rows.ts'
import { type EvaluationReading, evaluationReading } from './reading.ts'

/** Data without times is taken to have happened at one moment. */
const someTimeMs = Date.UTC(2011, 0, 1)
/** An encoder's queue is bounded. */
const encodedAtOnce = 1_000

export interface EvaluationRankers {
  readonly rankers: readonly Ranker[]
  readonly liveRankers: readonly LiveRanker[]
  readonly encode: EncodeTexts
  /** One for each text; undefined where it cannot be told. */
  readonly languagesOf: (texts: readonly string[]) => Promise<(string | undefined)[]>
  close(): Promise<void>
}

type TextEncoder = Pick<Encoder, 'encode'>

/**
 * What only the whole engine can bring, over the encoder of the settings. The encoder is opened when a
 * text is to be encoded and not before; what it once encoded is kept under the data folder.
 */
export async function openEvaluationRankers(
  config: Config,
  log: Log,
  signal?: AbortSignal,
): Promise<EvaluationRankers> {
  let opened: Promise<Encoder> | undefined
  async function open(): Promise<Encoder> {
    const path = join(await dataFolder(config), 'cache', 'embeddings.bin')
    return diskCachedEncoder(await openEncoder(config, log), { path })
  }
  const encoder: TextEncoder = {
    async encode(texts, options) {
      opened ??= open()
      return (await opened).encode(texts, options)
    },
  }
  const tools: HomeTools = {
    encoder,
    train: sharedTraining(log),
    reading: evaluationReading(() => {
      opened ??= open()
      return opened
    }),
  }
  return {
    rankers: [
      ...homeRows.map((row) => homeRanker(row, tools)),
      ...tunedTextTrainers(openBundledNetwork).map(trainedRanker),
    ],
    liveRankers: homeRows.map((row) => liveHomeRanker(row, tools)),
    encode: encodeTexts(encoder, signal),
    languagesOf: detectLanguages,
    close: async () => (await opened)?.close(),
  }
}

interface HomeTools {
  readonly encoder: TextEncoder
  readonly train: Train
  readonly reading: EvaluationReading
}

function homeRanker(row: HomeRow, tools: HomeTools): Ranker {
  return externalRanker({
    name: row.name,
    async build(training, { random }) {
      const feed = createHomeFeed(row, tools, random)
      feed.meet(training.userIds, training.interests)
      await feed.publish(training.items)
      feed.tie(training.ties, someTimeMs)
      await feed.learn(training.interactions)
      await feed.train()
      const now = lastTimeMs(training)
      return {
        recommend: (userId, k, known) => feed.rank(userId, k, known, now),
      }
    },
  })
}

function liveHomeRanker(row: HomeRow, tools: HomeTools): LiveRanker {
  return {
    name: row.name,
    usesChance: true,
    async open({ random }) {
      const feed = createHomeFeed(row, tools, random)
      return {
        async publish(items) {
          feed.meet(items.flatMap(({ authorId }) => authorId ?? []))
          await feed.publish(items)
        },
        async learn(events) {
          feed.meet(events.flatMap(({ userId, viaUserId }) => [userId, viaUserId ?? userId]))
          await feed.learn(events)
        },
        async rank({ userId, k, exclude, at }) {
          // The first question ends the part that may be learnt from.
          await feed.train()
          feed.meet([userId])
          return feed.rank(userId, k, [...exclude], at)
        },
      }
    },
  }
}

type ChangeBody = Change extends infer One
  ? One extends Change
    ? Omit<One, 'clock'>
    : never
  : never

function openHome(row: HomeRow, encoder: TextEncoder) {
  const memory = emptyMemory()
  const declared = createDeclared(memory, { encode: (texts) => encoder.encode(texts) })
  const learned = createLearned(memory, { createVectors: createExactVectors, declared })
  const weighing = row.keepsWeights ? undefined : learned
  const feeds = createFeeds({ learned: weighing, without: row.without })
  const recommender = createRecommender({
    ...{ memory, learned, feeds, interests: createInterests(memory, { declared }) },
  })
  return { memory, declared, learned, recommender }
}

/** Memory and recommender, spoken to in the words of an evaluation. */
function createHomeFeed(row: HomeRow, tools: HomeTools, random: () => number) {
  const { encoder, reading } = tools
  const readings = new Map<string, MoodReading[]>()
  const { memory, declared, learned, recommender } = openHome(row, encoder)
  const past: Change[] = []
  const seed = Math.floor(random() * 2 ** 32)
  let isUntrained = row.isTrained

  function apply(bodies: readonly ChangeBody[]): void {
    const changes = bodies.map((body, n) => ({ ...body, clock: memory.clock + n + 1 }) as Change)
    if (isUntrained) past.push(...changes)
    memory.apply(changes)
  }

  return {
    meet(userIds: readonly string[], answers?: Interests): void {
      const strangers = [...new Set(userIds)].filter((id) => memory.people.numberOf(id) < 0)
      const told = row.asks ? answers : undefined
      // What the data says was chosen must not be withheld for being read as unsafe.
      apply(strangers.map((id) => userOf(id, told?.get(id), row.reads === true)))
    },
    async publish(items: readonly ItemFacts[]): Promise<void> {
      for (let start = 0; start < items.length; start += encodedAtOnce) {
        const some = items.slice(start, start + encodedAtOnce)
        const texts = some.map(({ text }) => text)
        const embeddings = await encoder.encode(texts)
        const labels = row.reads ? await reading.labels(texts) : []
        apply(
          some.map((facts, n) => ({
            kind: 'item',
            item: itemOf(facts, (id) => memory.people.numberOf(id) >= 0),
            embedding: embeddings[n],
            labels: labels[n],
          })),
        )
      }
    },
    tie(ties: readonly Tie[], at: number): void {
      apply(ties.map(({ userId, friendId }) => edgeOf(userId, friendId, 'friend', at)))
    },
    async learn(interactions: readonly Interaction[]): Promise<void> {
      for (let start = 0; start < interactions.length; start += encodedAtOnce) {
        const some = interactions.slice(start, start + encodedAtOnce)
        const moods = row.reads ? await reading.moods(some.map(({ text = '' }) => text)) : []
        apply(some.flatMap((one, n) => [...changesOf(one), ...moodAfter(one, moods[n], readings)]))
      }
    },
    async train(): Promise<void> {
      if (!isUntrained) return
      isUntrained = false
      const trained = await tools.train(past, seed, row)
      await learned.serve(trained.model, trained.itemIds)
    },
    async rank(
      userId: string,
      limit: number,
      known: readonly string[],
      at: number,
    ): Promise<string[]> {
      await declared.ready(memory.people.numberOf(userId))
      learned.catchUp(Infinity)
      const page = recommender.recommend({
        ...{ feed: 'home', pageId: '', person: memory.people.numberOf(userId), item: -1, limit },
        ...{ now: new Date(at), random, languages: [], explain: false, locale: 'en' },
        exclude: new Set(known.map((id) => memory.items.numberOf(id))),
      })
      return page.items.map(({ item }) => item.id)
    },
  }
}

function userOf(
  id: string,
  interests: readonly string[] | undefined,
  allowsUnsafe: boolean,
): ChangeBody {
  return { kind: 'user', user: userSchema.parse({ id, interests, allowsUnsafe }) }
}

/** An act of turning to something; reposts come with the tie they came through. */
function changesOf({ userId, itemId, value, at, viaUserId }: Interaction): ChangeBody[] {
  const when = at ?? someTimeMs
  const type = at === undefined ? 'click' : 'repost'
  const event: DatedEvent = { type, userId, itemId, value, at: new Date(when) }
  if (viaUserId === undefined || viaUserId === userId) return [{ kind: 'event', event }]
  return [edgeOf(userId, viaUserId, 'repost-through', when), { kind: 'event', event }]
}

/** What the words that came with it say of the person's mood, beside what they wrote before. */
function moodAfter(
  { userId, at, text }: Interaction,
  shares: readonly number[] | undefined,
  readings: Map<string, MoodReading[]>,
): ChangeBody[] {
  if (!shares || at === undefined || !text) return []
  const own = [...(readings.get(userId) ?? []), { at: new Date(at), emotions: shares }]
  readings.set(userId, own.slice(-moodReadingsKept))
  return [{ kind: 'mood', userId, readings: own.slice(-moodReadingsKept) }]
}

function edgeOf(from: string, to: string, kind: string, at: number): ChangeBody {
  return {
    kind: 'edge',
    edge: edgeSchema.parse({ from, to, kind, at: new Date(at).toISOString() }),
  }
}

function itemOf({ id, text, authorId, at }: ItemFacts, isKnown: (id: string) => boolean): Item {
  const createdAt = new Date(at ?? someTimeMs).toISOString()
  const author = authorId !== undefined && isKnown(authorId) ? { authorId } : {}
  return itemSchema.parse({ id, text: text.slice(0, 2_000), createdAt, ...author })
}

function lastTimeMs({ interactions }: TrainingPart): number {
  return interactions.reduce((last, { at }) => Math.max(last, at ?? someTimeMs), someTimeMs)
}
