/** Whose feed this is, and the way to somebody else's. `/` opens the list. */
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeedName, Person } from './api.ts'
import { Avatar } from './avatar.tsx'
import { languageName } from './format.ts'
import { Icon } from './icon.tsx'
import { PersonPicker } from './person-picker.tsx'
import { ProblemView } from './problem-view.tsx'
import { goTo } from './use-address.ts'
import { usePerson } from './use-person.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useLocale } from './words.ts'

export function PersonCard({ userId, feed }: { userId: string; feed: FeedName }) {
  const { data: person, error, refetch } = usePerson(userId)
  if (error) return <ProblemView problem={error} onRetry={refetch} />
  return (
    <section className="flex items-center gap-3 lg:block">
      <Avatar id={userId} name={person?.name ?? userId} size="large" />
      <div className="min-w-0 flex-1 lg:mt-3">
        <h1 className="font-serif text-2xl leading-tight max-lg:truncate">
          {person?.name ?? userId}
        </h1>
        {person && <Portrait person={person} />}
      </div>
      <ChangePerson feed={feed} />
    </section>
  )
}

function Portrait({ person }: { person: Person }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const languages = (person.languages ?? []).map((code) => languageName(code, locale))
  return (
    <>
      {person.bio && (
        <p className="text-soft max-lg:line-clamp-1 max-lg:text-sm lg:mt-2">{person.bio}</p>
      )}
      <p className="text-soft text-sm lg:mt-2">
        {t('person.reads')}: {languages.join(' · ') || t('person.anyLanguage')}
      </p>
    </>
  )
}

function ChangePerson({ feed }: { feed: FeedName }) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const open = () => {
    setIsOpen(true)
    dialog.current?.showModal()
  }
  useShortcuts({ '/': open })
  return (
    <>
      <button
        type="button"
        onClick={open}
        aria-label={t('person.change')}
        className="flex shrink-0 items-center justify-center gap-2 rounded-full border border-line bg-surface text-sm hover:border-strong-line max-lg:size-11 lg:mt-4 lg:px-3.5 lg:py-1.5"
      >
        <Icon name="person" />
        <span className="max-lg:hidden">{t('person.change')}</span>
      </button>
      <dialog
        ref={dialog}
        aria-label={t('person.choose')}
        onClose={() => setIsOpen(false)}
        className="mt-[8vh] w-144 max-w-[calc(100vw-2rem)] rounded-2xl border border-line bg-ground p-4 shadow-xl sm:p-6"
      >
        <form method="dialog" className="mb-4 flex items-center justify-between">
          <h2 className="font-serif text-xl">{t('person.choose')}</h2>
          <button
            type="submit"
            aria-label={t('app.close')}
            className="p-1 text-soft hover:text-ink"
          >
            <Icon name="close" />
          </button>
        </form>
        {isOpen && (
          <PersonPicker
            onPick={({ id }) => {
              dialog.current?.close()
              goTo({ userId: id, feed: feed === 'related' ? 'home' : feed })
            }}
          />
        )}
      </dialog>
    </>
  )
}
