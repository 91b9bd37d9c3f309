/**
 * One write after the other. Each is a transaction that first locks the clock's row, so that the
 * order of clocks is the order of commits, whichever process writes.
 */
import { setTimeout as startTimer } from 'node:timers'
import type { Database, Query } from '../database/database.ts'
import type { Change } from '../domain/change.ts'
import { isKithError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Vault } from '../vault/vault.ts'
import type { Lookup } from './lookup.ts'
import type { StoreCounts } from './store.ts'

export interface Writer {
  /** @param work may throw: then nothing is kept */
  write<Result>(work: (turn: Turn) => Promise<Result>): Promise<Result>
  subscribe(listener: Listener): void
  /** Resolves when all that was asked for is written; nothing is tried again after it. */
  close(): Promise<void>
}

export type Listener = (changes: readonly Change[]) => void

export interface Turn {
  readonly query: Query
  /** The next clock. */
  tick(): number
  /** Given to those who follow once it is committed, in clock order. */
  readonly changes: Change[]
  /** Keeps the totals right. */
  count(noun: keyof StoreCounts, added: number): void
}

interface Parts {
  readonly database: Database
  readonly vault: Vault
  readonly lookup: Lookup
  readonly log: Log
  /** What was committed after a clock, as far as it can still be read. */
  readonly changesSince: (clock: number) => AsyncIterable<readonly Change[]>
}

interface ClockRow {
  readonly value: number
  readonly erased: number
}

const lockSql = 'select value, erased from clock where id = 1 for update'
const endSql = `update clock set value = $1, users = users + $2, items = items + $3,
  edges = edges + $4, events = events + $5 where id = 1`
const retryMs = 500

export function createWriter({ database, vault, lookup, log, changesSince }: Parts): Writer {
  const listeners: Listener[] = []
  let last: Promise<unknown> = Promise.resolve()
  /** The newest clock that listeners were told of; unknown before the first write. */
  let told: number | undefined
  let retry: NodeJS.Timeout | undefined
  let isClosed = false

  function tell(changes: readonly Change[]): void {
    if (changes.length === 0) return
    for (const listener of listeners) {
      try {
        listener(changes)
      } catch (error) {
        log.error('a follower of the store failed', { reason: String(error) })
      }
    }
  }

  /** A commit whose answer was lost, or one of another process. */
  async function catchUp({ value, erased }: ClockRow): Promise<void> {
    if (value === told) return
    lookup.forgetAll()
    if (told === undefined || listeners.length === 0) return
    if (erased > told) log.error('somebody was erased by another process; restart to forget them')
    for await (const changes of changesSince(told)) tell(changes)
    told = value
  }

  async function run<Result>(work: (turn: Turn) => Promise<Result>): Promise<Result> {
    const done = await database.transaction(async (query) => {
      const [row = { value: 0, erased: 0 }] = await query<ClockRow>(lockSql)
      await catchUp(row)
      const { turn, end } = startTurn(query, row.value)
      const result = await work(turn)
      await vault.flush()
      return { result, changes: turn.changes, clock: await end() }
    })
    told = done.clock
    tell(done.changes)
    return done.result
  }

  function write<Result>(work: (turn: Turn) => Promise<Result>): Promise<Result> {
    const result = last.then(() => run(work))
    last = result.catch(checkLater)
    return result
  }

  /** The commit may have happened although its answer was lost: an empty turn finds out. */
  function checkLater(error: unknown): void {
    if (isClosed || retry || !isKithError(error) || error.code !== 'unavailable') return
    retry = startTimer(() => {
      retry = undefined
      write(async () => undefined).catch(() => log.warn('the database is still away'))
    }, retryMs).unref()
  }

  return {
    write,
    subscribe(listener) {
      listeners.push(listener)
    },
    async close() {
      isClosed = true
      clearTimeout(retry)
      await last
    },
  }
}

function startTurn(query: Query, start: number): { turn: Turn; end: () => Promise<number> } {
  let value = start
  const added = { users: 0, items: 0, edges: 0, events: 0 }
  const turn: Turn = {
    query,
    tick: () => ++value,
    changes: [],
    count(noun, more) {
      added[noun] += more
    },
  }
  async function end(): Promise<number> {
    const { users, items, edges, events } = added
    if (value > start) await query(endSql, [value, users, items, edges, events])
    return value
  }
  return { turn, end }
}
