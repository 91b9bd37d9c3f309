/**
 * Keeps the bounds of a page: authors apart, room for small creators, no topic or mood above its share, and
 * some places for chance. Whatever is not on the page keeps its order below it.
 */
import type { PageBounds } from '../../domain/page-bounds.ts'
import type { Reranker } from '../stage.ts'
import { explore } from './bounds/explore.ts'
import { fillPage } from './bounds/fill-page.ts'
import { bitOf, brokenOn } from './bounds/filling.ts'
import { tellMoves } from './bounds/moves.ts'
import { rulesOf } from './bounds/rules-of.ts'

export interface PageBoundsOptions {
  readonly bounds: PageBounds
  /** Left out: no place is given to chance. */
  readonly exploration?: Exploration | undefined
}

interface Exploration {
  /** The name of the source of chance. */
  readonly source: string
  /** One place in so many, the last of each stretch. */
  readonly every: number
}

export function pageBounds({ bounds, exploration }: PageBoundsOptions): Reranker {
  return {
    name: 'page-bounds',
    arrange(rows, candidates, { limit, random }, context, notes) {
      const length = Math.min(limit, rows.length)
      const rules = rulesOf(bounds, rows, candidates, context, length)
      const order = fillPage(rules, rows.length, length)
      const broken = brokenOn(order, rules, rows.length)
      for (const [number, { name }] of rules.entries()) {
        if (broken & bitOf(rules, number)) notes.giveUp(name)
      }
      tellMoves(order, rules, rows.length, (at, { name }) => notes.move(rows[at]!, name))
      if (!exploration) return arranged(rows, order)
      const { source, every } = exploration
      const bit = 1 << candidates.sources.indexOf(source)
      const page = explore(order, rules, rows.length, {
        every,
        random,
        isByChance: (at) => candidates.from[rows[at]!] === bit,
        chosen(at, among) {
          notes.move(rows[at]!, 'exploration')
          notes.choose(rows[at]!, {
            chance: 1 / among.length,
            among: among.map((other) => rows[other]!),
          })
        },
      })
      return arranged(rows, page)
    },
  }
}

/** The page first, then all others as they were. */
function arranged(rows: Int32Array, page: readonly number[]): Int32Array {
  const isShown = new Uint8Array(rows.length)
  const result = new Int32Array(rows.length)
  let place = 0
  for (const at of page) {
    isShown[at] = 1
    result[place++] = rows[at]!
  }
  for (let at = 0; at < rows.length; at++) if (isShown[at] === 0) result[place++] = rows[at]!
  return result
}
