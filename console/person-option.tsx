/** One person in the list to pick from. */
import type { Person } from './api.ts'
import { Avatar } from './avatar.tsx'
import { languageName } from './format.ts'
import { useLocale } from './words.ts'

interface Properties {
  readonly id: string
  readonly person: Person
  readonly isActive: boolean
  readonly onPick: (person: Person) => void
  readonly onPoint: () => void
}

export function PersonOption({ id, person, isActive, onPick, onPoint }: Properties) {
  const locale = useLocale()
  const name = person.name ?? person.id
  const reads = (person.languages ?? []).map((code) => languageName(code, locale)).join(' · ')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the combobox keeps the focus and handles the keys
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      onClick={() => onPick(person)}
      onPointerMove={onPoint}
      className="flex items-center gap-3.5 border-line border-b px-4 py-3 last:border-b-0 aria-selected:bg-wash"
    >
      <Avatar id={person.id} name={name} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="truncate font-medium">{name}</span>
          <span className="shrink-0 text-soft text-xs">{reads}</span>
        </span>
        {person.bio && <span className="line-clamp-1 text-sm text-soft">{person.bio}</span>}
      </span>
    </div>
  )
}
