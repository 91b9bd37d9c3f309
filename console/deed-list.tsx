/** The deeds of this visit, newest first, with what each did to the page. */
import { useTranslation } from 'react-i18next'
import { useChangeText } from './use-change-text.ts'
import type { Note } from './use-feedback.ts'

const mostShown = 8

export function DeedList({ notes }: { notes: readonly Note[] }) {
  const { t } = useTranslation()
  const changeText = useChangeText()
  const done = notes.filter(({ problem }) => problem === undefined)
  if (done.length === 0) return <p className="text-soft">{t('record.noDeeds')}</p>
  return (
    <ol className="space-y-2.5 border-line border-l-2 pl-3">
      {done.slice(0, mostShown).map((note) => (
        <li key={note.number}>
          <p className="truncate">
            <span className="font-medium">{t(`said.${note.deed}`)}</span> {note.about}
          </p>
          <p className="text-soft">{changeText(note.changes)}</p>
        </li>
      ))}
    </ol>
  )
}
