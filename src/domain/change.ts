/**
 * One durable change of the store, in the order it was committed. The store gives them out; memory
 * folds them. Rebuilding memory from the store and following the store live end in the same state.
 */

import type { Edge, EdgeKind } from './edge.ts'
import type { Embedding } from './embedding.ts'
import type { DatedEvent } from './event.ts'
import type { Item } from './item.ts'
import type { ItemLabels, MoodReading } from './labels.ts'
import type { User } from './user.ts'

export type Change =
  | { readonly kind: 'user'; readonly clock: number; readonly user: User }
  | { readonly kind: 'user-removed'; readonly clock: number; readonly userId: string }
  | {
      readonly kind: 'item'
      readonly clock: number
      readonly item: Item
      readonly embedding?: Embedding | undefined
      readonly labels?: ItemLabels | undefined
    }
  /** All that is kept of what they wrote lately, oldest first. */
  | {
      readonly kind: 'mood'
      readonly clock: number
      readonly userId: string
      readonly readings: readonly MoodReading[]
    }
  | { readonly kind: 'item-removed'; readonly clock: number; readonly itemId: string }
  | { readonly kind: 'edge'; readonly clock: number; readonly edge: Edge }
  | {
      readonly kind: 'edge-removed'
      readonly clock: number
      readonly from: string
      readonly to: string
      readonly edgeKind: EdgeKind
    }
  | { readonly kind: 'event'; readonly clock: number; readonly event: DatedEvent }
