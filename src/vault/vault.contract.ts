/** What every vault must do. `reopen` closes the given one and opens the same vault again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Vault } from './vault.ts'

export interface VaultOpener {
  open(): Promise<Vault>
  /** Opens the same keys again, as after a crash: the old one was not closed. */
  openAgain(): Promise<Vault>
}

export function vaultContract(name: string, { open, openAgain }: VaultOpener): void {
  describe(`${name} keeps the vault contract`, () => {
    const plain = Buffer.from('what nobody else may read: 你好')
    let vault: Vault

    beforeAll(async () => {
      vault = await open()
    })
    afterAll(() => vault.close())

    it('opens what it sealed, also nothing at all', () => {
      expect(Buffer.from(vault.open(3, vault.seal(3, plain)))).toEqual(plain)
      expect(vault.open(0, vault.seal(0, new Uint8Array()))).toHaveLength(0)
    })

    it('never seals the same text to the same bytes, nor shows the text', () => {
      const sealed = Buffer.from(vault.seal(3, plain))
      expect(sealed.equals(vault.seal(3, plain))).toBe(false)
      expect(sealed.includes('nobody')).toBe(false)
    })

    it('refuses bytes of another slot, changed bytes and too few bytes', () => {
      const sealed = vault.seal(4, plain)
      vault.seal(5, plain)
      const changed = Uint8Array.from(sealed)
      changed[sealed.length - 1] = (changed[sealed.length - 1] ?? 0) ^ 1
      for (const [slot, bytes] of [
        [5, sealed],
        [4, changed],
        [4, sealed.subarray(0, 20)],
        [4, new Uint8Array()],
      ] as const) {
        expect(() => vault.open(slot, bytes)).toThrow(
          expect.objectContaining({ code: 'not-found' }),
        )
      }
    })

    it('gives the same pseudonym of 16 bytes for the same id, another for another', () => {
      const one = Buffer.from(vault.pseudonym('ada'))
      expect(one).toHaveLength(16)
      expect(Buffer.from(vault.pseudonym('ada'))).toEqual(one)
      expect(Buffer.from(vault.pseudonym('adb'))).not.toEqual(one)
      expect(one.includes('ada')).toBe(false)
    })

    it('opens after a crash what was sealed before a flush, under the same pseudonyms', async () => {
      const sealed = [6, 7, 900].map((slot) => vault.seal(slot, plain))
      await vault.flush()
      const again = await openAgain()
      for (const [index, slot] of [6, 7, 900].entries()) {
        expect(Buffer.from(again.open(slot, sealed[index] ?? plain))).toEqual(plain)
      }
      expect(again.size).toBe(901)
      expect(again.pseudonym('ada')).toEqual(vault.pseudonym('ada'))
      await again.close()
    })

    it('opens nothing of a destroyed slot any more, and never gives it a new key', async () => {
      const sealed = vault.seal(8, plain)
      const neighbour = vault.seal(9, plain)
      await vault.flush()
      await vault.destroy(8)
      const again = await openAgain()
      for (const one of [vault, again]) {
        const notFound = expect.objectContaining({ code: 'not-found' })
        expect(() => one.open(8, sealed)).toThrow(notFound)
        expect(() => one.seal(8, plain)).toThrow(notFound)
        expect(Buffer.from(one.open(9, neighbour))).toEqual(plain)
      }
      await again.close()
    })

    it('destroys a slot that never had a key, so that it never gets one', async () => {
      await vault.destroy(50)
      expect(() => vault.seal(50, plain)).toThrow(expect.objectContaining({ code: 'not-found' }))
    })
  })
}
