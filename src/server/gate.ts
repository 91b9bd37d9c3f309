/** Who may pass: API keys, their scopes and their limits. On the path of every request. */
import { createHash } from 'node:crypto'
import type { Engine } from '../engine.ts'
import type { Limits } from './limits.ts'
import { Refusal } from './problem.ts'
import type { Access, ApiKey, Caller, Scope } from './route.ts'

export interface Gate {
  /** @throws Refusal 401, 403 or 429 */
  admit(ticket: Ticket): Promise<Caller>
  /** Call it when a key or a person was removed: every key is looked up afresh. */
  forget(): void
}

export interface Ticket {
  readonly access: Access
  readonly allowsAsUser: boolean
  readonly headers: Headers
  readonly address: string
}

export interface GateOptions {
  readonly engine: Pick<Engine, 'findApiKey'>
  readonly limits: Limits
  readonly now: () => Date
}

/** Another node may have removed a key; here it works no longer than this. */
const freshForMs = 15_000
const rememberedKeys = 1_000
const longestSecret = 256

const implied: Readonly<Record<Scope, readonly Access[]>> = {
  admin: ['admin', 'write', 'read'],
  write: ['write', 'read'],
  read: ['read'],
  'as-user': [],
}

const nobody: Caller = { id: '', scopes: [] }

export function createGate({ engine, limits, now }: GateOptions): Gate {
  /** By digest, so that neither memory nor the time of a look-up tells about a secret. */
  const remembered = new Map<string, { key: ApiKey; until: number }>()
  let generation = 0

  async function find(secret: string, address: string): Promise<ApiKey> {
    const digest = createHash('sha256').update(secret).digest('base64')
    const known = remembered.get(digest)
    if (known && known.until > now().getTime()) return known.key
    remembered.delete(digest)
    await limits.refuseGuesser(address)
    const asked = generation
    const key = await engine.findApiKey(secret)
    if (!key) {
      await limits.countGuess(address)
      throw wrongKey()
    }
    if (asked === generation) remember(digest, key)
    return key
  }

  function remember(digest: string, key: ApiKey): void {
    const [oldest] = remembered.keys()
    if (remembered.size >= rememberedKeys && oldest) remembered.delete(oldest)
    remembered.set(digest, { key, until: now().getTime() + freshForMs })
  }

  return {
    async admit({ access, allowsAsUser, headers, address }) {
      if (access === 'public') return nobody
      const key = await find(secretIn(headers), address)
      await limits.spend(key)
      refuseScope(key, access, allowsAsUser)
      return key
    },
    forget() {
      generation++
      remembered.clear()
    },
  }
}

function secretIn(headers: Headers): string {
  const bearer = headers.get('authorization')?.match(/^bearer\s+(.+)$/i)?.[1]
  const secret = headers.get('x-api-key') ?? bearer
  if (!secret) {
    throw new Refusal(
      'unauthorized',
      'No API key came with the request. Send it as "X-API-Key: …" or "Authorization: Bearer …"; the first one is in the file admin.key of the data folder.',
      { headers: { 'www-authenticate': 'Bearer realm="kith"' } },
    )
  }
  if (secret.length > longestSecret) throw wrongKey()
  return secret
}

function wrongKey(): Refusal {
  return new Refusal(
    'unauthorized',
    'This API key is not known; it may have been removed. Make another with POST /v1/keys, or take the one in the file admin.key of the data folder.',
    { headers: { 'www-authenticate': 'Bearer realm="kith", error="invalid_token"' } },
  )
}

function refuseScope(key: ApiKey, access: Access, allowsAsUser: boolean): void {
  if (key.scopes.some((scope) => implied[scope]?.includes(access))) return
  if (allowsAsUser && key.userId !== undefined && key.scopes.includes('as-user')) return
  throw new Refusal(
    'forbidden',
    `This needs the scope "${access}", and the key has ${key.scopes.join(', ') || 'none'}. Use another key, or make one with POST /v1/keys.`,
  )
}
