/** Limits on how much a key may ask and how often an address may guess. Memory is bounded. */
import { createHmac, randomBytes } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Config } from '../config.ts'
import { Refusal } from './problem.ts'
import type { ApiKey } from './route.ts'

export interface Limits {
  /** @throws Refusal `rate-limited` when the key has asked too much */
  spend(key: ApiKey): Promise<void>
  /** @throws Refusal `rate-limited` when the address has shown too many wrong keys */
  refuseGuesser(address: string): Promise<void>
  countGuess(address: string): Promise<void>
}

type LimitConfig = Pick<
  Config,
  'rateLimitPerMinute' | 'rateLimitAsUserPerMinute' | 'failedKeysPerMinute'
>

const addressBuckets = 16_384

export function createLimits(config: LimitConfig): Limits {
  const ordinary = perMinute(config.rateLimitPerMinute)
  const asUser = perMinute(config.rateLimitAsUserPerMinute)
  const guesses = perMinute(config.failedKeysPerMinute)
  const bucketOf = createBuckets()
  return {
    async spend(key) {
      const limiter = key.userId === undefined ? ordinary : asUser
      await limiter?.consume(key.id).catch((reason: unknown) => {
        throw refusal(reason, `this key has made its ${limiter.points} requests of this minute`)
      })
    },
    async refuseGuesser(address) {
      const state = await guesses?.get(bucketOf(address))
      if (!guesses || !state || state.consumedPoints < guesses.points) return
      throw refusal(state, 'too many wrong keys came from this address')
    },
    async countGuess(address) {
      await guesses?.consume(bucketOf(address)).catch(() => undefined)
    },
  }
}

function perMinute(points: number): RateLimiterMemory | undefined {
  return points > 0 ? new RateLimiterMemory({ points, duration: 60 }) : undefined
}

/** Addresses share a fixed number of buckets; the key keeps others from aiming at a neighbour. */
function createBuckets(): (address: string) => string {
  const key = randomBytes(16)
  return (address) => {
    const digest = createHmac('sha256', key).update(networkOf(address)).digest()
    return String(digest.readUInt32LE(0) % addressBuckets)
  }
}

/** Whoever holds an IPv6 address holds its whole /64. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const start = head.split(':')
  const missing = tail === undefined ? 0 : 8 - start.length - tail.split(':').length
  return [...start, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ?? '').split(':')]
    .slice(0, 4)
    .join(':')
}

function refusal(reason: unknown, why: string): unknown {
  if (!(reason instanceof RateLimiterRes)) return reason
  const seconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000))
  return new Refusal('rate-limited', `Not now: ${why}. Try again in ${seconds} s.`, {
    headers: { 'retry-after': String(seconds) },
  })
}
