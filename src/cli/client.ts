/** A running engine as a command sees it, over HTTP. */
import type { TopicOfNetwork } from '../domain/understanding.ts'
import type { Engine } from '../engine.ts'
import { type ErrorCode, KithError } from '../errors.ts'

/** What commands use of an engine; kept by the engine itself and by `httpEngine`. */
export type CommandEngine = Pick<
  Engine,
  | 'putUsers'
  | 'putItems'
  | 'putEdges'
  | 'addEvents'
  | 'feed'
  | 'explain'
  | 'relation'
  | 'network'
  | 'policyLog'
  | 'topics'
  | 'understandItem'
  | 'exportUser'
  | 'eraseUser'
  | 'train'
  | 'models'
  | 'rollback'
  | 'status'
>

interface Problem {
  readonly code?: ErrorCode
  readonly detail?: string
  readonly details?: Record<string, unknown>
}

export function httpEngine(url: string, key: string): CommandEngine {
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(new URL(path, url), {
      method,
      headers: { 'X-API-Key': key, ...(body ? { 'Content-Type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((cause: unknown) => {
      throw new KithError('unavailable', `The engine at ${url} does not answer.`, { cause })
    })
    if (!answer.ok) throw await errorOf(answer)
    return (answer.status === 204 ? undefined : await answer.json()) as Answer
  }

  return {
    putUsers: (users) => call('POST', '/v1/users', { users }),
    putItems: (items) => call('POST', '/v1/items', { items }),
    putEdges: (edges) => call('POST', '/v1/edges', { edges }),
    addEvents: (events) => call('POST', '/v1/events', { events }),
    feed: ({ feed, userId: user, itemId: item, ...query }) =>
      call('POST', `/v1/feeds/${feed}`, { ...query, user, item }),
    explain: ({ feed, userId, itemId, locale }) =>
      call(
        'GET',
        `/v1/feeds/${feed}/explain?${new URLSearchParams({ user: userId, item: itemId, locale })}`,
      ),
    relation: ({ from, to }) =>
      call('GET', `/v1/relations/${encodeURIComponent(from)}/${encodeURIComponent(to)}`),
    network: () => call('GET', '/v1/network'),
    policyLog: () => call('GET', '/v1/policies/log'),
    topics: async () => (await call<{ topics: TopicOfNetwork[] }>('GET', '/v1/topics')).topics,
    understandItem: (id, { why }) =>
      call('GET', `/v1/items/${encodeURIComponent(id)}/understanding?why=${why}`),
    exportUser: (id) => call('GET', `/v1/users/${encodeURIComponent(id)}/export`),
    eraseUser: (id) => call('DELETE', `/v1/users/${encodeURIComponent(id)}`),
    train: () => call('POST', '/v1/models/train'),
    models: () => call('GET', '/v1/models'),
    rollback: () => call('POST', '/v1/models/rollback'),
    status: () => call('GET', '/v1/status'),
  }
}

async function errorOf(answer: Response): Promise<KithError> {
  const problem = (await answer.json().catch(() => ({}))) as Problem
  return new KithError(problem.code ?? 'unavailable', problem.detail ?? `HTTP ${answer.status}`, {
    details: problem.details ?? {},
  })
}
