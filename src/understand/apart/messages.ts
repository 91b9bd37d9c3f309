/** What the engine and the thread that reads texts say to each other. */
import type { ItemLabels } from '../../domain/labels.ts'
import type { Understanding } from '../../domain/understanding.ts'
import type { HeadFacts } from '../head.ts'
import type { SpaceTopics } from '../topics/space-topics.ts'
import type { Failure } from './failure.ts'
import type { PackedEmbeddings } from './packed.ts'

/** What a thread is started with. */
export interface ReaderStart {
  /** Of the encoder that runs beside it. */
  readonly spaces: readonly string[]
  /** Of the heads; those that ship with Kith by default. */
  readonly folder?: string | undefined
  readonly queueLimit?: number | undefined
  /** As of `nice`: 0 takes its share of a busy core, 19 leaves it to all others. */
  readonly politeness: number
}

export type ToReader =
  | {
      readonly kind: 'ask'
      readonly id: number
      readonly verb: 'understand' | 'label'
      readonly texts: readonly string[]
      readonly embeddings: PackedEmbeddings
      readonly why: boolean
    }
  | { readonly kind: 'topics'; readonly topics: readonly SpaceTopics[] }
  /** The answer is not wanted any more. */
  | { readonly kind: 'stop'; readonly id: number }
  | { readonly kind: 'encoded'; readonly id: number; readonly embeddings: PackedEmbeddings }
  | { readonly kind: 'not-encoded'; readonly id: number; readonly failure: Failure }

export type FromReader =
  | {
      readonly kind: 'ready'
      readonly name: string
      readonly heads: readonly HeadFacts[]
      readonly problems: readonly string[]
    }
  | { readonly kind: 'understood'; readonly id: number; readonly answer: Understanding[] }
  | { readonly kind: 'labelled'; readonly id: number; readonly answer: ItemLabels[] }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure }
  /** The models run beside this thread, never in it. */
  | { readonly kind: 'encode'; readonly id: number; readonly texts: readonly string[] }
  | { readonly kind: 'stop-encoding'; readonly id: number }
