/** What every database must do. Run it on yours: `databaseContract('mine', () => open())`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from './database.ts'
import { migrate, migrations } from './migrate.ts'

/** @param open a database whose tables may be made and dropped */
export function databaseContract(name: string, open: () => Promise<Database>): void {
  describe(`${name} keeps the database contract`, () => {
    let database: Database

    beforeAll(async () => {
      database = await open()
      await database.query('drop table if exists trial')
      await database.query('create table trial (n bigint primary key, bytes bytea)')
    })
    afterAll(async () => {
      await database.query('drop table if exists trial')
      await database.close()
    })

    it('gives back large whole numbers and bytes as they were', async () => {
      const bytes = Buffer.from([0, 1, 127, 128, 255])
      await database.query('insert into trial values ($1, $2)', [2 ** 52 + 1, bytes])
      const rows = await database.query<{ n: number; bytes: Buffer }>('select * from trial')
      expect(rows).toEqual([{ n: 2 ** 52 + 1, bytes }])
      await database.query('delete from trial')
    })

    it('keeps nothing of a transaction that throws', async () => {
      const broken = database.transaction(async (query) => {
        await query('insert into trial values (1)')
        throw new RangeError('no')
      })
      await expect(broken).rejects.toThrow(RangeError)
      expect(await database.query('select n from trial')).toEqual([])
    })

    it('refuses to commit after a failed statement that was swallowed', async () => {
      const broken = database.transaction(async (query) => {
        await query('insert into trial values (1)')
        await query('select 1/0').catch(() => undefined)
      })
      await expect(broken).rejects.toThrow('had failed')
      expect(await database.query('select n from trial')).toEqual([])
    })

    it('keeps all of a transaction that ends well, and returns what the work returned', async () => {
      const result = await database.transaction(async (query) => {
        await query('insert into trial values (1), (2)')
        return 'done'
      })
      expect(result).toBe('done')
      expect(await database.query('select n from trial order by n')).toEqual([{ n: 1 }, { n: 2 }])
      await database.query('delete from trial')
    })

    it('streams a large result in batches, with values, and can be left early', async () => {
      const sizes: number[] = []
      const sql = 'select i from generate_series(1, $1::int) i'
      for await (const rows of database.stream(sql, [2_500], 1_000)) sizes.push(rows.length)
      expect(sizes).toEqual([1_000, 1_000, 500])
      for (let round = 0; round < 20; round++) {
        for await (const rows of database.stream<{ i: number }>(sql, [10], 2)) {
          expect(rows[0]?.i).toBe(1)
          break
        }
      }
    })

    it('shows one instant in a snapshot while others write', async () => {
      const snapshot = await database.openSnapshot()
      expect(await snapshot.query('select n from trial')).toEqual([])
      await database.query('insert into trial values (7)')
      expect(await snapshot.query('select n from trial')).toEqual([])
      await snapshot.close()
      await snapshot.close()
      expect(await database.query('select n from trial')).toEqual([{ n: 7 }])
      await database.query('delete from trial')
    })

    it('runs each migration once, also when two open at the same time', async () => {
      await database.query('drop table if exists migrated_trial')
      await database.query(`delete from migrations where name = 'trial'`)
      const list = [...migrations, { name: 'trial', sql: 'create table migrated_trial ()' }]
      const both = await Promise.all([migrate(database, list), migrate(database, list)])
      expect(both.flat()).toEqual(['trial'])
      await database.query(`drop table migrated_trial`)
      await database.query(`delete from migrations where name = 'trial'`)
    })

    it('says that it is unavailable once it is closed', async () => {
      const other = await open()
      await other.close()
      await expect(other.query('select 1')).rejects.toMatchObject({ code: 'unavailable' })
    })

    it('says which database answers', () => {
      expect(database.description).toMatch(/^\w+ \d+\.\d+/)
    })
  })
}
