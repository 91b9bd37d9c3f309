/** Names of parts, sources, filters, movers and events in the reader's language; unknown ones as they are. */
import { useTranslation } from 'react-i18next'
import type { Locale } from './api.ts'
import { en } from './i18n/en.ts'

type Family = 'part' | 'source' | 'filter' | 'mover' | 'event' | 'question' | 'label'

export function useNameOf(): (family: Family, name: string) => string {
  const { t } = useTranslation()
  return (family, name) => {
    const key = `${family}.${name}`
    return key in en ? t(key as keyof typeof en & `${Family}.${string}`) : name
  }
}

export function useLocale(): Locale {
  const { i18n } = useTranslation()
  return i18n.resolvedLanguage === 'zh' ? 'zh' : 'en'
}
