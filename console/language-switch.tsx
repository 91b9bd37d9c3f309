/** English or Chinese, each named in itself. */
import { useTranslation } from 'react-i18next'
import type { Locale } from './api.ts'
import { chooseLanguage } from './i18n/setup.ts'
import { useLocale } from './words.ts'

const codes: readonly Locale[] = ['en', 'zh']
const short: Readonly<Record<Locale, string>> = { en: 'EN', zh: '中' }
/** What is seen is part of what is read aloud. */
const spoken: Readonly<Record<Locale, string>> = { en: 'EN, English', zh: '中文' }

export function LanguageSwitch() {
  const { t } = useTranslation()
  const current = useLocale()
  return (
    <fieldset className="flex rounded-full border border-line bg-surface p-0.5 text-sm">
      <legend className="sr-only">{t('app.language')}</legend>
      {codes.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-label={spoken[code]}
          aria-pressed={code === current}
          onClick={() => chooseLanguage(code)}
          className="min-w-9 rounded-full px-2.5 py-1 text-soft leading-5 hover:text-ink aria-pressed:bg-ink aria-pressed:text-surface"
        >
          {short[code]}
        </button>
      ))}
    </fieldset>
  )
}
