/**
 * How people stand to each other, worked out from memory when asked: an event counts with the very next
 * question, and one that is taken back no longer does. The contract is `domain/relation.ts`.
 */
import type { Relation } from '../domain/relation.ts'
import { KithError } from '../errors.ts'
import type { Memory } from '../memory/memory.ts'
import type { Act, ToneOf } from './acts.ts'
import { type Closeness, closenessOf } from './closeness.ts'
import { createReportedBy } from './reported.ts'
import { type Trust, trustOf } from './trust.ts'

export interface Relations {
  /** @throws KithError `not-found` for unknown people, `invalid-input` for somebody and themselves */
  between(from: string, to: string, now: Date): Relation
  /** @param from a person number */
  closeness(from: number, to: number, nowMs: number): Closeness
  trust(from: number, to: number): Trust
}

export interface RelationsOptions {
  /** Left out, words are taken as neither warm nor hostile. */
  readonly toneOf?: ToneOf | undefined
}

const evidenceKept = 20

export function createRelations(memory: Memory, { toneOf }: RelationsOptions = {}): Relations {
  const reportedBy = createReportedBy(memory)
  const self: Relations = {
    closeness: (from, to, nowMs) => closenessOf(memory, from, to, { nowMs, toneOf }),
    trust: (from, to) => trustOf(memory, from, to, { reportedBy }),
    between(fromId, toId, now) {
      const from = personOf(memory, fromId)
      const to = personOf(memory, toId)
      if (from === to) {
        throw new KithError(
          'invalid-input',
          `"${fromId}" has no relation to themselves. Ask about two people.`,
        )
      }
      const closeness = self.closeness(from, to, now.getTime())
      const trust = self.trust(from, to)
      return {
        from: fromId,
        to: toId,
        closeness: inShare(closeness.value),
        closenessParts: closeness.parts,
        trust: inShare(trust.value),
        trustParts: trust.parts,
        confidence: inShare(closeness.confidence),
        evidence: evidenceOf(memory, closeness, from, to),
        through: trust.through.flatMap((person) => memory.people.get(person)?.id ?? []),
      }
    },
  }
  return self
}

function personOf({ people }: Memory, id: string): number {
  const person = people.numberOf(id)
  if (person >= 0) return person
  throw new KithError('not-found', `There is no user "${id}". Put them first: PUT /v1/users/{id}.`)
}

/** Sums of parts may miss 1 by a rounding. */
function inShare(value: number): number {
  return Math.min(1, Math.max(0, value))
}

function evidenceOf(
  memory: Memory,
  { there, back }: Closeness,
  from: number,
  to: number,
): Relation['evidence'] {
  return [
    ...there.evidence.map((act) => ({ act, by: from })),
    ...back.evidence.map((act) => ({ act, by: to })),
  ]
    .sort((a, b) => Math.abs(b.act.weight) - Math.abs(a.act.weight))
    .slice(0, evidenceKept)
    .map(({ act, by }) => eventOf(memory, by, act))
}

function eventOf({ histories, items, people }: Memory, by: number, { entry, weight }: Act) {
  const item = items.get(histories.itemAt(by, entry))
  const target = people.get(histories.targetAt(by, entry))
  return {
    by: people.get(by)?.id ?? '',
    type: histories.actionAt(by, entry),
    at: new Date(histories.atMs(by, entry)).toISOString(),
    ...(item ? { itemId: item.id } : target ? { userId: target.id } : {}),
    weight,
  }
}
