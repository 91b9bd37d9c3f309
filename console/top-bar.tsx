/** The head of every view: the name, what answers behind it, language and help. */
import { useTranslation } from 'react-i18next'
import { HelpDialog } from './help-dialog.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { StatusPanel } from './status-panel.tsx'
import { goTo } from './use-address.ts'
import { Wordmark } from './wordmark.tsx'

export function TopBar({ onForget }: { onForget: () => void }) {
  const { t } = useTranslation()
  return (
    <header className="sticky top-0 z-20 border-line border-b bg-ground/90 backdrop-blur-md">
      <div className="mx-auto flex max-w-304 items-center gap-2 px-4 py-2.5 sm:gap-3 lg:px-6">
        <a
          href="/"
          className="rounded-md"
          aria-label={`Kith — ${t('app.tagline')}`}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey) return
            event.preventDefault()
            goTo({ feed: 'home' })
          }}
        >
          <Wordmark />
        </a>
        <p className="hidden text-soft text-sm lg:block">{t('app.tagline')}</p>
        <div className="ml-auto flex items-center gap-2">
          <StatusPanel onForget={onForget} />
          <HelpDialog />
          <LanguageSwitch />
        </div>
      </div>
    </header>
  )
}
