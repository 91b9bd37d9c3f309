/** An engine's own log as rounds: one for each place that chance filled, with as many actions as could stand there. */
import type { LoggedChoice, PolicyLog } from '../../domain/policy-log.ts'
import { KithError } from '../../errors.ts'
import type { Policy, Rounds } from './rounds.ts'

/** Fewer say nothing about any policy. */
export const leastRounds = 200
export const leastRewards = 10

/** @throws KithError `conflict` for a log from which nothing can be told */
export function ownRounds(log: PolicyLog): Rounds {
  refuseTooLittle(log)
  const { parts, choices } = log
  return {
    count: choices.length,
    actions: Math.max(...choices.map(({ said }) => said.length)),
    taken: Int32Array.from(choices, ({ taken }) => taken),
    rewards: Float64Array.from(choices, ({ isRewarded }) => Number(isRewarded)),
    propensities: Float64Array.from(choices, ({ said }) => 1 / said.length),
    places: new Int32Array(choices.length),
    placeCount: 1,
    atMs: Float64Array.from(choices, ({ at }) => Date.parse(at)),
    features: {
      width: parts.length,
      write(round, action, out) {
        const row = choices[round]!.said[action]
        for (let part = 0; part < parts.length; part++) out[part] = row?.[part] ?? 0
      },
    },
  }
}

function refuseTooLittle({ pages, choices }: PolicyLog): void {
  if (choices.length === 0) {
    throw new KithError(
      'conflict',
      `Of ${pages} logged pages none has a place that chance filled from several items: what was shown was shown with chance 1, and from that nothing can be estimated about another policy. Pages of "home" shorter than 12 items have no such place, and there must be fresh items that nothing else proposes.`,
    )
  }
  const rewards = choices.filter(({ isRewarded }) => isRewarded).length
  if (choices.length >= leastRounds && rewards >= leastRewards) return
  throw new KithError(
    'conflict',
    `${choices.length} places were given to chance, and ${rewards} times the person engaged with what stood there: too little to compare policies by. Ask again after ${leastRounds} places and ${leastRewards} engagements; pages are kept for 30 days.`,
  )
}

export interface OwnPolicy {
  readonly name: string
  readonly chances: Policy
}

/** Policies that always take what one measure finds best; the best by rank where it finds several alike. */
export function ownPolicies({ parts, choices }: PolicyLog): OwnPolicy[] {
  const byPart = (name: string, part: string): OwnPolicy[] => {
    const column = parts.indexOf(part)
    if (column < 0) return []
    return [taking(name, choices, ({ said }) => said.map((row) => row[column]!))]
  }
  const isForetold = choices.every(({ expected }) => expected !== undefined)
  return [
    taking('as ranked then', choices, ({ said }) => said.map((_, place) => -place)),
    ...(isForetold ? [taking('serving model', choices, ({ expected }) => expected!)] : []),
    ...byPart('popular', 'popularity'),
    ...byPart('recent', 'freshness'),
  ]
}

function taking(
  name: string,
  choices: readonly LoggedChoice[],
  measure: (choice: LoggedChoice) => readonly number[],
): OwnPolicy {
  const best = Int32Array.from(choices, (choice) => {
    const values = measure(choice)
    return values.indexOf(Math.max(...values))
  })
  return {
    name,
    chances(round, out) {
      out.fill(0)
      out[best[round]!] = 1
    },
  }
}
