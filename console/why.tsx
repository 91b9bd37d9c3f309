/** The reason, always one line to read; opened, all of it. */
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageItem } from './api.ts'
import { Icon } from './icon.tsx'
import { shownParts } from './score-parts.ts'
import { ScoreThread } from './score-thread.tsx'
import { WhyPanel } from './why-panel.tsx'

export function Why({ entry }: { entry: PageItem }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const panel = useId()
  const parts = shownParts(entry.parts, entry.score)
  return (
    <div className="mt-4">
      <button
        type="button"
        data-why
        aria-expanded={isOpen}
        aria-controls={panel}
        onClick={() => setIsOpen(!isOpen)}
        className="group block w-full text-left"
      >
        <ScoreThread parts={parts} isOpen={isOpen} />
        <span className="mt-2 flex items-start gap-1 text-[0.9375rem] text-soft group-hover:text-ink">
          <span
            aria-hidden="true"
            className={`mt-[0.3em] transition-transform ${isOpen ? 'rotate-90' : ''}`}
          >
            <Icon name="chevron" />
          </span>
          <span className="sr-only">{t('why.open')}: </span>
          <span>{entry.because?.text ?? t('why.none')}</span>
        </span>
      </button>
      <div id={panel} hidden={!isOpen}>
        {isOpen && <WhyPanel entry={entry} parts={parts} />}
      </div>
    </div>
  )
}
