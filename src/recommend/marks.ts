/** A set of small numbers that is emptied in no time and used again for the next request. */
export interface Marks {
  add(number: number): void
  has(number: number): boolean
  clear(): void
}

export function createMarks(): Marks {
  let stamps = new Uint32Array(1024)
  let stamp = 1

  function grow(number: number): void {
    const larger = new Uint32Array(Math.max(number + 1, stamps.length * 2))
    larger.set(stamps)
    stamps = larger
  }

  return {
    add(number) {
      if (number < 0) return
      if (number >= stamps.length) grow(number)
      stamps[number] = stamp
    },
    has: (number) => stamps[number] === stamp,
    clear() {
      stamp++
      if (stamp < 0xffff_ffff) return
      stamps.fill(0)
      stamp = 1
    },
  }
}
