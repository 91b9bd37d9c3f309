import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { databaseContract } from './database.contract.ts'
import { type EmbeddedDatabase, openEmbeddedDatabase } from './embedded.ts'

const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kith-database-'))
  folders.push(folder)
  return folder
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

databaseContract('The embedded database', () => openEmbeddedDatabase({ folder: newFolder() }))

/** When the server that answers was started: a backend may outlive its killed server for a moment. */
async function startOf(database: EmbeddedDatabase): Promise<number> {
  const rows = await database.query<{ at: number }>(
    'select extract(epoch from pg_postmaster_start_time())::float8 as at',
  )
  return rows[0]?.at ?? Number.NaN
}

/** Waits for a server started later; until it answers, queries must fail with `unavailable`. */
async function untilAnotherAnswers(database: EmbeddedDatabase, oldStart: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const start: unknown = await startOf(database).catch((reason: unknown) => reason)
    if (typeof start !== 'number') {
      expect(start).toMatchObject({ name: 'KithError', code: 'unavailable' })
    } else if (start > oldStart) return
    await pause(25)
  }
  throw new Error('The database did not come back.')
}

describe('The embedded database', () => {
  it('keeps its rows over a close and an open, in a folder that only we may read', async () => {
    const folder = newFolder()
    const first = await openEmbeddedDatabase({ folder })
    await first.query('create table kept (n int)')
    await first.query('insert into kept values (5)')
    await first.close()
    expect(existsSync(join(folder, 'lock'))).toBe(false)
    expect(statSync(join(folder, 'cluster')).mode & 0o777).toBe(0o700)

    const second = await openEmbeddedDatabase({ folder })
    expect(await second.query('select n from kept')).toEqual([{ n: 5 }])
    await second.close()
  })

  it('refuses a folder that a live Kith uses, and names folder and process', async () => {
    const folder = newFolder()
    const first = await openEmbeddedDatabase({ folder })
    await expect(openEmbeddedDatabase({ folder })).rejects.toMatchObject({
      code: 'conflict',
      details: { folder, pid: process.pid },
    })
    expect(await first.query('select 1 as one')).toEqual([{ one: 1 }])
    await first.close()
  })

  it('starts PostgreSQL again when it is killed, and loses no row that was acknowledged', async () => {
    const database = await openEmbeddedDatabase({ folder: newFolder() })
    await database.query('create table kept (n int)')
    for (let round = 1; round <= 2; round++) {
      await database.query('insert into kept values ($1)', [round])
      const start = await startOf(database)
      process.kill(database.serverPid, 'SIGKILL')
      await untilAnotherAnswers(database, start)
      const rows = await database.query<{ n: number }>('select n from kept order by n')
      expect(rows).toHaveLength(round)
    }
    await database.close()
  })

  it('removes a cluster that was only half made', async () => {
    const folder = newFolder()
    execFileSync('mkdir', ['-p', join(folder, 'cluster.new/base')])
    const database = await openEmbeddedDatabase({ folder })
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
    await database.close()
    expect(readdirSync(folder)).toEqual(['cluster'])
  })
})
