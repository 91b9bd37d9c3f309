/**
 * Four weeks of the sample city, session by session in the order of time: what people were shown
 * (mostly by whom they follow and what their friends liked, partly by topic and by trend) and what
 * they did about it, which follows from hidden tastes, moods, ties and the post's own appeal.
 */
import type { Action, DatedEvent } from '../../domain/event.ts'
import { integer, normal, type Random } from '../../math/random.ts'
import { pick } from './compose.ts'
import { momentOf } from './draws.ts'
import { createExposure, type Streets } from './exposure.ts'
import type { Resident } from './people.ts'
import { days, type Post } from './posts.ts'
import { replies } from './replies.ts'

/** Sessions in four weeks of a person of activity 1; impressions in each. */
const usualSessions = 4.5
const impressions = { from: 3, to: 11 }

export function simulate(city: Streets, now: Date, random: Random): DatedEvent[] {
  const { people, posts } = city
  const following = city.following.map((own) => [...own])
  const exposure = createExposure({ people, posts, following }, random)
  const events: DatedEvent[] = []
  const nowMs = now.getTime()

  /** Returns when the person is done with the post. */
  function meet(person: number, resident: Resident, index: number, atMs: number): number {
    const post = posts[index]
    if (!post || post.author === person) return atMs
    const isTied = following[person]?.includes(post.author) ?? false
    let moment = atMs
    for (const deed of react(resident, post, isTied, random)) {
      moment += deed.seconds * 1000
      if (moment >= nowMs) break
      events.push(eventOf(resident, post, people, deed, moment))
      if (deed.isPraise) exposure.praised(person, index)
      if (deed.type === 'follow') following[person]?.push(post.author)
    }
    return moment
  }

  for (const { person, resident, atMs } of sessionsOf(people, now, random)) {
    let moment = atMs
    const count = integer(random, impressions.from, impressions.to)
    for (let nth = 0; nth < count && moment < nowMs; nth++) {
      moment = meet(person, resident, exposure.next(person, moment), moment) + 1000
    }
  }
  return events.sort((a, b) => a.at.getTime() - b.at.getTime())
}

function sessionsOf(people: readonly Resident[], now: Date, random: Random) {
  const sessions: { person: number; resident: Resident; atMs: number }[] = []
  for (const [person, resident] of people.entries()) {
    const { activity, hour } = resident
    const count = Math.max(1, Math.round(usualSessions * activity * (0.6 + 0.8 * random())))
    for (let nth = 0; nth < count; nth++) {
      sessions.push({ person, resident, atMs: momentOf(now.getTime(), days, hour, random) })
    }
  }
  return sessions.sort((a, b) => a.atMs - b.atMs || a.person - b.person)
}

interface Deed {
  readonly type: Action
  /** After the one before it. */
  readonly seconds: number
  readonly value?: number
  readonly text?: string
  readonly isPraise?: boolean
}

function react(person: Resident, post: Post, isTied: boolean, random: Random): Deed[] {
  const deeds: Deed[] = [{ type: 'view', seconds: 1 }]
  const pull = pullOf(person, post, isTied)
  const isTaken = random() < chanceOf(pull)
  const dwell = Math.round(3 * Math.exp(0.5 * pull + 0.5 * normal(random) + (isTaken ? 1.2 : 0.6)))
  if (dwell >= 8)
    deeds.push({ type: 'dwell', seconds: Math.min(dwell, 300), value: Math.min(dwell, 300) })
  if (isTaken) deeds.push(...praise(post, isTied, random))
  else if (random() < 0.02 * chanceOf(-pull - 1)) {
    deeds.push({ type: random() < 0.8 ? 'hide' : 'less', seconds: 2 })
  }
  return deeds
}

function praise(post: Post, isTied: boolean, random: Random): Deed[] {
  const deeds: Deed[] = []
  const chance = random()
  if (chance < 0.82) deeds.push({ type: 'like', seconds: 1, isPraise: true })
  if (chance > 0.74) {
    const text = pick(replies[post.language], random)
    deeds.push({ type: 'reply', seconds: 20, text, isPraise: true })
  }
  if (random() < 0.08) deeds.push({ type: 'repost', seconds: 3, isPraise: true })
  if (!isTied && random() < 0.04) deeds.push({ type: 'follow', seconds: 4 })
  return deeds
}

/** Log-odds of being taken by a post. */
function pullOf(person: Resident, post: Post, isTied: boolean): number {
  const isReadable = person.languages.includes(post.language)
  const taste = Math.sqrt(person.taste[post.topic] ?? 0)
  const mood = person.mood === post.mood ? 0.5 : 0
  return -3 + 3.6 * taste + mood + (isTied ? 0.5 : 0) + 0.5 * post.appeal - (isReadable ? 0 : 2.5)
}

function chanceOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

function eventOf(
  { user }: Resident,
  post: Post,
  people: readonly Resident[],
  { type, value, text }: Deed,
  atMs: number,
): DatedEvent {
  const isAboutPerson = type === 'follow'
  return {
    type,
    userId: user.id,
    itemId: isAboutPerson ? undefined : post.item.id,
    targetUserId: isAboutPerson ? people[post.author]?.user.id : undefined,
    at: new Date(atMs),
    value,
    text,
  }
}
