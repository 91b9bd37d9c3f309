/** Speaks to an MLflow server: one call, its answer, or an error that says what the server said. */
import { z } from 'zod'
import { KithError } from '../../../errors.ts'

/**
 * @returns undefined when the server says that what is asked for is not there, or is there already
 * @throws KithError `unavailable`
 */
export type MlflowCall = (
  method: 'GET' | 'POST',
  path: string,
  body: Readonly<Record<string, unknown>>,
) => Promise<unknown>

const patienceMs = 10_000
const refusalSchema = z.object({ error_code: z.string(), message: z.string().default('') })
const expected = ['RESOURCE_DOES_NOT_EXIST', 'RESOURCE_ALREADY_EXISTS']

/** @param address `http://host:5000`, with `user:password@` where the server asks for them */
export function mlflowClient(address: string): MlflowCall {
  const base = new URL(address)
  const headers = { ...signIn(base), 'content-type': 'application/json' }
  base.username = ''
  base.password = ''
  const root = `${base.href.replace(/\/+$/, '')}/api/2.0/mlflow`

  return async (method, path, body) => {
    const query = method === 'GET' ? `?${new URLSearchParams(body as Record<string, string>)}` : ''
    const answer = await fetch(`${root}/${path}${query}`, {
      ...{ method, headers, signal: AbortSignal.timeout(patienceMs) },
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new KithError('unavailable', `MLflow at ${base.host} does not answer.`, { cause })
    })
    const text = await answer.text()
    if (answer.ok) return JSON.parse(text)
    const refusal = refusalSchema.safeParse(parsed(text)).data
    if (refusal && expected.includes(refusal.error_code)) return undefined
    const said = refusal ? `${refusal.error_code}: ${refusal.message}` : text.slice(0, 200)
    const sentence = `MLflow at ${base.host} answered ${answer.status} to ${path}: ${said}`
    throw new KithError('unavailable', sentence)
  }
}

function signIn({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const words = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { authorization: `Basic ${Buffer.from(words).toString('base64')}` }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
