/** The answers about one text: label, probability, the words behind it, and the head that says so. */
import { useTranslation } from 'react-i18next'
import { questions } from '../../src/domain/question.ts'
import type { Answer } from '../../src/domain/understanding.ts'
import { useNameOf } from '../words.ts'
import { TellingWords } from './telling-words.tsx'
import { useUnderstood } from './use-understood.ts'

export function Understood({ text, language }: { text: string; language?: string | undefined }) {
  const { t } = useTranslation()
  const { data, error, isPending } = useUnderstood(text)
  if (text.trim() === '') return <p className="text-sm text-soft">{t('understood.noText')}</p>
  if (error) return <p className="text-sm text-seal">{error.message}</p>
  if (isPending || !data) return <p className="text-sm text-soft">{t('understood.reading')}</p>
  const code = data.language?.code
  const answered = questions.filter((question) => data[question].isThere)
  const silent = questions.filter((question) => !data[question].isThere)
  return (
    <div data-understood>
      <p className="mb-2 text-sm text-soft">
        {code === undefined ? t('understood.noLanguage') : t('understood.language', { code })}
      </p>
      <dl className="space-y-2.5">
        {answered.map((question) => (
          <Row key={question} question={question} answer={data[question]} {...{ text, language }} />
        ))}
      </dl>
      {data.topics.length > 0 && (
        <p className="mt-3 text-sm text-soft">
          {t('understood.topics')}:{' '}
          {data.topics.map(({ words }) => words.slice(0, 3).join(' ')).join(' · ')}
        </p>
      )}
      {data.keywords.length > 0 && (
        <p className="mt-3 text-sm text-soft">
          {t('understood.keywords')}: {data.keywords.map(({ word }) => word).join(', ')}
        </p>
      )}
      {data.importance.value !== undefined && (
        <p className="mt-1 text-sm text-soft">
          {t('understood.importance')}: {Math.round(100 * data.importance.value)} %
        </p>
      )}
      {data.personalData.length > 0 && (
        <p className="mt-1 text-sm text-seal">
          {t('understood.personalData')}: {data.personalData.map(({ kind }) => kind).join(', ')}
        </p>
      )}
      {silent.length > 0 && <Silent questions={silent} answers={data} />}
    </div>
  )
}

interface RowProperties {
  readonly question: string
  readonly answer: Answer
  readonly text: string
  readonly language: string | undefined
}

function Row({ question, answer, text, language }: RowProperties) {
  const nameOf = useNameOf()
  if (!answer.isThere) return null
  const probability = answer.probabilities[answer.label] ?? 0
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 text-sm">
      <dt className="text-soft">{nameOf('question', question)}</dt>
      <dd>
        <span className="flex items-center gap-2">
          <span className="font-medium">{nameOf('label', answer.label)}</span>
          <span aria-hidden="true" className="h-1.5 w-20 overflow-hidden rounded-full bg-wash">
            <span className="block h-full bg-accent" style={{ width: `${probability * 100}%` }} />
          </span>
          <span className="tabular-nums">{Math.round(probability * 100)} %</span>
          <span className="truncate text-soft text-xs">{answer.head}</span>
        </span>
        {answer.why && <TellingWords text={text} words={answer.why} language={language} />}
      </dd>
    </div>
  )
}

/** What was not answered, and why: a head that is missing is not a text that is harmless. */
function Silent({
  questions: silent,
  answers,
}: {
  questions: readonly (typeof questions)[number][]
  answers: Readonly<Record<(typeof questions)[number], Answer>>
}) {
  const { t } = useTranslation()
  const nameOf = useNameOf()
  return (
    <details className="mt-3 text-soft text-xs">
      <summary>{t('understood.silent', { count: silent.length })}</summary>
      <ul className="mt-1 space-y-0.5">
        {silent.map((question) => {
          const answer = answers[question]
          const reason = answer.isThere ? '' : t(`understood.${answer.reason}`)
          return (
            <li key={question}>
              {nameOf('question', question)}: {reason}
            </li>
          )
        })}
      </ul>
    </details>
  )
}
