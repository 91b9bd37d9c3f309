/** Says aloud and in writing what the last deed did to the page. */
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from './problem-view.tsx'
import { useChangeText } from './use-change-text.ts'
import type { Note } from './use-feedback.ts'

const shownMilliseconds = 7_000

export function Notice({ note }: { note: Note | undefined }) {
  const [gone, setGone] = useState(0)
  const number = note?.number ?? 0
  useEffect(() => {
    const timer = setTimeout(() => setGone(number), shownMilliseconds)
    return () => clearTimeout(timer)
  }, [number])
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-20 flex justify-center p-4"
    >
      {note && number !== gone && (
        <p
          key={number}
          className="notice max-w-lg rounded-full bg-ink px-5 py-2.5 text-center text-ground text-sm shadow-lg max-sm:rounded-2xl"
        >
          {note.problem ? <Failure problem={note.problem} /> : <Success note={note} />}
        </p>
      )}
    </div>
  )
}

function Success({ note }: { note: Note }) {
  const { t } = useTranslation()
  const changeText = useChangeText()
  return (
    <>
      <strong className="font-medium">{t(`said.${note.deed}`)}</strong> {changeText(note.changes)}
    </>
  )
}

function Failure({ problem }: { problem: Error }) {
  const { t } = useTranslation()
  return t('problem.deed', { detail: useProblemText(problem) })
}
