/** Every community as a line that can be chosen: the map in words, and its keyboard. */
import { useTranslation } from 'react-i18next'
import type { Community } from '../../src/domain/network.ts'
import { colourOf } from './colours.ts'

interface CommunityListProps {
  readonly communities: readonly Community[]
  readonly chosen: number | undefined
  readonly onChoose: (id: number) => void
}

export function CommunityList({ communities, chosen, onChoose }: CommunityListProps) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="network-communities">
      <h2 id="network-communities" className="mb-2 font-serif text-xl">
        {t('network.communities')}
      </h2>
      <ul className="max-h-120 space-y-1 overflow-y-auto p-1">
        {communities.map((community, place) => (
          <li key={community.id}>
            <button
              type="button"
              aria-pressed={community.id === chosen}
              onClick={() => onChoose(community.id)}
              className="flex w-full items-baseline gap-2 rounded-lg border border-transparent px-2 py-1.5 text-left hover:border-strong-line aria-pressed:border-accent"
            >
              <span
                aria-hidden="true"
                style={{ background: colourOf(place) }}
                className="size-2.5 shrink-0 self-center rounded-full"
              />
              <span className="min-w-0 grow truncate">{nameOf(community)}</span>
              <span className="shrink-0 text-soft text-sm tabular-nums">
                {t('network.people', { count: community.people })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Its words, or its number where it has none. */
export function nameOf({ id, keywords }: Community): string {
  return keywords.length > 0 ? keywords.slice(0, 3).join(' · ') : `#${id}`
}
