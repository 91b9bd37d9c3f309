/** How much a thread leaves a busy core to others. */
import { getPriority, setPriority } from 'node:os'

/** Of this thread alone, as of `nice`; never less than it has. Elsewhere than on Linux it does nothing. */
export function bePolite(politeness: number): void {
  // There 0 would be the whole process.
  if (process.platform !== 'linux') return
  setPriority(0, Math.max(getPriority(0), politeness))
}
