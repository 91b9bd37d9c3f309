/** A route as a value: its shapes, who may call it, what it does. `mount` serves it, `openapi` tells of it. */
import type { z } from 'zod'
import type { Engine } from '../engine.ts'
import { Refusal } from './problem.ts'
import type { Body } from './validate.ts'

export type ApiKey = Awaited<ReturnType<Engine['listApiKeys']>>[number]
export type Scope = ApiKey['scopes'][number]
/** Who calls; on a public route somebody without a key. */
export type Caller = Pick<ApiKey, 'id' | 'scopes' | 'userId'>
export type Access = 'public' | Exclude<Scope, 'as-user'>

export interface Call<Params, Query, Input> {
  readonly params: Params
  readonly query: Query
  readonly body: Input
  readonly caller: Caller
}

export interface Answer<Schema> {
  readonly status: 200 | 201 | 202 | 204
  readonly description: string
  readonly schema?: Schema
  /** Left out for JSON; otherwise the handler gives the text itself. */
  readonly contentType?: string
}

export interface Route<Params = unknown, Query = unknown, Input = unknown, Schema = z.ZodType> {
  readonly method: 'get' | 'put' | 'post' | 'patch' | 'delete'
  /** As in OpenAPI: `/v1/users/{id}`. Also what logs and metrics call it. */
  readonly path: string
  readonly summary: string
  /** The least scope that may call it. */
  readonly access: Access
  /** A key that speaks for one person may call it too; `handle` holds it to that person. */
  readonly allowsAsUser?: true
  readonly params?: z.ZodType<Params>
  readonly query?: z.ZodType<Query>
  readonly body?: Body<Input>
  readonly answer: Answer<Schema>
  /** Refusals of its own; those that every route shares are not named. */
  readonly refuses?: readonly (403 | 404 | 409)[]
  handle(call: Call<Params, Query, Input>): Promise<OutputOf<Schema>> | OutputOf<Schema>
}

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : unknown

/** Keeps the shapes of one route together for the compiler; at run time it does nothing. */
export function route<Params, Query, Input, Schema extends z.ZodType>(
  definition: Route<Params, Query, Input, Schema>,
): Route {
  return definition as unknown as Route
}

/** Holds a key that speaks for one person to that person. @throws Refusal `forbidden` */
export function speakFor(caller: Caller, userId: string | undefined): void {
  if (caller.userId === undefined || caller.userId === userId) return
  throw new Refusal(
    'forbidden',
    'This key speaks for one person, and the request is about somebody else. Use the id the key was made for, or a key with the scope read or write.',
  )
}
