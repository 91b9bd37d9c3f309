import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openLocalKeyVault } from './local-key.ts'
import { vaultContract } from './vault.contract.ts'

const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kith-vault-'))
  folders.push(folder)
  return folder
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const shared = newFolder()
vaultContract('The local key vault', {
  open: () => openLocalKeyVault({ folder: shared }),
  openAgain: () => openLocalKeyVault({ folder: shared }),
})

describe('The local key vault', () => {
  it('writes files that only their owner may read', async () => {
    const folder = join(newFolder(), 'vault')
    const vault = await openLocalKeyVault({ folder })
    expect(readdirSync(folder).sort()).toEqual(['master.key', 'slots'])
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    }
    await vault.close()
  })

  it('overwrites the bytes of a destroyed slot in its file, and nothing beside them', async () => {
    const folder = newFolder()
    const vault = await openLocalKeyVault({ folder })
    for (const slot of [1, 2, 3]) vault.seal(slot, Buffer.from('x'))
    await vault.flush()
    const before = readFileSync(join(folder, 'slots'))
    await vault.destroy(2)
    const after = readFileSync(join(folder, 'slots'))
    const part = (bytes: Buffer, slot: number) => bytes.subarray(slot * 32, slot * 32 + 32)
    expect(after.includes(part(before, 2))).toBe(false)
    for (const slot of [0, 1, 3]) expect(part(after, slot)).toEqual(part(before, slot))
    await vault.close()
  })

  it('refuses to make a new master key where slots are in use already', async () => {
    const folder = newFolder()
    await (await openLocalKeyVault({ folder })).close()
    rmSync(join(folder, 'master.key'))
    await expect(openLocalKeyVault({ folder })).rejects.toMatchObject({ code: 'misconfigured' })
  })

  it('reads slots that another process filled meanwhile', async () => {
    const folder = newFolder()
    const one = await openLocalKeyVault({ folder })
    const other = await openLocalKeyVault({ folder })
    const sealed = one.seal(1, Buffer.from('hello'))
    const own = one.seal(0, Buffer.from('ours'))
    await one.flush()
    expect(Buffer.from(other.open(1, sealed)).toString()).toBe('hello')
    expect(Buffer.from(other.open(0, own)).toString()).toBe('ours')
    await Promise.all([one.close(), other.close()])
  })
})
