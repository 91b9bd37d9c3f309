import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { KithError } from '../errors.ts'
import type { Importer, ImportRecord } from './importer.ts'
import { type ImportProgress, type ImportTarget, importInto } from './ingest.ts'
import type { ProgressPort } from './state.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-ingest-'))
})

/** A network in maps, with the engine's manners: all or nothing, unknown names refused. */
function createNetwork() {
  const users = new Map<string, unknown>()
  const items = new Map<string, unknown>()
  const edges = new Map<string, unknown>()
  const events = new Map<string, unknown>()
  const known = (map: Map<string, unknown>, id: string | undefined) => {
    if (id !== undefined && !map.has(id)) {
      throw new KithError('not-found', `There is no "${id}". Put it first.`)
    }
  }
  const target: ImportTarget = {
    async putUsers(some) {
      for (const user of some) users.set(user.id, user)
      return { accepted: some.length }
    },
    async putItems(some) {
      for (const { authorId } of some) known(users, authorId)
      for (const item of some) items.set(item.id, item)
      return { accepted: some.length }
    },
    async putEdges(some) {
      for (const id of some.flatMap(({ from, to }) => [from, to])) known(users, id)
      for (const edge of some) edges.set(`${edge.from} ${edge.to} ${edge.kind}`, edge)
      return { accepted: some.length }
    },
    async addEvents(some) {
      for (const { userId, itemId, targetUserId } of some) {
        known(users, userId)
        known(users, targetUserId)
        known(items, itemId)
      }
      const before = events.size
      for (const { userId, type, itemId, targetUserId, at } of some) {
        const key = [userId, type, itemId, targetUserId, at?.toISOString()].join(' ')
        events.set(key, (events.get(key) as number | undefined) ?? events.size)
      }
      const accepted = events.size - before
      return { accepted, duplicates: some.length - accepted }
    },
  }
  const state = () => JSON.stringify([users, items, edges, events].map((map) => [...map]))
  return { target, state, users, items, edges, events }
}

function createProgress(): ProgressPort & { readonly tasks: Map<string, unknown> } {
  const tasks = new Map<string, unknown>()
  return {
    tasks,
    get: async (task) => structuredClone(tasks.get(task)),
    put: async (task, state) => void tasks.set(task, structuredClone(state)),
    remove: async (task) => void tasks.delete(task),
  }
}

const at = '2026-01-01T00:00:00Z'

/** 8 people, 9 items (one without an author), 6 ties (one broken), 24 events (some broken), a misread line. */
function* source(): Generator<ImportRecord> {
  const file = 'source'
  let line = 1
  for (let n = 0; n < 8; n++) yield { kind: 'user', file, line: line++, value: { id: `u${n}` } }
  yield { kind: 'user', file, line: line++, value: { id: '', name: 'a name nobody may read' } }
  for (let n = 0; n < 9; n++) {
    const value = { id: `i${n}`, authorId: n === 4 ? 'secret-person' : `u${n % 8}`, createdAt: at }
    yield { kind: 'item', file, line: line++, value }
  }
  yield { file, line: line++, problem: 'is not JSON' }
  for (let n = 0; n < 6; n++) {
    yield { kind: 'edge', file, line: line++, value: { from: `u${n}`, to: n === 5 ? 'u5' : 'u0' } }
  }
  for (let n = 0; n < 24; n++) {
    const itemId = `i${n % 9}`
    const value = {
      type: 'like',
      userId: `u${n % 8}`,
      itemId,
      at: `2026-01-01T00:00:${10 + (n % 20)}Z`,
    }
    yield { kind: 'event', file, line: line++, value }
  }
  yield { kind: 'event', file, line: line++, value: { type: 'like', userId: 'u1', itemId: 'i1' } }
}

const importer: Importer = {
  name: 'test',
  recognises: async () => true,
  fingerprint: async () => 'one',
  async *read() {
    yield* source()
  },
  count: async () => ({ user: 9, event: 25 }),
}

const batchSizes = { user: 3, item: 4, edge: 2, event: 5 }
/** u0 → u0 and u5 → u5 tie people to themselves; item 4's author is unknown, so its likes are too. */
const summaryWanted = {
  user: { accepted: 8, rejected: 1, duplicates: 0 },
  item: { accepted: 8, rejected: 2, duplicates: 0 },
  edge: { accepted: 4, rejected: 2, duplicates: 0 },
  event: { accepted: 21, rejected: 4, duplicates: 0 },
}

