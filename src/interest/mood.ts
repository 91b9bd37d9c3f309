/**
 * E(u): how a person feels at present, by what they wrote and did lately. A guess that fades by the
 * hour, drawn towards neutral where little is known, and absent for whoever refuses it.
 */
import { emotionsOf } from '../domain/labels.ts'
import { type Emotion, emotions } from '../domain/question.ts'
import { actionWeight, engagementWeight } from '../memory/action-weights.ts'
import type { Memory } from '../memory/memory.ts'

export interface Mood {
  /** Shares, drawn towards neutral by what is not known; they sum to 1. */
  readonly emotions: Readonly<Record<Emotion, number>>
  /** From 0 (nothing known) to 1. */
  readonly confidence: number
  /** How many things it was read from. */
  readonly basis: { readonly posts: number; readonly replies: number; readonly deeds: number }
  /** From 0 to 1: anger, sadness and fear beyond what is usual. */
  readonly troubled: number
  /** From 0 to 1: joy beyond what is usual. */
  readonly glad: number
}

const halfLifeMs = 12 * 3_600_000
/** Older than this it says nothing about the present. */
const windowMs = 4 * 86_400_000
const mostPosts = 20
const mostDeeds = 40
const weights = { post: 1, reply: 0.8, deed: 0.15 }
/** As much evidence as this is needed before half of it is believed. */
const doubt = 1.5
/** Everybody writes something sharp now and then: up to this share it is not called troubled. */
const usual = { troubled: 0.2, glad: 0.3 }

/** Undefined when nothing is known, or the person does not want it. */
export function moodOf(memory: Memory, person: number, nowMs: number): Mood | undefined {
  if (person < 0 || memory.people.get(person)?.usesMood === false) return undefined
  const sum = new Float64Array(emotions.length)
  const basis = { posts: 0, replies: 0, deeds: 0 }
  let known = 0
  const add = (row: readonly number[], atMs: number, weight: number): void => {
    const share = weight * 0.5 ** (Math.max(0, nowMs - atMs) / halfLifeMs)
    known += share
    for (let n = 0; n < sum.length; n++) sum[n]! += share * (row[n] ?? 0)
  }
  basis.posts = readPosts(memory, person, nowMs, add)
  basis.replies = readReplies(memory, person, nowMs, add)
  basis.deeds = readDeeds(memory, person, nowMs, add)
  return known === 0 ? undefined : moodFrom(sum, known, basis)
}

function moodFrom(sum: Float64Array, known: number, basis: Mood['basis']): Mood {
  const shares = emotions.map((name, n) => {
    const prior = name === 'neutral' ? doubt : 0
    return [name, (sum[n]! + prior) / (known + doubt)] as const
  })
  const found = Object.fromEntries(shares) as Record<Emotion, number>
  return {
    emotions: found,
    confidence: known / (known + doubt),
    basis,
    troubled: beyond(found.anger + found.sadness + found.fear, usual.troubled),
    glad: beyond(found.joy, usual.glad),
  }
}

type Add = (emotions: readonly number[], atMs: number, weight: number) => void

function readPosts({ items }: Memory, person: number, nowMs: number, add: Add): number {
  const { values, length } = items.byAuthor(person)
  let read = 0
  for (let place = length - 1; place >= 0 && length - place <= mostPosts; place--) {
    const item = values[place]!
    const atMs = items.createdAtMs(item)
    if (nowMs - atMs > windowMs) break
    if (addItem(items, item, atMs, weights.post, add)) read++
  }
  return read
}

function readReplies({ people }: Memory, person: number, nowMs: number, add: Add): number {
  const recent = people.moodsOf(person).filter(({ at }) => nowMs - at.getTime() <= windowMs)
  for (const { at, emotions: row } of recent) add(row, at.getTime(), weights.reply)
  return recent.length
}

/** What they engaged with says a little about how they feel. */
function readDeeds({ histories, items }: Memory, person: number, nowMs: number, add: Add): number {
  const length = histories.length(person)
  let read = 0
  for (let entry = length - 1; entry >= 0 && length - entry <= mostDeeds; entry--) {
    const atMs = histories.atMs(person, entry)
    if (nowMs - atMs > windowMs) break
    const item = histories.itemAt(person, entry)
    if (item < 0 || actionWeight(histories.actionAt(person, entry)) < engagementWeight) continue
    if (items.authorOf(item) === person) continue
    if (addItem(items, item, atMs, weights.deed, add)) read++
  }
  return read
}

function addItem(
  items: Memory['items'],
  item: number,
  atMs: number,
  weight: number,
  add: Add,
): boolean {
  const found = emotionsOf(items.labelsOf(item))
  if (!found) return false
  add(Object.values(found), atMs, weight)
  return true
}

function beyond(share: number, usualShare: number): number {
  return Math.max(0, share - usualShare) / (1 - usualShare)
}
