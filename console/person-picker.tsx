/** A search field with a list under it: arrows move, Enter picks (the ARIA combobox pattern). */
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from './api.ts'
import { Icon } from './icon.tsx'
import { PersonOption } from './person-option.tsx'
import { ProblemView } from './problem-view.tsx'
import { type People, usePeople } from './use-people.ts'

const mostShown = 40

interface Properties {
  readonly onPick: (person: Person) => void
}

export function PersonPicker({ onPick }: Properties) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const query = text.trim()
  const people = usePeople(query)
  const [active, setActive] = useState(0)
  const list = useId()
  const shown = people.found.slice(0, mostShown)
  const current = Math.min(active, shown.length - 1)
  const move = (to: number) => {
    setActive(to)
    document.getElementById(`${list}-${to}`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const picked = shown[current]
    if (event.key === 'Enter' && picked) onPick(picked)
    const to = placeAfter(event.key, current, shown.length)
    if (to === undefined) return
    event.preventDefault()
    move(to)
  }
  return (
    <div>
      <div className="relative">
        <span className="pointer-events-none absolute inset-y-0 left-4 grid place-items-center text-soft text-xl">
          <Icon name="search" />
        </span>
        <input
          // biome-ignore lint/a11y/noAutofocus: choosing is the only thing to do here
          autoFocus
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={shown.length > 0 ? `${list}-${current}` : undefined}
          aria-label={t('person.search')}
          placeholder={t('person.search')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
          className="w-full rounded-xl border border-strong-line bg-surface py-3 pr-4 pl-12 text-lg placeholder:text-soft"
        />
      </div>
      <div
        id={list}
        role="listbox"
        aria-label={t('person.results')}
        className="mt-3 max-h-[26rem] overflow-y-auto overscroll-contain rounded-xl border border-line bg-surface empty:hidden"
      >
        {shown.map((person, place) => (
          <PersonOption
            key={person.id}
            id={`${list}-${place}`}
            person={person}
            isActive={place === current}
            onPick={onPick}
            onPoint={() => setActive(place)}
          />
        ))}
      </div>
      <PickerNote people={people} query={query} hidden={people.found.length - shown.length} />
    </div>
  )
}

function PickerNote(given: { people: People; query: string; hidden: number }) {
  const { t } = useTranslation()
  const { people, query, hidden } = given
  if (people.problem) return <ProblemView problem={people.problem} onRetry={people.retry} />
  const says = () => {
    if (people.isReading) return t('person.reading', { count: people.read })
    if (hidden > 0 && !people.isComplete) return t('person.many')
    if (hidden > 0) return t('person.more', { count: hidden })
    if (people.found.length > 0) return ''
    return query === '' ? t('person.empty') : t('person.none', { query })
  }
  return (
    <p role="status" className="mt-3 min-h-6 px-1 text-soft text-sm">
      {says()}
    </p>
  )
}

function placeAfter(key: string, place: number, count: number): number | undefined {
  if (count === 0) return undefined
  if (key === 'ArrowDown') return (place + 1) % count
  if (key === 'ArrowUp') return (place - 1 + count) % count
  return undefined
}
