/** What a training learnt from, for its run: how much, and a hash that is equal for equal pasts. */
import { createHash } from 'node:crypto'
import type { RunData } from '../../domain/run.ts'
import type { PastPart } from './past.ts'
import type { ShownPart } from './shown-past.ts'

export interface Facts {
  /** A part at a time, as they are read, so that no page waits for the whole. */
  add(part: PastPart | ShownPart): void
  end(): RunData
}

export function createFacts(): Facts {
  const hash = createHash('sha256')
  const facts = { users: 0, items: 0, interactions: 0 }

  function addColumns(columns: Readonly<Record<string, ArrayBufferView>>): void {
    for (const column of Object.values(columns)) hash.update(bytesOf(column))
  }

  return {
    add(part) {
      if (part.kind === 'items') {
        facts.items += part.items.filter(Boolean).length
        for (const item of part.items)
          hash.update(`${JSON.stringify(item && { ...item, embedding: '' })}\n`)
        return
      }
      if (part.kind === 'page') {
        const { parts, places, outcomes } = part.slate
        return addColumns({ parts, places, outcomes })
      }
      facts.users += part.settings.length
      facts.interactions += part.events.person.length
      addColumns(part.events)
      addColumns(part.ties)
    },
    end: () => ({ name: 'network', hash: hash.digest('hex'), ...facts }),
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
