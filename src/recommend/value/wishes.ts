/** What people wish of their own pages ("more from friends", "less outrage"), as a change of parts. */
import type { WishName } from '../../domain/wish-names.ts'
import type { Wishes } from '../../domain/wishes.ts'

interface WishEffect {
  /** Scorers whose word is strengthened or weakened. */
  readonly parts: readonly string[]
  /** What a full wish adds to log-odds for a full word, whatever was learned of these parts. */
  readonly slope: number
}

const effects: Readonly<Record<WishName, WishEffect>> = {
  friends: { parts: ['author', 'closeness', 'trust', 'endorsed', 'circle', 'graph'], slope: 1 },
  fresh: { parts: ['freshness', 'just-now'], slope: 1.5 },
  popular: { parts: ['popularity', 'trend'], slope: 1.5 },
  outrage: { parts: ['outrage'], slope: 4 },
}

const byPart = new Map<string, WishName>()
for (const name of Object.keys(effects) as WishName[]) {
  for (const part of effects[name].parts) byPart.set(part, name)
}

/** What becomes of a part: its own contribution times `factor`, and `slope` for each unit of what was said. */
export interface PartWish {
  readonly factor: number
  readonly slope: number
}

const untouched: PartWish = { factor: 1, slope: 0 }

export function wishOf(part: string, wishes: Wishes | undefined): PartWish {
  const name = byPart.get(part)
  const wish = name === undefined ? undefined : wishes?.[name]
  if (name === undefined || !wish) return untouched
  return { factor: 1 + wish, slope: wish * effects[name].slope }
}
