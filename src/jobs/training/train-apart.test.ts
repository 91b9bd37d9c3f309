/** The training process from outside: it can be killed, called off, and told nonsense. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { builtFile } from '../../built.ts'
import type { Change } from '../../domain/change.ts'
import { KithError } from '../../errors.ts'
import { createMemory } from '../../memory/create-memory.ts'
import { town } from '../../testing/town.ts'
import { createExactVectors } from '../../vectors/exact.ts'
import { changesOfPast, type PastPart, readPast } from './past.ts'
import { trainApart, wasKilled } from './train-apart.ts'

const entry = builtFile('../../train-process.js', import.meta.url)
const signal = new AbortController().signal

function townMemory() {
  const memory = createMemory({ createVectors: createExactVectors })
  const { users, items, edges, events } = town
  const bodies = [
    ...users.map((user) => ({ kind: 'user', user })),
    ...items.map((item) => ({ kind: 'item', item })),
    ...edges.map((edge) => ({ kind: 'edge', edge })),
    ...events.map((event) => ({ kind: 'event', event })),
  ]
  memory.apply(bodies.map((body, n) => ({ ...body, clock: n + 1 }) as Change))
  return memory
}

async function pastOf(memory = townMemory()): Promise<PastPart[]> {
  const parts: PastPart[] = []
  for await (const part of readPast(memory, { restMs: 0 })) parts.push(part)
  return parts
}

it('tells numbers only, and they make the same network again', async () => {
  const memory = townMemory()
  const past = await pastOf(memory)
  const told = JSON.stringify(past, (_, value) => (ArrayBuffer.isView(value) ? [] : value))
  for (const { id, name } of town.users) expect(told).not.toMatch(new RegExp(`"${id}"|"${name}"`))
  for (const { id, text } of town.items)
    expect(told.includes(id) || told.includes(text)).toBe(false)
  const again = createMemory({ createVectors: createExactVectors })
  again.apply(changesOfPast(past))
  for (let person = 0; person < memory.people.count; person++) {
    expect(again.people.numberOf(String(person))).toBe(person)
    expect(again.histories.length(person)).toBe(memory.histories.length(person))
    expect(
      [...again.histories.seen(person).values].slice(0, again.histories.seen(person).length).sort(),
    ).toEqual(
      [...memory.histories.seen(person).values]
        .slice(0, memory.histories.seen(person).length)
        .sort(),
    )
    expect(again.ties.out(person).length).toBe(memory.ties.out(person).length)
  }
  for (let item = 0; item < memory.items.count; item++) {
    expect(again.engagement.total(item)).toBeCloseTo(memory.engagement.total(item))
    expect(again.items.authorOf(item)).toBe(memory.items.authorOf(item))
  }
})

it('trains the town, and does not judge by twelve people', async () => {
  const outcome = await trainApart(await pastOf(), { entry, seed: 1, signal })
  expect(outcome.itemIds.length).toBeGreaterThan(20)
  expect(outcome.verdict.passes).toBe(false)
  expect(outcome.verdict.reasons.join()).toContain('at least 20 are needed')
}, 60_000)

it('learns nothing from nobody, and says so', async () => {
  const outcome = await trainApart([], { entry, seed: 1, signal })
  expect(outcome.itemIds).toEqual([])
  expect(outcome.verdict.passes).toBe(false)
}, 60_000)

it('says that it was killed', async () => {
  const training = trainApart(await pastOf(), {
    ...{ entry, seed: 1, signal },
    started: (pid) => setTimeout(() => process.kill(pid ?? 0, 'SIGKILL'), 50),
  })
  await expect(training).rejects.toMatchObject({ code: 'unavailable' })
  await expect(training).rejects.toThrow('SIGKILL')
}, 60_000)

it.each(['first fit', 'trials'])(
  'goes on after kill -9 in the middle of "%s", and ends in the same model',
  async (phase) => {
    const folder = await mkdtemp(join(tmpdir(), 'kith-training-'))
    const checkpoint = join(folder, 'training.safetensors')
    const past = await pastOf()
    let pid = 0
    const killed = trainApart(past, {
      ...{ entry, seed: 1, signal, checkpoint },
      started: (id) => {
        pid = id ?? 0
      },
      progress: (now, done) => {
        if (now === phase && done > 4) process.kill(pid, 'SIGKILL')
      },
    })
    await expect(killed).rejects.toSatisfy(wasKilled)
    const seen: string[] = []
    const resumed = await trainApart(past, {
      ...{ entry, seed: 1, signal, checkpoint },
      progress: (now, done) => seen.push(`${now} ${done}`),
    })
    const phases = ['first fit', 'actions', 'trials', 'last fit']
    expect([...new Set(seen.map((line) => line.replace(/ \d+$/, '')))]).toEqual(
      phases.slice(phases.indexOf(phase)),
    )
    if (phase.endsWith('fit')) expect(seen[0]).toMatch(/ [2-9]$/)
    const whole = await trainApart(past, { entry, seed: 1, signal })
    expect(resumed).toEqual(whole)
    await rm(folder, { recursive: true })
  },
  60_000,
)

it('ends when it is called off', async () => {
  const stop = new AbortController()
  const training = trainApart(await pastOf(), {
    ...{ entry, seed: 1, signal: stop.signal },
    started: () => stop.abort(new KithError('unavailable', 'closed')),
  })
  await expect(training).rejects.toMatchObject({ code: 'unavailable' })
}, 60_000)

it('refuses a serving model that is none', async () => {
  const serving = { itemIds: [], file: Uint8Array.of(1, 2, 3) }
  const training = trainApart(await pastOf(), { entry, seed: 1, signal, serving })
  await expect(training).rejects.toThrow('not a complete safetensors file')
}, 60_000)
