/** Who tagged which artist with what, and when: gathered once, read by items and likes. */
import { rowsOf } from './lastfm-files.ts'

export interface Tags {
  /** Most used on the artist first; of equals the one more used on all artists. */
  mostUsed(artist: string, limit: number): string[]
  firstAt(artist: string): number | undefined
  /** The first time a person tagged an artist, in the order of time. */
  readonly firsts: readonly FirstTag[]
  readonly problems: readonly { readonly line: number; readonly problem: string }[]
}

export interface FirstTag {
  readonly line: number
  readonly userId: string
  readonly itemId: string
  readonly atMs: number
}

/** The file says day, month and year: noon UTC is within a day of the truth everywhere. */
const hour = 12
/** Last.fm began in 2002; the file has a few dates before there was a web. */
const firstYear = 2002

export async function readTags(namesPath: string, taggedPath: string): Promise<Tags> {
  const names = new Map<string, string>()
  for await (const { cells } of rowsOf(namesPath, 'latin1')) {
    const [id = '', name = ''] = cells
    if (name !== '') names.set(id, name)
  }
  const counts = new Map<string, Map<string, number>>()
  const overall = new Map<string, number>()
  const firstAt = new Map<string, number>()
  const firsts = new Map<string, FirstTag>()
  const problems: { line: number; problem: string }[] = []
  for await (const { line, cells, problem } of rowsOf(taggedPath)) {
    const [userId = '', itemId = '', tag = '', ...date] = cells
    const atMs = instantOf(date)
    if (problem !== undefined || atMs === undefined) {
      problems.push({ line, problem: problem ?? `the date is before ${firstYear} or none` })
      continue
    }
    countTag(counts, itemId, tag)
    overall.set(tag, (overall.get(tag) ?? 0) + 1)
    firstAt.set(itemId, Math.min(atMs, firstAt.get(itemId) ?? atMs))
    const key = `${userId}\t${itemId}`
    const known = firsts.get(key)
    if (!known || atMs < known.atMs) firsts.set(key, { line, userId, itemId, atMs })
  }
  return {
    mostUsed(artist, limit) {
      const used = [...(counts.get(artist) ?? [])]
      used.sort(
        ([a, timesA], [b, timesB]) =>
          timesB - timesA || (overall.get(b) ?? 0) - (overall.get(a) ?? 0),
      )
      return used.slice(0, limit).flatMap(([tag]) => names.get(tag)?.slice(0, 100) ?? [])
    },
    firstAt: (artist) => firstAt.get(artist),
    firsts: [...firsts.values()].sort((a, b) => a.atMs - b.atMs || a.line - b.line),
    problems,
  }
}

function countTag(counts: Map<string, Map<string, number>>, artist: string, tag: string): void {
  const own = counts.get(artist) ?? new Map<string, number>()
  own.set(tag, (own.get(tag) ?? 0) + 1)
  counts.set(artist, own)
}

function instantOf([day = '', month = '', year = '']: readonly string[]): number | undefined {
  const atMs = Date.UTC(Number(year), Number(month) - 1, Number(day), hour)
  return Number(year) >= firstYear && Number.isFinite(atMs) ? atMs : undefined
}
