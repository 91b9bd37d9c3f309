/** The words of a post, always as plain text; long ones open on request. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageItem } from './api.ts'

const longText = 480

interface Properties {
  readonly item: PageItem['item']
  readonly isPerson: boolean
}

export function PostText({ item, isPerson }: Properties) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const isLong = item.text.length > longText && !isOpen
  const text = isLong ? `${item.text.slice(0, longText).trimEnd()}…` : item.text
  if (item.text === '' && (isPerson || item.tags.length === 0)) {
    return isPerson ? null : <p className="mt-3 text-soft">{t('card.noText')}</p>
  }
  return (
    <div className="mt-3">
      <p
        lang={item.language}
        className="whitespace-pre-line text-pretty text-[1.0625rem] leading-relaxed"
      >
        {text}
      </p>
      {isLong && (
        <button
          type="button"
          onClick={() => setIsOpen(true)}
          className="mt-1 text-accent text-sm underline underline-offset-2"
        >
          {t('card.all')}
        </button>
      )}
      <ul className="mt-2 flex flex-wrap gap-x-3 gap-y-1 text-sm text-soft empty:hidden">
        {item.tags.map((tag) => (
          <li key={tag}>#{tag}</li>
        ))}
        {isWebAddress(item.url) && (
          <li>
            <a
              href={item.url}
              target="_blank"
              rel="noopener noreferrer"
              className="text-accent underline underline-offset-2"
            >
              {t('card.source')}
            </a>
          </li>
        )}
      </ul>
    </div>
  )
}

/** Never follows `javascript:` and its like, whatever a network has stored. */
function isWebAddress(url: string | undefined): boolean {
  return url !== undefined && /^https?:\/\//i.test(url)
}
