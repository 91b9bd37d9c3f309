/**
 * Items that say the same, or nearly the same, as one the person met or wrote, or as a better one on this
 * page. Asked best first, after scoring.
 */
import { readSign, type TextSign } from '../../domain/labels.ts'
import type { FeedContext, FeedRequest, Filter } from '../stage.ts'

/** Bits of 64 in which near copies differ at most (Manku et al. 2007 use 3; ours are shorter texts). */
const mostDistance = 6
/** Near copies are looked for among the newest of what was met, and the best of the page. */
const mostSigns = 400

export function duplicate(): Filter {
  const groups = new Set<number>()
  const signs: TextSign[] = []
  return {
    name: 'duplicate',
    keep(request, context) {
      groups.clear()
      signs.length = 0
      const { items } = context.memory
      markMet(request, context, groups, signs)
      return (item) => {
        const group = items.duplicateGroupOf(item)
        if (groups.has(group)) return false
        const sign = readSign(items.labelsOf(item))
        if (sign && signs.some((other) => distance(sign, other) <= mostDistance)) return false
        groups.add(group)
        if (sign && signs.length < mostSigns) signs.push(sign)
        return true
      }
    },
  }
}

function markMet(
  { person, item, exclude }: FeedRequest,
  { memory }: FeedContext,
  groups: Set<number>,
  signs: TextSign[],
) {
  const { items, histories } = memory
  const mark = (met: number) => {
    if (met < 0) return
    groups.add(items.duplicateGroupOf(met))
    const sign = signs.length < mostSigns / 2 ? readSign(items.labelsOf(met)) : undefined
    if (sign) signs.push(sign)
  }
  mark(item)
  for (const shown of exclude) mark(shown)
  if (person < 0) return
  for (const list of [histories.seen(person), items.byAuthor(person)]) {
    // The newest first: of those that were met, only so many are compared.
    for (let index = list.length - 1; index >= 0; index--) mark(list.values[index]!)
  }
}

function distance([low, high]: TextSign, [otherLow, otherHigh]: TextSign): number {
  return bitsOf(low ^ otherLow) + bitsOf(high ^ otherHigh)
}

function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
