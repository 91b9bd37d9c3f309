/** A system that knows nothing of dense numbers, such as a live engine, as a ranker. */
import { type Csr, rowColumns } from '../data/csr.ts'
import type { Dataset, Interaction, Interests, ItemFacts, Tie } from '../data/dataset.ts'
import type { Ids } from '../data/ids.ts'
import type { FitContext } from '../trainer.ts'
import type { BuiltRanker, Ranker } from './ranker.ts'

/** The training part in the caller's own ids: all that may be known before the test. */
export interface TrainingPart {
  /** Everybody, also those without an interaction in this part. */
  readonly userIds: readonly string[]
  /** Every candidate; text and author where the data has them. */
  readonly items: readonly ItemFacts[]
  /** By person; each pair once. */
  readonly interactions: readonly Interaction[]
  readonly ties: readonly Tie[]
  /** What people said they care about, where the data has that. */
  readonly interests?: Interests | undefined
}

export interface ExternalSource {
  readonly name: string
  build(training: TrainingPart, context: FitContext): Promise<ExternalSystem>
}

export interface ExternalSystem {
  /**
   * Best first, at most k, none of `exclude` (what the person is known to have). An id that is
   * unknown, excluded or repeated takes its place in the list and counts as a miss.
   */
  recommend(userId: string, k: number, exclude: readonly string[]): Promise<readonly string[]>
  close?(): Promise<void>
}

export function externalRanker(source: ExternalSource): Ranker {
  return {
    name: source.name,
    usesChance: true,
    async build(train, context) {
      const system = await source.build(trainingPartOf(train), context)
      return systemRanker(system, train)
    },
  }
}

function systemRanker(system: ExternalSystem, { users: userIds, items }: Dataset): BuiltRanker {
  return {
    async rank({ users, k, known, allowed }) {
      const ranked = new Int32Array(users.length * k).fill(-1)
      const forbidden = allowed ? idsWhere(items, (item) => !allowed[item]) : []
      for (const [row, user] of users.entries()) {
        const own = Array.from(rowColumns(known, user), (item) => items.id(item))
        const exclude = forbidden.length > 0 ? [...forbidden, ...own] : own
        const list = await system.recommend(userIds.id(user), k, exclude)
        for (const [place, id] of list.slice(0, k).entries()) {
          ranked[row * k + place] = items.number(id) ?? -1
        }
      }
      return ranked
    },
    async close() {
      await system.close?.()
    },
  }
}

function idsWhere(items: Ids, isMeant: (item: number) => boolean): string[] {
  return Array.from({ length: items.size }, (_, item) => item)
    .filter(isMeant)
    .map((item) => items.id(item))
}

export function trainingPartOf(train: Dataset): TrainingPart {
  const { users, items, interactions, times, ties, facts, interests } = train
  const userIds = Array.from({ length: users.size }, (_, user) => users.id(user))
  return {
    userIds,
    interests,
    items:
      facts ?? Array.from({ length: items.size }, (_, item) => ({ id: items.id(item), text: '' })),
    interactions: pairsOf(interactions).map(({ row, column, entry }) => ({
      userId: users.id(row),
      itemId: items.id(column),
      value: interactions.values[entry]!,
      at: times?.[entry],
    })),
    ties: ties
      ? pairsOf(ties).map(({ row, column }) => ({
          userId: users.id(row),
          friendId: users.id(column),
        }))
      : [],
  }
}

function pairsOf(csr: Csr): { row: number; column: number; entry: number }[] {
  return Array.from({ length: csr.rows }, (_, row) =>
    Array.from(rowColumns(csr, row), (column, place) => ({
      row,
      column,
      entry: csr.starts[row]! + place,
    })),
  ).flat()
}
