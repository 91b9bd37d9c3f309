/** Opens the wording in the language last chosen, or the browser's. */
import i18next, { use as addTo } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Locale } from '../api.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
    keySeparator: false
    nsSeparator: false
  }
}

const place = 'kith.language'

addTo(initReactI18next)
i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en'
})
void i18next.init({
  resources: { en: { translation: en }, zh: { translation: zh } },
  lng: firstLanguage(),
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
})

export function chooseLanguage(language: Locale): void {
  localStorage.setItem(place, language)
  void i18next.changeLanguage(language)
}

function firstLanguage(): Locale {
  const wanted = localStorage.getItem(place) ?? navigator.language
  return wanted.startsWith('zh') ? 'zh' : 'en'
}
