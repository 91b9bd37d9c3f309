/** The head of every view: the name, what answers behind it, language and help. */
import { useTranslation } from 'react-i18next'
import { HelpDialog } from './help-dialog.tsx'
import { Icon } from './icon.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { StatusPanel } from './status-panel.tsx'
import {
  addressOfNetwork,
  addressOfRun,
  addressOfUnderstanding,
  goTo,
  goToNetwork,
  goToRun,
  goToUnderstanding,
  useAddress,
} from './use-address.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { Wordmark } from './wordmark.tsx'

function LearningLink() {
  const { t } = useTranslation()
  const { learning } = useAddress()
  useShortcuts({ t: () => goToRun(undefined) })
  return (
    <a
      href={addressOfRun()}
      aria-current={learning ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return
        event.preventDefault()
        goToRun(undefined)
      }}
      className="flex min-h-8 items-center justify-center gap-2 rounded-full border border-line bg-surface text-sm hover:border-strong-line aria-[current]:border-accent max-sm:size-8 sm:px-3"
    >
      <Icon name="chart" />
      <span className="max-sm:sr-only">{t('learning.title')}</span>
    </a>
  )
}

function UnderstandingLink() {
  const { t } = useTranslation()
  const { understanding } = useAddress()
  return (
    <a
      href={addressOfUnderstanding}
      aria-current={understanding ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return
        event.preventDefault()
        goToUnderstanding()
      }}
      className="flex min-h-8 items-center justify-center gap-2 rounded-full border border-line bg-surface text-sm hover:border-strong-line aria-[current]:border-accent max-sm:size-8 sm:px-3"
    >
      <Icon name="speech" />
      <span className="max-sm:sr-only">{t('understood.title')}</span>
    </a>
  )
}

function NetworkLink() {
  const { t } = useTranslation()
  const { network } = useAddress()
  return (
    <a
      href={addressOfNetwork}
      aria-current={network ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return
        event.preventDefault()
        goToNetwork()
      }}
      className="flex min-h-8 items-center justify-center gap-2 rounded-full border border-line bg-surface text-sm hover:border-strong-line aria-[current]:border-accent max-sm:size-8 sm:px-3"
    >
      <Icon name="network" />
      <span className="max-sm:sr-only">{t('network.title')}</span>
    </a>
  )
}

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
          <NetworkLink />
          <UnderstandingLink />
          <LearningLink />
          <StatusPanel onForget={onForget} />
          <HelpDialog />
          <LanguageSwitch />
        </div>
      </div>
    </header>
  )
}
