/** Asks for the API key when the address did not bring one. */
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageSwitch } from './language-switch.tsx'
import { Wordmark } from './wordmark.tsx'

interface Properties {
  readonly onKey: (key: string) => void
  readonly isRefused?: boolean
}

export function KeyForm({ onKey, isRefused = false }: Properties) {
  const { t } = useTranslation()
  const [key, setKey] = useState('')
  const label = useId()
  const note = useId()
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-8 px-6 py-10">
      <div className="flex items-center justify-between">
        <Wordmark />
        <LanguageSwitch />
      </div>
      <form
        className="space-y-5 rounded-2xl border border-line bg-surface p-6 sm:p-8"
        onSubmit={(event) => {
          event.preventDefault()
          if (key.trim() !== '') onKey(key.trim())
        }}
      >
        <h1 className="font-serif text-2xl">{t('key.title')}</h1>
        <p className="text-soft">{t('key.explain')}</p>
        {isRefused && (
          <p role="alert" className="rounded-lg bg-seal-wash px-4 py-3 text-seal">
            {t('key.refused')}
          </p>
        )}
        <div>
          <label htmlFor={label} className="mb-1.5 block font-medium text-sm">
            {t('key.label')}
          </label>
          <input
            id={label}
            type="password"
            autoComplete="off"
            spellCheck={false}
            required
            aria-describedby={note}
            value={key}
            onChange={(event) => setKey(event.target.value)}
            className="w-full rounded-lg border border-strong-line bg-ground px-3.5 py-2.5 font-mono"
          />
        </div>
        <button
          type="submit"
          className="w-full rounded-lg bg-accent px-4 py-2.5 font-medium text-on-accent hover:opacity-90"
        >
          {t('key.open')}
        </button>
        <p id={note} className="text-soft text-sm">
          {t('key.kept')}
        </p>
      </form>
    </main>
  )
}
