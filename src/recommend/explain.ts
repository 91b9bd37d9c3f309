/**
 * Why an item is on the page, read from the record of the run and never guessed: the largest parts
 * of its score, the person's own events behind them, and what would be otherwise without the first.
 */
import { itemActions } from '../domain/event.ts'
import type { Because } from '../domain/page.ts'
import { actionWeight, engagementWeight } from '../memory/action-weights.ts'
import { type Evidence, gatherEvidence } from './evidence.ts'
import { type Phrases, phrases as phrasesOf } from './phrases.ts'
import type { Run } from './run.ts'
import type { FeedContext, FeedRequest } from './stage.ts'
import { eventOf, eventsOf, nameOf, titleOf } from './words-of.ts'

const sentencesKept = 2
const namesKept = 3
const eventsKept = 3
const sharedKept = 2
const newForHours = 48
/** A part below this share of the largest is not worth a sentence. */
const leastShare = 0.25
/** What a person's mood moved is always told, once it moved more than a breath of the whole. */
const leastMoodShare = 0.03
/** Fewer engagements are not called popular. */
const leastPopular = 3
const engagements = itemActions.filter((action) => actionWeight(action) >= engagementWeight)

interface Reason {
  readonly sentence: string
  readonly evidence: Because['evidence']
}

interface Telling {
  readonly run: Run
  readonly request: FeedRequest
  readonly context: FeedContext
  readonly evidence: Evidence
  readonly phrases: Phrases
}

/** How one part is told; undefined when there is nothing to say about it. */
type Tell = (row: number, telling: Telling) => Reason | undefined

const tellings: Readonly<Record<string, Tell>> = {
  taste: tellTaste,
  alike: tellAlike,
  circle: tellCircle,
  kindred: tellKindred,
  learned: tellLearned,
  author: tellAuthor,
  freshness: tellFreshness,
  'just-now': tellFreshness,
  newcomer: tellFreshness,
  popularity: tellPopularity,
  trend: tellPopularity,
}

export function createExplainer(run: Run, request: FeedRequest, context: FeedContext) {
  const evidence = gatherEvidence(run, context)
  const phrases = phrasesOf[request.locale]
  const telling: Telling = { run, request, context, evidence, phrases }
  const scores = Float64Array.from(run.byScore, (row) => run.candidates.scores[row]!)
  return (row: number, rank: number): Because => {
    const parts = partsOf(run, row)
    const reasons = reasonsOf(row, parts, telling)
    const moved = movedOf(row, rank, run, phrases)
    return {
      ...(moved === undefined ? {} : { moved }),
      text: phrases.join(reasons.map(({ sentence }) => sentence)),
      evidence: unique(reasons.flatMap((reason) => reason.evidence)),
      change: changeOf(row, parts[0], run, scores, phrases),
    }
  }
}

function unique(events: Because['evidence']): Because['evidence'] {
  return events.filter(
    ({ type, at, itemId, userId }, place) =>
      events.findIndex(
        (other) =>
          other.type === type &&
          other.at === at &&
          other.itemId === itemId &&
          other.userId === userId,
      ) === place,
  )
}

/** Only what really stands elsewhere, and was moved itself rather than pushed by others. */
function movedOf(
  row: number,
  rank: number,
  { arrangement, byScore }: Run,
  phrases: Phrases,
): string | undefined {
  const by = arrangement.moved.get(row)
  const alone = byScore.indexOf(row) + 1
  return by === undefined || alone === rank ? undefined : phrases.moved({ by, rank, alone })
}

/** Positive parts, largest first. */
function partsOf({ candidates }: Run, row: number): { name: string; value: number }[] {
  const parts: { name: string; value: number }[] = []
  for (const [name, column] of candidates.parts) {
    if (column[row]! > 0) parts.push({ name, value: column[row]! })
  }
  return parts.sort((a, b) => b.value - a.value)
}

