/** The small menu of a card: related posts, and follow, mute or block its author. */
import { useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Deed } from './api.ts'
import { Icon } from './icon.tsx'
import { goTo } from './use-address.ts'
import { useDropdown } from './use-dropdown.ts'
import type { FeedAddress, Shown } from './use-feed.ts'
import type { Feedback } from './use-feedback.ts'

interface Properties {
  readonly shown: Shown
  readonly name: string
  readonly targetUserId: string | undefined
  readonly address: FeedAddress
  readonly feedback: Feedback
}

const deeds = ['follow', 'mute', 'block'] as const satisfies Deed[]

export function AuthorMenu(properties: Properties) {
  const { t } = useTranslation()
  const { isOpen, box, toggle, close } = useDropdown()
  const menu = useId()
  useEffect(() => {
    if (isOpen) entriesOf(box.current)[0]?.focus()
  }, [isOpen, box])
  return (
    <div ref={box} className="relative -mr-2">
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={menu}
        aria-label={t('deed.menu', { name: properties.name })}
        onClick={toggle}
        className="grid size-11 place-items-center rounded-full text-soft hover:bg-wash hover:text-ink sm:size-9"
      >
        <Icon name="dots" />
      </button>
      {isOpen && (
        <div
          id={menu}
          role="menu"
          tabIndex={-1}
          onKeyDown={(event) => walk(event, close)}
          className="notice absolute right-0 z-10 mt-1 w-60 rounded-xl border border-line bg-surface p-1.5 shadow-lg"
        >
          <MenuEntries {...properties} close={close} />
        </div>
      )}
    </div>
  )
}

function MenuEntries(given: Properties & { close: () => void }) {
  const { t } = useTranslation()
  const { shown, name, targetUserId, address, feedback, close } = given
  const { item } = shown.entry
  const isPost = item.id !== targetUserId
  const pick = (work: (button: HTMLElement) => void) => (event: React.MouseEvent<HTMLElement>) => {
    work(event.currentTarget)
    close()
  }
  const say = (deed: Deed) => (button: HTMLElement) => {
    button.closest<HTMLElement>('[data-card]')?.focus({ preventScroll: true })
    if (targetUserId !== undefined) feedback.act({ deed, shown, targetUserId })
  }
  const related = () => goTo({ userId: address.userId, feed: 'related', itemId: item.id })
  const isOther = targetUserId !== undefined && targetUserId !== address.userId
  return (
    <>
      {isPost && <MenuEntry label={t('deed.related')} onPick={pick(related)} />}
      {isOther &&
        deeds.map((deed) => (
          <MenuEntry key={deed} label={t(`deed.${deed}`, { name })} onPick={pick(say(deed))} />
        ))}
    </>
  )
}

interface EntryProperties {
  readonly label: string
  readonly onPick: (event: React.MouseEvent<HTMLElement>) => void
}

function MenuEntry({ label, onPick }: EntryProperties) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={onPick}
      className="block w-full truncate rounded-lg px-3 py-2 text-left text-sm hover:bg-wash focus:bg-wash"
    >
      {label}
    </button>
  )
}

function walk(event: React.KeyboardEvent<HTMLElement>, close: () => void): void {
  if (event.key === 'Tab') close()
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const entries = entriesOf(event.currentTarget)
  const place = entries.indexOf(document.activeElement as HTMLElement)
  entries[(place + step + entries.length) % entries.length]?.focus()
}

function entriesOf(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
}
