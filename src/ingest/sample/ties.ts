/** Who follows whom: neighbours, people of the same taste, friends of friends, and a few bridges. */
import type { Edge } from '../../domain/edge.ts'
import { integer, type Random } from '../../math/random.ts'
import { createDraw } from './draws.ts'
import { type Resident, strongest } from './people.ts'
import { topics } from './topics.ts'

export interface Ties {
  readonly edges: readonly Edge[]
  /** People each one follows. */
  readonly following: readonly ReadonlySet<number>[]
}

const day = 86_400_000
const meanFollows = 11
const mostFollows = 150

export function makeTies(people: readonly Resident[], now: Date, random: Random): Ties {
  const following = people.map(() => new Set<number>())
  const draw = createDrawers(people, random)
  for (const [person, { activity }] of people.entries()) {
    const wanted = Math.min(mostFollows, Math.ceil(meanFollows * (0.3 + 0.5 * activity)))
    for (let attempt = 0; attempt < wanted * 1.4; attempt++) {
      tie(person, candidate(person, people, following, draw, random), people, following, random)
    }
  }
  const edges = following.flatMap((own, person) =>
    [...own].map((other) => edgeOf(people, person, other, now, random)),
  )
  return { edges, following }
}

/** One follows the other, who may follow back: a neighbour more often than somebody far. */
function tie(
  person: number,
  other: number,
  people: readonly Resident[],
  following: readonly Set<number>[],
  random: Random,
): void {
  if (other === person || other < 0 || !understands(people, person, other, random)) return
  following[person]?.add(other)
  const isNeighbour = people[person]?.district === people[other]?.district
  if (random() < (isNeighbour ? 0.4 : 0.15)) following[other]?.add(person)
}

interface Drawers {
  readonly anyone: () => number
  readonly inDistrict: readonly (() => number)[]
  readonly ofTopic: readonly (() => number)[]
  /** Each person's two strongest topics. */
  readonly favourites: readonly (readonly number[])[]
}

/** Fame is activity: who does much is followed by many. */
function createDrawers(people: readonly Resident[], random: Random): Drawers {
  const among = (members: readonly number[]) => {
    if (members.length === 0) return () => -1
    const draw = createDraw(
      members.map((member) => people[member]?.activity ?? 0),
      random,
    )
    return () => members[draw()] ?? -1
  }
  const everyone = people.map((_, person) => person)
  const districts = 1 + Math.max(0, ...people.map(({ district }) => district))
  const favourites = people.map(({ taste }) => strongest(taste, 2))
  return {
    anyone: among(everyone),
    inDistrict: Array.from({ length: districts }, (_, district) =>
      among(everyone.filter((person) => people[person]?.district === district)),
    ),
    ofTopic: topics.map((_, topic) =>
      among(everyone.filter((person) => favourites[person]?.includes(topic))),
    ),
    favourites,
  }
}

function candidate(
  person: number,
  people: readonly Resident[],
  following: readonly ReadonlySet<number>[],
  draw: Drawers,
  random: Random,
): number {
  const { district = 0 } = people[person] ?? {}
  const chance = random()
  if (chance < 0.45) return draw.inDistrict[district]?.() ?? -1
  if (chance < 0.75) {
    const [first = 0, second = first] = draw.favourites[person] ?? []
    return draw.ofTopic[random() < 0.6 ? first : second]?.() ?? -1
  }
  if (chance < 0.9) return friendOfFriend(person, following, random)
  return draw.anyone()
}

function friendOfFriend(
  person: number,
  following: readonly ReadonlySet<number>[],
  random: Random,
): number {
  const friend = anyOf(following[person], random)
  return friend < 0 ? -1 : anyOf(following[friend], random)
}

function anyOf(set: ReadonlySet<number> | undefined, random: Random): number {
  if (!set || set.size === 0) return -1
  let left = integer(random, 0, set.size)
  for (const value of set) if (left-- === 0) return value
  return -1
}

/** People follow whom they can read; one in twelve does not mind. */
function understands(
  people: readonly Resident[],
  person: number,
  other: number,
  random: Random,
): boolean {
  const own = people[person]?.languages ?? []
  const theirs = people[other]?.languages ?? []
  return theirs.some((language) => own.includes(language)) || random() < 0.08
}

function edgeOf(
  people: readonly Resident[],
  from: number,
  to: number,
  now: Date,
  random: Random,
): Edge {
  const at = Math.floor((now.getTime() - (28 + random() * 365) * day) / 1000) * 1000
  return {
    from: people[from]?.user.id ?? '',
    to: people[to]?.user.id ?? '',
    kind: 'follow',
    weight: 1,
    at: new Date(at),
  }
}
