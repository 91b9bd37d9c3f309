/** How much each action says about taste; the one place where that is decided. */
import type { Action } from '../domain/event.ts'

const weights: Partial<Record<Action, number>> = {
  view: 0.05,
  dwell: 0.3,
  click: 0.5,
  like: 1,
  reply: 1.2,
  quote: 1.4,
  repost: 1.5,
  share: 1.5,
  purchase: 2,
  more: 2,
  hide: -1.5,
  less: -2,
  report: -3,
}

/** Positive for liking, negative for dislike, 0 for actions that say nothing about taste. */
export function actionWeight(action: Action): number {
  return weights[action] ?? 0
}

/** From this weight on an action counts as engagement: seen by ties, kept by the item. */
export const engagementWeight = 0.5
