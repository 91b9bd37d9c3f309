/** The page "Understanding": a box to try any text in. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Understood } from './understood.tsx'

const examples = [
  'Finally got the job, I could dance all the way home!',
  '排了三个小时的队，结果说没货了，真让人火大。',
  'Congratulations! You won a FREE prize, call 0900 123 456 now to claim',
]

export function UnderstandingView() {
  const { t } = useTranslation()
  const [draft, setDraft] = useState('')
  const [text, setText] = useState('')
  const read = (next: string) => {
    setDraft(next)
    setText(next)
  }
  return (
    <main id="main" className="mx-auto max-w-176 px-4 pt-6 pb-28">
      <h1 className="font-serif text-2xl">{t('understood.title')}</h1>
      <p className="mt-1 text-soft">{t('understood.intro')}</p>
      <form
        className="mt-4"
        onSubmit={(event) => {
          event.preventDefault()
          setText(draft)
        }}
      >
        <label htmlFor="understood-text" className="sr-only">
          {t('understood.label')}
        </label>
        <textarea
          id="understood-text"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          rows={4}
          maxLength={10_000}
          placeholder={t('understood.placeholder')}
          className="w-full rounded-xl border border-line bg-surface p-3"
        />
        <button
          type="submit"
          className="mt-2 min-h-9 rounded-full bg-accent px-4 text-on-accent text-sm"
        >
          {t('understood.read')}
        </button>
      </form>
      <ul className="mt-3 flex flex-wrap gap-2">
        {examples.map((example) => (
          <li key={example}>
            <button
              type="button"
              onClick={() => read(example)}
              className="rounded-full border border-line bg-surface px-3 py-1 text-left text-sm hover:border-strong-line"
            >
              {example}
            </button>
          </li>
        ))}
      </ul>
      {text.trim() !== '' && (
        <section
          aria-live="polite"
          className="mt-6 rounded-2xl border border-line bg-surface p-4 sm:p-6"
        >
          <p className="mb-3 whitespace-pre-line text-[1.0625rem] leading-relaxed">{text}</p>
          <Understood text={text} />
        </section>
      )}
    </main>
  )
}