describe('an import', () => {
  it('rejects only the guilty records of a refused batch and counts the rest', async () => {
    const network = createNetwork()
    const summary = await importInto(network.target, importer, '', { batchSizes })
    expect(summary.kinds).toMatchObject(summaryWanted)
    expect(summary).toMatchObject({ accepted: 41, rejected: 9, duplicates: 0, resumedAt: 0 })
    expect(network.items.has('i4')).toBe(false)
    expect(network.events.size).toBe(21)
  })

  it('adds nothing new the second time', async () => {
    const network = createNetwork()
    await importInto(network.target, importer, '', { batchSizes })
    const state = network.state()
    const summary = await importInto(network.target, importer, '', { batchSizes: { event: 7 } })
    expect(network.state()).toBe(state)
    expect(summary.kinds.event).toMatchObject({ accepted: 0, duplicates: 21, rejected: 4 })
  })

  it('names file, line and reason of each reject, and no id or text', async () => {
    const rejectFile = join(folder, 'rejects.jsonl')
    await importInto(createNetwork().target, importer, '', { batchSizes, rejectFile })
    const text = await readFile(rejectFile, 'utf8')
    const rejects = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rejects).toHaveLength(9)
    expect(rejects[1]).toEqual({
      file: 'source',
      line: 14,
      kind: 'item',
      reason: 'authorId is not known',
    })
    expect(rejects[2]).toEqual({ file: 'source', line: 19, reason: 'is not JSON' })
    expect(rejects[3].reason).toContain('ties a person to themselves')
    expect(rejects.map(({ reason }) => reason)).toContain('itemId is not known')
    expect(rejects.at(-1).reason).toContain('needs `at`')
    expect(text).not.toMatch(/secret-person|nobody may read|"i4"/)
  })

  it('keeps the reject file bounded and says how many more there were', async () => {
    const rejectFile = join(folder, 'rejects.jsonl')
    await importInto(createNetwork().target, importer, '', { rejectFile, rejectLimit: 2 })
    const lines = (await readFile(rejectFile, 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(3)
    expect(JSON.parse(lines[2] ?? '')).toEqual({ more: 7 })
  })

  it('leaves no reject file behind when nothing was rejected, not even an old one', async () => {
    const rejectFile = join(folder, 'rejects.jsonl')
    await writeFile(rejectFile, 'of an earlier import')
    const clean: Importer = {
      ...importer,
      async *read() {
        for (const record of source()) if (record.line < 9) yield record
      },
    }
    await importInto(createNetwork().target, clean, '', { rejectFile })
    await expect(readFile(rejectFile)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('reports progress by phase', async () => {
    const seen: ImportProgress[] = []
    const onProgress = (progress: ImportProgress) => seen.push(progress)
    await importInto(createNetwork().target, importer, '', { batchSizes, onProgress })
    expect(seen[0]).toEqual({ phase: 'users', done: 3, total: 9, rejected: 0 })
    expect(seen.at(-1)).toEqual({ phase: 'events', done: 25, total: 25, rejected: 9 })
    expect([...new Set(seen.map(({ phase }) => phase))]).toEqual([
      'users',
      'items',
      'edges',
      'events',
    ])
  })

  it('stops between batches when asked to, and goes on from there later', async () => {
    const network = createNetwork()
    const progress = createProgress()
    const stop = new AbortController()
    const first = importInto(network.target, importer, '', {
      batchSizes,
      progress,
      signal: stop.signal,
      onProgress: ({ phase }) => phase === 'items' && stop.abort(),
    })
    await expect(first).rejects.toThrow(/aborted/)
    expect(network.events.size).toBe(0)
    const summary = await importInto(network.target, importer, '', { batchSizes, progress })
    expect(summary.resumedAt).toBe(13)
    expect(summary.kinds).toMatchObject(summaryWanted)
    expect(progress.tasks.size).toBe(0)
  })

  it('begins anew when the source has changed since', async () => {
    const network = createNetwork()
    const progress = createProgress()
    progress.tasks.set('import:test:another', { taken: 20 })
    const summary = await importInto(network.target, importer, '', { progress })
    expect(summary.resumedAt).toBe(0)
  })

  it('ends with the error of a target that is away, keeping its progress', async () => {
    const network = createNetwork()
    const progress = createProgress()
    const target = {
      ...network.target,
      putEdges: async () => {
        throw new KithError('unavailable', 'The database does not answer.')
      },
    }
    await expect(importInto(target, importer, '', { progress })).rejects.toThrow(/does not answer/)
    expect(progress.tasks.size).toBe(1)
  })
})

describe('an import that is killed', () => {
  class Killed extends Error {}

  /** Runs until the `steps`th write; that one is lost before or after it was made. */
  function mortal(
    network: ReturnType<typeof createNetwork>,
    progress: ProgressPort,
    steps: number,
    dies: 'before' | 'after',
  ) {
    let left = steps
    const guard =
      <Arguments extends unknown[], Answer>(write: (...args: Arguments) => Promise<Answer>) =>
      async (...args: Arguments): Promise<Answer> => {
        left -= 1
        if (left < 0 && dies === 'before') throw new Killed()
        const answer = await write(...args)
        if (left < 0) throw new Killed()
        return answer
      }
    const { putUsers, putItems, putEdges, addEvents } = network.target
    return {
      target: {
        putUsers: guard(putUsers),
        putItems: guard(putItems),
        putEdges: guard(putEdges),
        addEvents: guard(addEvents),
      },
      progress: { ...progress, put: guard(progress.put), remove: guard(progress.remove) },
    }
  }

  it.each(['before', 'after'] as const)(
    'at any write, %s it was made, ends in the same state with the same rejects',
    async (dies) => {
      const whole = createNetwork()
      const wholeRejects = join(folder, 'whole.jsonl')
      await importInto(whole.target, importer, '', { batchSizes, rejectFile: wholeRejects })
      let kills = 0
      for (let steps = 0; ; steps++) {
        const network = createNetwork()
        const progress = createProgress()
        const rejectFile = join(folder, `${dies}-${steps}.jsonl`)
        const doomed = mortal(network, progress, steps, dies)
        const options = { batchSizes, rejectFile }
        const first = await importInto(doomed.target, importer, '', {
          ...options,
          progress: doomed.progress,
        }).catch((error: unknown) => error)
        if (!(first instanceof Killed)) break
        kills += 1
        // What a dying process may leave behind: more rejects than its saved progress covers.
        await writeFile(rejectFile, '{"file":"source","line":99,"reason":"tor', { flag: 'a' })
        const summary = await importInto(network.target, importer, '', { ...options, progress })
        expect(network.state(), `killed at write ${steps}`).toBe(whole.state())
        expect(await readFile(rejectFile, 'utf8')).toBe(await readFile(wholeRejects, 'utf8'))
        expect(summary.rejected).toBe(9)
        expect(summary.accepted + summary.duplicates).toBe(41)
      }
      expect(kills).toBeGreaterThan(25)
    },
  )
})
