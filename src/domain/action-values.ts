/**
 * What people may do about an item as ranking foretells it, and what each is worth: the value of an item
 * is Σ worth × probability. This is the one place where that is decided.
 */
import type { Action } from './event.ts'

export const foretoldActions = [
  'view',
  'dwell',
  'click',
  'like',
  'reply',
  'repost',
  'share',
  'purchase',
  'hide',
] as const
export type ForetoldAction = (typeof foretoldActions)[number]

/** By probability 1, in likes. A like is 1; what a person is glad not to have met is below 0. */
export const actionValues: Readonly<Record<ForetoldAction, number>> = {
  view: 0.02,
  dwell: 0.2,
  click: 0.3,
  like: 1,
  reply: 1.2,
  repost: 1.5,
  share: 1.5,
  purchase: 2,
  hide: -2,
}

const foretoldBy: Partial<Record<Action, ForetoldAction>> = {
  view: 'view',
  dwell: 'dwell',
  click: 'click',
  like: 'like',
  more: 'like',
  reply: 'reply',
  quote: 'reply',
  repost: 'repost',
  share: 'share',
  purchase: 'purchase',
  hide: 'hide',
  less: 'hide',
  report: 'hide',
}

/** The bit of an event in the outcomes of a row; 0 for what is not foretold. */
export function outcomeBit(action: Action): number {
  const name = foretoldBy[action]
  return name === undefined ? 0 : 1 << foretoldActions.indexOf(name)
}
