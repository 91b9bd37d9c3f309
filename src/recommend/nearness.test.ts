import { expect, it } from 'vitest'
import { createNearness } from './nearness.ts'
import { createTestNetwork } from './stage.contract.ts'

const kinds = ['block', 'mute'] as const

it.each(kinds)('relies on ties and on theirs, and on nobody against a %s', (kind) => {
  const network = createTestNetwork()
  for (const id of ['ann', 'ben', 'cat']) network.putUser({ id, name: id })
  const tie = (from: string, to: string, of: 'follow' | (typeof kinds)[number]) =>
    network.putEdge({ from, to, kind: of })
  tie('ann', 'ben', 'follow')
  tie('ben', 'cat', 'follow')
  const nearnessOf = createNearness()
  const trust = (of: string) => {
    const number = (id: string) => network.memory.people.numberOf(id)
    return nearnessOf(network.memory, number('ann'), 0).trusts[number(of)]!
  }
  expect(trust('ben')).toBeGreaterThan(trust('cat'))
  expect(trust('cat')).toBeGreaterThan(0)
  tie('ann', 'cat', kind)
  expect([trust('ben') > 0, trust('cat')]).toEqual([true, 0])
  tie('ann', 'ben', kind)
  expect(trust('ben')).toBe(0)
})
