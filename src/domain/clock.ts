/** Whose clock counts: ours, with some patience for others. */

/** How far ahead of ours another clock may run. */
export const toleratedMinutes = 10

/** What is dated so would stay on top of every feed until then. */
export function isFuture(at: Date, now: Date): boolean {
  return at.getTime() > now.getTime() + toleratedMinutes * 60_000
}
