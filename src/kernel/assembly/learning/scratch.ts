/** What each worker keeps for itself: a piece of the shared memory for what an operation holds between its loops. */

/** Offset of this worker's scratch; globals belong to the instance, not to the memory. */
export let scratch: usize = 0

export function takeScratch(offset: usize): void {
  scratch = offset
}

/** Where this module's own data ends: memory from here on is the caller's. */
export function heapStart(): usize {
  return __heap_base
}
