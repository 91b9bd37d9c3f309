/** Names with counts, the largest first, each with a bar as long as its share. */
import { useNameOf } from './words.ts'

interface Properties {
  readonly family: 'source' | 'filter' | 'mover'
  readonly counts: Readonly<Record<string, number>>
}

export function CountList({ family, counts }: Properties) {
  const nameOf = useNameOf()
  const rows = Object.entries(counts).filter(([, count]) => count > 0)
  rows.sort(([, a], [, b]) => b - a)
  const most = rows[0]?.[1] ?? 1
  return (
    <dl className="space-y-1">
      {rows.map(([name, count]) => (
        <div key={name} className="relative flex justify-between gap-3 px-2 py-0.5">
          <div
            aria-hidden="true"
            className="absolute inset-y-0 left-0 -z-10 rounded bg-wash"
            style={{ width: `${(count / most) * 100}%` }}
          />
          <dt>{nameOf(family, name)}</dt>
          <dd className="tabular-nums">{count}</dd>
        </div>
      ))}
    </dl>
  )
}
