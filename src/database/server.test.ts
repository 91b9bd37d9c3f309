import { describe, expect, it } from 'vitest'
import { databaseContract } from './database.contract.ts'
import { openServerDatabase } from './server.ts'

// biome-ignore lint/style/noProcessEnv: which server the suite may use is the caller's to say
const url = process.env['TEST_DATABASE']

if (url) {
  databaseContract('The server database', () =>
    openServerDatabase(url, { schema: 'kith_database_test' }),
  )
}

describe('The server database', () => {
  it('refuses an address of another kind, with an example', async () => {
    await expect(openServerDatabase('mysql://localhost/x')).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('postgres://user'),
    })
  })

  it('refuses a schema name that would need quoting', async () => {
    const opening = openServerDatabase('postgres://localhost/x', { schema: 'a"b' })
    await expect(opening).rejects.toMatchObject({ code: 'misconfigured' })
  })

  it('is unavailable when nobody listens there', async () => {
    const opening = openServerDatabase('postgres://127.0.0.1:1/x')
    await expect(opening).rejects.toMatchObject({ code: 'unavailable' })
  })
})
