import { expect, it } from 'vitest'
import { createLimits } from './limits.ts'
import type { ApiKey } from './route.ts'

const createdAt = new Date('2026-01-01T00:00:00Z')
const server: ApiKey = { id: 'k1', name: 'server', scopes: ['read'], createdAt }
const person: ApiKey = { id: 'k2', name: 'app', scopes: ['as-user'], userId: 'ada', createdAt }

function limitsOf(changes: object) {
  return createLimits({
    rateLimitPerMinute: 0,
    rateLimitAsUserPerMinute: 0,
    failedKeysPerMinute: 0,
    ...changes,
  })
}

it('counts each key by itself, and keys of people by their own limit', async () => {
  const limits = limitsOf({ rateLimitPerMinute: 2, rateLimitAsUserPerMinute: 1 })
  await limits.spend(server)
  await limits.spend(server)
  await expect(limits.spend(server)).rejects.toMatchObject({
    code: 'rate-limited',
    headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
  })
  await limits.spend({ ...server, id: 'k3' })
  await limits.spend(person)
  await expect(limits.spend(person)).rejects.toThrow('Try again in')
})

it('has no limit where the setting is 0', async () => {
  const limits = limitsOf({})
  for (let asked = 0; asked < 1_000; asked++) await limits.spend(server)
  await limits.countGuess('192.0.2.1')
  await limits.refuseGuesser('192.0.2.1')
})

it('takes a whole IPv6 network for one guesser, and leaves other addresses alone', async () => {
  const limits = limitsOf({ failedKeysPerMinute: 2 })
  await limits.countGuess('2001:db8::1')
  await limits.countGuess('2001:db8:0:0:ffff::2')
  await expect(limits.refuseGuesser('2001:db8:0:0:1:2:3:4')).rejects.toThrow('wrong keys')
  await limits.refuseGuesser('2001:db8:0:1::1')
  await limits.refuseGuesser('::ffff:192.0.2.7')
})
