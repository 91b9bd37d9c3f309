/** What this person wishes of their own pages: sliders that count from the next page on. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type WishName, wishNames } from '../src/domain/wish-names.ts'
import type { Wishes } from '../src/domain/wishes.ts'
import { useApi } from './api-context.ts'
import { ProblemView } from './problem-view.tsx'
import { usePerson } from './use-person.ts'

interface Properties {
  readonly userId: string
  readonly onChanged: () => Promise<unknown>
}

export function WishSliders({ userId, onChanged }: Properties) {
  const { t } = useTranslation()
  const { data: person } = usePerson(userId)
  const change = useWishes(userId, onChanged)
  if (!person) return null
  const wishes = change.variables ?? person.wishes ?? {}
  return (
    <section aria-labelledby="wishes" className="mt-6 max-lg:mt-4">
      <h2 id="wishes" className="font-serif text-lg">
        {t('wish.title')}
      </h2>
      <p className="text-soft text-sm">{t('wish.why')}</p>
      {wishNames.map((name) => (
        <Slider
          key={name}
          name={name}
          value={wishes[name] ?? 0}
          onChange={(value) => change.mutate({ ...wishes, [name]: value })}
        />
      ))}
      {change.error && <ProblemView problem={change.error} />}
    </section>
  )
}

function useWishes(userId: string, onChanged: Properties['onChanged']) {
  const api = useApi()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wishes: Wishes) => api.changeUser(userId, { wishes }),
    onSuccess: async (person) => {
      client.setQueryData(['person', userId], person)
      await onChanged()
    },
  })
}

/** Outrage can only be lowered. */
const mostOf: Readonly<Partial<Record<WishName, number>>> = { outrage: 0 }
const step = 0.25

interface SliderProperties {
  readonly name: WishName
  readonly value: number
  readonly onChange: (value: number) => void
}

function Slider({ name, value, onChange }: SliderProperties) {
  const { t } = useTranslation()
  const side = value === 0 ? 'usual' : value > 0 ? 'more' : 'less'
  return (
    <label className="mt-3 block text-sm">
      <span className="flex justify-between gap-2">
        <span>{t(`wish.${name}`)}</span>
        <span className="text-soft">{t(`wish.${side}`)}</span>
      </span>
      <input
        type="range"
        min={-1}
        max={mostOf[name] ?? 1}
        step={step}
        value={value}
        aria-valuetext={`${t(`wish.${side}`)} ${Math.round(Math.abs(value) * 100)}%`}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
        className="mt-1 w-full accent-seal"
      />
    </label>
  )
}
