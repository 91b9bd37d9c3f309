/** The mood of a community in few words. */
import type { Community } from '../domain/network.ts'

const shown = 2

/** The strongest emotions of its posts with their shares; empty where none was understood. */
export function moodText({ mood }: Community): string {
  return Object.entries(mood?.shares ?? {})
    .sort((a, b) => b[1] - a[1])
    .slice(0, shown)
    .map(([emotion, share]) => `${emotion} ${Math.round(100 * share)} %`)
    .join(', ')
}
