/** Reads from the sealed pages of an engine what `kith evaluate policies --own` compares policies by. */
import { setTimeout as pause } from 'node:timers/promises'
import { actionValues, foretoldActions } from '../domain/action-values.ts'
import type { LoggedChoice, PolicyLog } from '../domain/policy-log.ts'
import type { Draw, ShownPage } from '../domain/shown-page.ts'
import { type ActionModel, baseOf, logOddsOf } from '../learn/actions/action-model.ts'
import type { Memory } from '../memory/memory.ts'
import type { PageRecord, PageStore } from '../store/store.ts'
import { doneSince } from './done-since.ts'

export interface PolicyLogOptions {
  readonly now: Date
  /** What people do, as the model that serves now has it. */
  readonly actions?: ActionModel | undefined
}

/** The newest. */
const pagesRead = 20_000
const choicesKept = 5_000
/** Younger pages are still being read. */
const settledMs = 10 * 60_000
const restMs = 5
/** What is more than having seen it, and no dislike. */
const rewards = foretoldActions.reduce(
  (bits, action, at) => (actionValues[action] >= actionValues.click ? bits | (1 << at) : bits),
  0,
)

export async function readPolicyLog(
  pages: Pick<PageStore, 'shown'>,
  memory: Memory,
  { now, actions }: PolicyLogOptions,
): Promise<PolicyLog> {
  const parts: string[] = []
  const choices: LoggedChoice[] = []
  let read = 0
  for await (const batch of pages.shown({ feed: 'home', limit: pagesRead })) {
    for (const page of batch) {
      if (page.at.getTime() > now.getTime() - settledMs) continue
      read++
      for (const name of page.shown?.parts ?? []) if (!parts.includes(name)) parts.push(name)
      choices.push(...choicesOf(page, parts, memory, actions))
    }
    await pause(restMs)
  }
  return { pages: read, parts, choices: choices.slice(-choicesKept).map(filled(parts.length)) }
}

function choicesOf(
  { userId, itemIds, at, shown }: PageRecord,
  parts: readonly string[],
  memory: Memory,
  actions: ActionModel | undefined,
): LoggedChoice[] {
  const person = memory.people.numberOf(userId)
  if (person < 0 || !shown?.draws) return []
  const done = doneSince(memory, person, at.getTime())
  return shown.draws.flatMap((draw): LoggedChoice[] => {
    const item = memory.items.numberOf(itemIds[draw.place] ?? '')
    const pool = rowsOf(draw, shown)
    // One that is gone says nothing, and where there was no choice there is nothing to compare.
    if (item < 0 || pool.length < 2) return []
    const choice = {
      ...{ at: at.toISOString(), taken: draw.taken },
      said: pool.map((row) => parts.map((name) => rounded(row[shown.parts.indexOf(name)] ?? 0))),
      isRewarded: ((done.get(item) ?? 0) & rewards) !== 0,
    }
    return [actions ? { ...choice, expected: pool.map(gainBy(actions, shown)) } : choice]
  })
}

function rowsOf({ said }: Draw, { parts }: ShownPage): Float32Array[] {
  const width = parts.length
  return Array.from({ length: said.length / width }, (_, row) =>
    said.subarray(row * width, (row + 1) * width),
  )
}

/** Worth of what is foretold beyond an item nothing is known of: what the ranker orders by. */
function gainBy(model: ActionModel, { parts, context }: ShownPage) {
  const columns = model.parts.map((name) => parts.indexOf(name))
  return (row: Float32Array): number => {
    const said = columns.map((column) => row[column] ?? 0)
    const gain = model.curves.reduce((sum, curve) => {
      const chance = sigmoid(logOddsOf(model, curve, said, { context }))
      return sum + actionValues[curve.action] * (chance - sigmoid(baseOf(curve, context)))
    }, 0)
    return rounded(gain)
  }
}

/** Scorers that came later said nothing then. */
function filled(width: number) {
  return (choice: LoggedChoice): LoggedChoice => ({
    ...choice,
    said: choice.said.map((row) => [...row, ...Array<number>(width - row.length).fill(0)]),
  })
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z))
}
