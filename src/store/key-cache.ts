/** Numbers of ids at hand, bounded: two generations, the older one dropped when the younger is full. */

export interface KeyCache {
  get(id: string): number | undefined
  set(id: string, key: number): void
  delete(id: string): void
  clear(): void
}

export function createKeyCache(generationSize: number): KeyCache {
  let young = new Map<string, number>()
  let old = new Map<string, number>()

  function set(id: string, key: number): void {
    if (young.size >= generationSize) {
      old = young
      young = new Map()
    }
    young.set(id, key)
  }

  return {
    set,
    get(id) {
      const known = young.get(id)
      if (known !== undefined) return known
      const older = old.get(id)
      if (older !== undefined) set(id, older)
      return older
    },
    delete(id) {
      young.delete(id)
      old.delete(id)
    },
    clear() {
      young.clear()
      old.clear()
    },
  }
}
