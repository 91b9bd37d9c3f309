/** The numbers that stand for words in the tables. A number is never changed nor used again. */
import type { EdgeKind } from '../domain/edge.ts'
import type { Action } from '../domain/event.ts'

export const actionCodes: Readonly<Record<Action, number>> = {
  view: 1,
  dwell: 2,
  like: 3,
  unlike: 4,
  reply: 5,
  repost: 6,
  quote: 7,
  share: 8,
  click: 9,
  hide: 10,
  report: 11,
  more: 12,
  less: 13,
  purchase: 14,
  profile: 15,
  follow: 16,
  unfollow: 17,
  friend: 18,
  unfriend: 19,
  block: 20,
  unblock: 21,
  mute: 22,
  unmute: 23,
}

export const edgeCodes: Readonly<Record<EdgeKind, number>> = {
  follow: 1,
  friend: 2,
  'repost-through': 3,
  block: 4,
  mute: 5,
}

const actionsByCode = byCode(actionCodes)
const edgesByCode = byCode(edgeCodes)

export function actionOf(code: number): Action {
  return known(actionsByCode.get(code), code)
}

export function edgeKindOf(code: number): EdgeKind {
  return known(edgesByCode.get(code), code)
}

function byCode<Word extends string>(codes: Readonly<Record<Word, number>>): Map<number, Word> {
  return new Map((Object.entries(codes) as [Word, number][]).map(([word, code]) => [code, word]))
}

function known<Word>(word: Word | undefined, code: number): Word {
  if (word !== undefined) return word
  throw new RangeError(`The tables hold the code ${code}, which this version does not know.`)
}
