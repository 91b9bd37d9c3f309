/** The engine's HTTP API, as far as the console talks to it. */
import type { NetworkReport } from '../src/domain/network.ts'
import type { FeedName, Locale, Page } from '../src/domain/page.ts'
import type { Run } from '../src/domain/run.ts'
import type { Understanding } from '../src/domain/understanding.ts'
import type { Wishes } from '../src/domain/wishes.ts'
import type { EngineStatus, RunWithCurves } from '../src/engine.ts'

export type { FeedName, Locale, Page, PageItem } from '../src/domain/page.ts'
export type Status = EngineStatus

export interface Person {
  readonly id: string
  readonly name?: string
  readonly bio?: string
  readonly languages?: readonly string[]
  readonly wishes?: Wishes
}

export interface Post {
  readonly id: string
  readonly text: string
  readonly language?: string
}

export type Deed = 'like' | 'unlike' | 'hide' | 'less' | 'more' | 'follow' | 'mute' | 'block'

export interface DeedEvent {
  readonly type: Deed
  readonly userId: string
  readonly itemId?: string
  readonly targetUserId?: string
  readonly pageId: string
}

export interface FeedQuestion {
  readonly feed: FeedName
  readonly userId: string
  readonly itemId?: string | undefined
  readonly locale: Locale
  readonly limit: number
  readonly after?: string | undefined
}

/** An answer that is not the wanted one: problem+json of the engine, or silence (status 0). */
export class ApiProblem extends Error {
  readonly status: number
  readonly title: string
  constructor(detail: string, { status, title, cause }: ProblemFacts) {
    super(detail, { cause })
    this.name = 'ApiProblem'
    this.status = status
    this.title = title
  }
}

interface ProblemFacts {
  readonly status: number
  readonly title: string
  readonly cause?: unknown
}

export type Api = ReturnType<typeof createApi>

export function createApi(key: string) {
  const get = <Answer>(path: string, question: Record<string, string> = {}) =>
    ask<Answer>(key, withQuestion(path, question))
  return {
    listUsers: (limit: number, after?: string) =>
      get<{ users: Person[]; next?: string }>('/v1/users', {
        limit: String(limit),
        ...(after === undefined ? {} : { after }),
      }),
    getUser: (id: string) => get<Person>(`/v1/users/${encodeURIComponent(id)}`),
    changeUser: (id: string, change: Pick<Person, 'wishes'>) =>
      ask<Person>(key, `/v1/users/${encodeURIComponent(id)}`, {
        method: 'PATCH',
        body: JSON.stringify(change),
      }),
    getItem: (id: string) => get<Post>(`/v1/items/${encodeURIComponent(id)}`),
    getStatus: () => get<Status>('/v1/status'),
    getFeed: ({ feed, userId, itemId, locale, limit, after }: FeedQuestion) =>
      get<Page>(`/v1/feeds/${feed}`, {
        user: userId,
        limit: String(limit),
        explain: 'true',
        locale,
        ...(itemId === undefined ? {} : { item: itemId }),
        ...(after === undefined ? {} : { after }),
      }),
    listRuns: (limit: number, after?: string) =>
      get<{ runs: Run[]; next?: string }>('/v1/runs', {
        limit: String(limit),
        ...(after === undefined ? {} : { after }),
      }),
    getRun: (id: string) => get<RunWithCurves>(`/v1/runs/${encodeURIComponent(id)}`),
    getNetwork: () => get<NetworkReport>('/v1/network'),
    understand: (texts: readonly string[], why: boolean) =>
      ask<{ understood: Understanding[] }>(key, '/v1/understand', {
        method: 'POST',
        body: JSON.stringify({ texts, why }),
      }),
    /** Resolves when the events are durable. */
    sendEvents: (events: readonly DeedEvent[]) =>
      ask<unknown>(key, '/v1/events', { method: 'POST', body: JSON.stringify({ events }) }),
  }
}

function withQuestion(path: string, question: Record<string, string>): string {
  const text = new URLSearchParams(question).toString()
  return text === '' ? path : `${path}?${text}`
}

async function ask<Answer>(key: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { 'x-api-key': key, ...(init.body ? { 'content-type': 'application/json' } : {}) }
  let response: Response
  try {
    response = await fetch(path, { ...init, headers })
  } catch (cause) {
    throw new ApiProblem('No answer.', { status: 0, title: 'unavailable', cause })
  }
  if (!response.ok) throw await readProblem(response)
  return (await response.json()) as Answer
}

async function readProblem(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as { title?: unknown; detail?: unknown }
  const title = typeof body.title === 'string' ? body.title : response.statusText
  const detail = typeof body.detail === 'string' ? body.detail : title
  return new ApiProblem(detail, { status: response.status, title })
}
