/**
 * Keys and envelopes. Every person has a key of their own; what is written about them rests sealed
 * under it. Destroying the key makes every copy unreadable, in backups and log files too.
 */
export interface Vault {
  /** One more than the highest slot that ever had a key, destroyed ones included. */
  readonly size: number
  /** Seals under the key in `slot`; slot 0 is the network's own. A new slot gets a fresh key. */
  seal(slot: number, plain: Uint8Array): Uint8Array
  /** @throws KithError `not-found` when the key was destroyed or the bytes were tampered with */
  open(slot: number, sealed: Uint8Array): Uint8Array
  /** The same pseudonym for the same id, unreadable without the vault. 16 bytes */
  pseudonym(id: string): Uint8Array
  /** Durable when it resolves: nothing sealed under the slot can be opened again. */
  destroy(slot: number): Promise<void>
  /** Makes fresh keys durable before anything sealed under them is committed. */
  flush(): Promise<void>
  close(): Promise<void>
}
