/**
 * A bound as it stands over one page. Candidates are known by `at`, their place in the list of
 * preference; places of the page count from 1.
 */
import type { BoundName } from '../../../domain/page-bounds.ts'

/** Of every group at most so many, and not close together. */
export interface Cap {
  readonly kind: 'cap'
  readonly name: BoundName
  /** The group of a candidate, or -1 when the bound does not concern it. */
  groupOf(at: number): number
  /** One of a group in any so many consecutive places. */
  readonly apart: number
  /** Of one group among the first `place` places. */
  most(place: number): number
}

/** Of one kind at least so many, as far as there are some. */
export interface Floor {
  readonly kind: 'floor'
  readonly name: BoundName
  has(at: number): boolean
  /** Of this kind among the first `place` places. */
  least(place: number): number
}

export type Rule = Cap | Floor

/** At most this share of every first n places, rounded up, and of the page, rounded down; one may always be there. */
export function shareCap(share: number, length: number): (place: number) => number {
  const whole = Math.max(1, Math.floor(share * length + 1e-9))
  return (place) => Math.min(whole, Math.ceil(share * place - 1e-9))
}
