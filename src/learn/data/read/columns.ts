/** Which column holds what: by the names of a header when there is one, else by place. */
import type { Line } from './lines.ts'

export type Role = 'user' | 'item' | 'friend' | 'value' | 'time' | 'id' | 'text'

const names: Readonly<Record<Role, readonly string[]>> = {
  user: ['user', 'userid', 'uid', 'person', 'personid', 'member', 'from', 'source', 'follower'],
  item: [
    ...['item', 'itemid', 'iid', 'post', 'postid', 'artist', 'artistid', 'movie', 'movieid'],
    ...['product', 'productid', 'track', 'trackid', 'song', 'book', 'business', 'location', 'poi'],
  ],
  friend: ['friend', 'friendid', 'to', 'target', 'trustee', 'followee', 'followed', 'source2'],
  value: ['value', 'weight', 'rating', 'count', 'plays', 'playcount', 'score', 'strength'],
  time: ['time', 'timestamp', 'at', 'date', 'datetime', 'ts', 'createdat'],
  id: ['id', 'item', 'itemid', 'iid', 'post', 'postid', 'artistid', 'movieid', 'productid'],
  text: ['text', 'title', 'name', 'content', 'description'],
}

export interface Columns {
  readonly of: ReadonlyMap<Role, number>
  readonly body: readonly Line[]
}

/**
 * A first line is a header when it names all of `required` (case and punctuation aside, `user_id:token`
 * too), or when a number belongs where it has a word.
 * @param optional roles of the columns after the required ones, in the order they stand in
 */
export function columnsOf(
  lines: readonly Line[],
  required: readonly Role[],
  optional: readonly Role[],
): Columns {
  const first = lines[0]?.cells ?? []
  const named = namedColumns(first, [...required, ...optional])
  if (required.every((role) => named.has(role))) return { of: named, body: lines.slice(1) }
  const roles = [...required, ...optional].slice(0, Math.max(required.length, first.length))
  const of = new Map(roles.map((role, place) => [role, place]))
  const isHeader = roles.some((role, place) => {
    const isNumeric = role === 'value'
    return isNumeric && isWord(first[place]) && !isWord(lines[1]?.cells[place])
  })
  return { of, body: isHeader ? lines.slice(1) : lines }
}

function namedColumns(header: readonly string[], roles: readonly Role[]): Map<Role, number> {
  const plain = header.map((name) =>
    name
      .replace(/:.*$/, '')
      .toLowerCase()
      .replace(/[\s_-]/g, ''),
  )
  return new Map(
    roles.flatMap((role): [Role, number][] => {
      const place = plain.findIndex((name) => names[role].includes(name))
      return place < 0 ? [] : [[role, place]]
    }),
  )
}

function isWord(cell: string | undefined): boolean {
  return cell !== undefined && cell !== '' && Number.isNaN(Number(cell)) && !/^nan$/i.test(cell)
}