function reasonsOf(
  row: number,
  parts: readonly { name: string; value: number }[],
  telling: Telling,
): Reason[] {
  const { candidates } = telling.run
  const reasons: Reason[] = []
  const isByChance = candidates.from[row] === 1 << candidates.sources.indexOf('explore')
  if (isByChance) reasons.push({ sentence: telling.phrases.chance(), evidence: [] })
  const least = (parts[0]?.value ?? 0) * leastShare
  for (const { name, value } of parts) {
    if (reasons.length === sentencesKept || value < least) break
    const told = tellings[name]?.(row, telling)
    const reason = told && {
      ...told,
      evidence: told.evidence.map((event) => ({ ...event, part: name })),
    }
    const isNew = !reasons.some(({ sentence }) => sentence === reason?.sentence)
    if (reason && isNew) reasons.push(reason)
  }
  if (reasons.length === 0) reasons.push({ sentence: telling.phrases.plain(), evidence: [] })
  const moved = parts.find(({ name }) => name === 'mood')?.value ?? 0
  const whole = parts.reduce((sum, { value }) => sum + value, 0)
  if (moved > leastMoodShare * whole) reasons.push(tellMood(telling))
  return reasons
}

function tellTaste(row: number, { request, context, evidence, phrases }: Telling) {
  const topic = context.interest.topics[evidence.topicOf(row)]
  if (!topic) return undefined
  const title = titleOf(context.memory, topic.medoid)
  if (request.item >= 0) return { sentence: phrases.relatedText(title), evidence: [] }
  if (topic.said !== undefined) return { sentence: phrases.said(topic.said), evidence: [] }
  const medoid = context.interest.recent.find(({ item }) => item === topic.medoid)
  const entries = medoid ? [medoid.entry, ...topic.entries] : topic.entries
  return {
    sentence: phrases.taste(title, actionOf(request, context, medoid?.entry)),
    evidence: eventsOf(context.memory, request.person, [...new Set(entries)].slice(0, eventsKept)),
  }
}

function tellAlike(row: number, { request, context, evidence, phrases }: Telling) {
  const recent = context.interest.recent[evidence.recentOf(row)]
  if (!recent) return undefined
  const title = titleOf(context.memory, recent.item)
  if (request.item >= 0) return { sentence: phrases.relatedBehaviour(title), evidence: [] }
  if (recent.said !== undefined) return { sentence: phrases.said(recent.said), evidence: [] }
  return {
    sentence: phrases.alike(title, actionOf(request, context, recent.entry)),
    evidence: eventsOf(context.memory, request.person, [recent.entry]),
  }
}

function tellCircle(row: number, { request, context, evidence, phrases }: Telling) {
  const ties = evidence.peopleOf('circle', row)
  if (ties.length === 0) return undefined
  const named = ties.slice(0, namesKept)
  const { memory, interest } = context
  return {
    sentence: phrases.circle({
      names: named.map((tie) => nameOf(memory, tie)),
      total: ties.length,
    }),
    evidence: named.flatMap((tie) => {
      const entry = interest.follows.get(tie)
      return entry === undefined ? [] : [eventOf(memory, request.person, entry)]
    }),
  }
}

/** Strangers are counted, never named; the evidence is what the closest of them also liked. */
function tellKindred(row: number, { request, context, evidence, phrases }: Telling) {
  const people = evidence.peopleOf('kindred', row)
  if (people.length === 0) return undefined
  return {
    sentence: phrases.kindred(people.length),
    evidence: eventsOf(context.memory, request.person, entriesShared(people[0]!, context)),
  }
}

/** The person's newest entries about items that the other engaged with too. */
function entriesShared(other: number, { memory, interest }: FeedContext): number[] {
  const entries: number[] = []
  for (const { item, entry } of interest.recent) {
    if (entries.length === sharedKept) break
    if (entry < 0) continue
    const { values, length } = memory.engagement.engagers(item)
    const place = values.indexOf(other)
    if (place >= 0 && place < length) entries.push(entry)
  }
  return entries
}

/** By the model's own arithmetic: a score is a sum over what the person did. */
function tellLearned(row: number, { run, request, context, phrases }: Telling) {
  const { memory, interest, learned } = context
  const item = run.candidates.items[row]!
  const places = learned?.reasonsOf(request.person, item, interest) ?? []
  const reasons = places.flatMap((place) => interest.recent[place] ?? [])
  const own = reasons.filter(({ entry }) => entry >= 0).slice(0, eventsKept)
  const [recent] = own
  if (!recent) {
    const said = interest.topics.find((topic) => topic.said !== undefined)?.said
    return {
      sentence: said === undefined ? phrases.learnedFromCircle() : phrases.learnedFromSaid(said),
      evidence: [],
    }
  }
  return {
    sentence: phrases.learned(
      titleOf(memory, recent.item),
      actionOf(request, context, recent.entry),
    ),
    evidence: eventsOf(
      memory,
      request.person,
      own.map(({ entry }) => entry),
    ),
  }
}

/** Only what lifted it is told, and to the person alone whose mood it is. */
function tellMood({ context, phrases }: Telling): Reason {
  const isTroubled = (context.mood()?.troubled ?? 0) > 0
  return { sentence: isTroubled ? phrases.calming() : phrases.cheerful(), evidence: [] }
}

function tellAuthor(row: number, { run, request, context, phrases }: Telling): Reason | undefined {
  const { memory, interest, ties } = context
  const author = memory.items.authorOf(run.candidates.items[row]!)
  if (author < 0) return undefined
  const name = nameOf(memory, author)
  if (!ties.has(author)) {
    const entries = entriesAbout(author, context)
    return {
      sentence: phrases.knownAuthor(name),
      evidence: eventsOf(memory, request.person, entries),
    }
  }
  const entry = interest.follows.get(author)
  return {
    sentence: phrases.tiedAuthor(name),
    evidence: entry === undefined ? [] : [eventOf(memory, request.person, entry)],
  }
}

function tellFreshness(row: number, { run, request, context, phrases }: Telling) {
  const createdAtMs = context.memory.items.createdAtMs(run.candidates.items[row]!)
  const ageHours = Math.max(0, request.now.getTime() - createdAtMs) / 3_600_000
  return ageHours > newForHours ? undefined : { sentence: phrases.fresh(ageHours), evidence: [] }
}

function tellPopularity(row: number, { run, context, phrases }: Telling) {
  const item = run.candidates.items[row]!
  let count = 0
  for (const action of engagements) count += context.memory.engagement.count(item, action)
  return count < leastPopular ? undefined : { sentence: phrases.popular(count), evidence: [] }
}

/** The person's strongest entries about items of one author. */
function entriesAbout(author: number, { memory, interest }: FeedContext): number[] {
  return interest.recent
    .filter(({ item, entry }) => entry >= 0 && memory.items.authorOf(item) === author)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, eventsKept)
    .map(({ entry }) => entry)
}

function actionOf({ person }: FeedRequest, { memory }: FeedContext, entry: number | undefined) {
  return entry === undefined ? undefined : memory.histories.actionAt(person, entry)
}

/** Arithmetic on the record: the score had its largest part said nothing, and the place that gives. */
function changeOf(
  row: number,
  largest: { name: string; value: number } | undefined,
  { candidates, byScore, scoreWithout }: Run,
  scores: Float64Array,
  phrases: Phrases,
): string {
  const score = candidates.scores[row]!
  const without = largest ? scoreWithout(row, largest.name) : score
  return phrases.withoutPart({
    part: largest?.name ?? '',
    value: score - without,
    score,
    rank: placeOf(score, scores),
    // The item itself, at its old place, is no longer ahead of itself.
    rankWithout: Math.max(1, placeOf(without, scores) - (without < score ? 1 : 0)),
    of: byScore.length,
  })
}

/** One more than the number of scores above; `scores` are descending. */
function placeOf(score: number, scores: Float64Array): number {
  let low = 0
  let high = scores.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (scores[middle]! > score) low = middle + 1
    else high = middle
  }
  return low + 1
}
